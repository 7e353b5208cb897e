using System.Text;

namespace Workato.Connections.AuthMethods.Basic;

/// <summary>HTTP Basic authentication, RFC 7617, in UTF-8.</summary>
public sealed class BasicMethod : IAuthMethod
{
    /// <inheritdoc/>
    public string Name => AuthMethodNames.Basic;

    /// <inheritdoc/>
    public string? Complaint(Placement placement) =>
        placement is not { UserName: not null, Password: not null } ? "basic needs the keys 'username' and 'password', for example username: \"{username}\""
        : !(placement with { UserName = null, Password = null }).IsEmpty ? "basic knows only the keys 'username' and 'password'; remove the others or choose api_key"
        : null;

    /// <inheritdoc/>
    public IEnumerable<(string Field, string Problem)> Problems(Placement placement, FieldValues values)
    {
        // RFC 7617 section 2: a user-id with a colon cannot be told from the password behind it.
        foreach (var field in placement.UserName!.Fields)
        {
            if (values.Reveal(field)?.Contains(':', StringComparison.Ordinal) == true) yield return (field, "must not contain a colon");
        }
    }

    /// <inheritdoc/>
    public IRequestCredentials Bind(Placement placement, FieldValues values)
    {
        var pair = $"{placement.UserName!.Fill(values.Reveal)}:{placement.Password!.Fill(values.Reveal)}";
        return new FixedCredentials { Headers = [new("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)))] };
    }
}
