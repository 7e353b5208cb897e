using Workato.Connections.Connectors;
using Workato.Connections.Secrets;

namespace Workato.Connections.Authorizing.Profiles;

/// <summary>What a custom OAuth profile must be like.</summary>
internal static class OAuthProfileRules
{
    // Longer than any client secret, and long enough for an RSA key of 8192 bits.
    private const int MaxSecretLength = 16 * 1024;

    private const int MaxSigningLength = 255;

    private const string PemBegin = "-----BEGIN ";

    /// <summary>The connector whose profiles these are, or why there can be none.</summary>
    public static Result<Connector> AppFor(this ConnectorCatalog catalog, string? provider)
    {
        if (catalog.Find(provider ?? "") is not { } connector) return catalog.UnknownProvider(provider);
        return connector.UsesProfiles ? connector
            : Refusal.Invalid("provider", $"needs no OAuth client: {connector.Title} is connected in another way, or its connections bring their own client along");
    }

    /// <summary>Checks what is given; what is not given is not wrong unless it is <paramref name="required"/>.</summary>
    public static void Check(this ProblemList problems, string? name, string? clientId, Secret? clientSecret, bool required)
    {
        Text("name", name, CustomOAuthProfile.MaxNameLength);
        Text("data.client_id", clientId, CustomOAuthProfile.MaxClientIdLength);
        if (clientSecret?.Reveal() is not { } secret) return;
        if (string.IsNullOrWhiteSpace(secret)) problems.Add("data.client_secret", "can't be blank; leave it out " + (required ? "for a client without a secret" : "to keep the one there is"));
        if (secret.Length > MaxSecretLength) problems.Add("data.client_secret", $"is too long (maximum is {MaxSecretLength} characters)");
        if (secret.Trim().Any(c => char.IsControl(c) && !(c is '\n' or '\r' && IsKey(secret)))) problems.Add("data.client_secret", "must not contain control characters or line breaks, unless it is a private key in PEM form");

        void Text(string field, string? text, int max)
        {
            if (text is null && !required) return;
            if (string.IsNullOrWhiteSpace(text)) problems.Add(field, "can't be blank");
            else if (text.Length > max) problems.Add(field, $"is too long (maximum is {max} characters)");
            else if (text.Trim().Any(char.IsControl)) problems.Add(field, "must not contain control characters");
        }
    }

    /// <summary>Checks the secret by which an app signs what it sends, as <c>data.token</c>.</summary>
    public static void CheckSigning(this ProblemList problems, Secret? signing)
    {
        if (signing?.Reveal().Trim() is not { } secret) return;
        if (secret.Length is 0 or > MaxSigningLength) problems.Add("data.token", $"must have 1 to {MaxSigningLength} characters; leave it out where the app signs nothing, or to keep the one there is");
        else if (secret.Any(char.IsControl)) problems.Add("data.token", "must not contain control characters");
    }

    private static bool IsKey(string secret) => secret.TrimStart().StartsWith(PemBegin, StringComparison.Ordinal);
}
