using Workato.Connections.AuthMethods;
using Workato.Connections.Connectors;
using Workato.Connections.Egress;

namespace Workato.Connections.Authorizing;

/// <summary>Whoever answers for the app must not be able to move requests: no other host, user or query by way of a learned value.</summary>
internal static class LearnedRules
{
    private const int MaxLength = 512;

    /// <summary>Whether a value may stand in addresses under this name.</summary>
    public static bool Fits(string value, SignInWay way, string name, EgressRules egress) => value.Length <= MaxLength
        && (way.BaseUrl.BeginsWithField && way.BaseUrl.Fields[0] == name
            ? Uri.TryCreate(value, UriKind.Absolute, out var address) && address is { Query: "", Fragment: "" } && !value.AsSpan().ContainsAny('?', '#', '\\') && egress.Complaint(address) is null
            : value is not ("." or "..") && value.All(c => char.IsAsciiLetterOrDigit(c) || "-._~:,".Contains(c, StringComparison.Ordinal)));

    /// <summary>New tokens, with the old value wherever the new one does not fit.</summary>
    public static Tokens Keep(Tokens renewed, Tokens before, SignInWay way, EgressRules egress)
    {
        var learned = new Dictionary<string, string>(before.Learned);
        foreach (var (name, value) in renewed.Learned.Where(l => Fits(l.Value, way, l.Key, egress))) learned[name] = value;
        return renewed with { Learned = learned };
    }
}
