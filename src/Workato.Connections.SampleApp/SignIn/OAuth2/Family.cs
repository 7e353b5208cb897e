namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>
/// What an account once allowed a client, and all tokens that came of it. They end together (RFC 9700, 4.14.2).
/// Guarded by the lock of the <see cref="TokenVault"/>.
/// </summary>
internal sealed class Family(string username, string clientId, IReadOnlyList<string> scopes)
{
    public string Username => username;

    public string ClientId => clientId;

    public IReadOnlyList<string> Scopes => scopes;

    public bool IsRevoked { get; set; }
}

/// <summary>A token that opens the API.</summary>
internal sealed class AccessToken(Family family, IReadOnlyList<string> scopes, DateTimeOffset expiresAt)
{
    public Family Family => family;

    public IReadOnlyList<string> Scopes => scopes;

    public DateTimeOffset ExpiresAt { get; set; } = expiresAt;

    public bool IsRevoked { get; set; }

    public bool IsLiveAt(DateTimeOffset now) => !IsRevoked && !Family.IsRevoked && ExpiresAt > now;
}

/// <summary>One generation of a family.</summary>
internal sealed class RefreshToken(Family family)
{
    public Family Family => family;

    public bool IsUsed { get; set; }

    public int TimesPresented { get; set; }
}

/// <summary>What a client is given.</summary>
internal sealed record IssuedTokens(string AccessToken, string? RefreshToken, IReadOnlyList<string> Scopes);

