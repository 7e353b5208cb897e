using Workato.Connections.AuthMethods;

namespace Workato.Connections.Connectors;

/// <summary>What is asked for because of how one signs in, without the file saying so.</summary>
public static class ImpliedFields
{
    /// <summary>The scopes to ask for, with spaces between them.</summary>
    public const string Scopes = "scopes";

    /// <summary>The id of the custom OAuth profile whose client is used.</summary>
    public const string Profile = "custom_oauth_profile_id";

    internal static IEnumerable<ConnectorField> Of(Placement placement)
    {
        if (placement.NeedsProfile)
            yield return new() { Name = Profile, Label = "OAuth app", Hint = "The client the app knows this product by.", Control = Controls.OAuthProfile, Required = false };
        if (placement.OAuth2 is not { } terms || (terms.Scopes.Count == 0 && !terms.OwnScopes)) yield break;
        yield return new()
        {
            Name = Scopes,
            Label = "Permissions to ask for",
            Control = Controls.Scopes,
            Required = false,
            Options = [.. terms.Scopes.Select(s => new FieldOption(s.Name, s.For))],
            Default = terms.Scopes.Any(s => s.Default || s.Required) ? string.Join(' ', terms.Scopes.Where(s => s.Default || s.Required).Select(s => s.Name)) : null,
        };
    }
}
