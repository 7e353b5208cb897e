using Workato.Connections.Secrets;

namespace Workato.Connections.AuthMethods;

/// <summary>What an app issued for a connection: the credentials that are put on requests, and how long they live.</summary>
public sealed record Tokens
{
    /// <summary>The name by which templates put the access token on a request.</summary>
    public const string AccessTokenName = "access_token";

    /// <summary>The name of its shared-secret, with OAuth 1.0.</summary>
    public const string TokenSecretName = "token_secret";

    /// <summary>The names no field of a way with tokens may have.</summary>
    public static IReadOnlyList<string> Names { get; } = [AccessTokenName, TokenSecretName, "refresh_token"];

    /// <summary>OAuth 2.0's access token (RFC 6749 section 1.4), OAuth 1.0's token (RFC 5849).</summary>
    public required Secret AccessToken { get; init; }

    /// <summary>OAuth 1.0's token shared-secret; null with OAuth 2.0.</summary>
    public Secret? TokenSecret { get; init; }

    /// <summary>What a new access token is got for (RFC 6749 section 1.5); null where the app gave none.</summary>
    public Secret? RefreshToken { get; init; }

    /// <summary>When the access token was issued; null where nobody knows: it was brought along.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When the access token ends; null where the app does not say.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the permission itself ends and a person is needed again: the end of the refresh token. Null where nobody says.</summary>
    public DateTimeOffset? PermissionEndsAt { get; init; }

    /// <summary>What it may do, in the app's words; null where the app does not say: then all that was asked for (RFC 6749 section 5.1).</summary>
    public string? Scope { get; init; }

    /// <summary>What was learned while signing in and stands in addresses and headers: an instance's address, a tenant's id.</summary>
    public IReadOnlyDictionary<string, string> Learned { get; init; } = new Dictionary<string, string>();
}
