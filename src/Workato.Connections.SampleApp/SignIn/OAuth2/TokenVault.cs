namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>All tokens, by the hash of what the client has.</summary>
internal sealed class TokenVault
{
    /// <summary>Tells our tokens from the API keys that share the Bearer scheme with them.</summary>
    public const string Prefix = "sat_";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, AccessToken> _access = [];
    private readonly Dictionary<string, RefreshToken> _refresh = [];
    private readonly HashSet<Family> _families = [];
    private TokenTally _tally = new(0, 0, 0, 0, 0);

    public TokenTally Tally
    {
        get { lock (_lock) return _tally; }
    }

    public int CountLive(DateTimeOffset now)
    {
        lock (_lock) return _access.Values.Count(token => token.IsLiveAt(now));
    }

    public IssuedTokens Issue(Family family, DateTimeOffset expiresAt, bool refreshable)
    {
        lock (_lock) return New(family, family.Scopes, expiresAt, refreshable);
    }

    /// <summary>The same for a code, which counts.</summary>
    public IssuedTokens IssueForCode(Family family, DateTimeOffset expiresAt, bool refreshable)
    {
        lock (_lock)
        {
            _tally = _tally with { CodesRedeemed = _tally.CodesRedeemed + 1 };
            return New(family, family.Scopes, expiresAt, refreshable);
        }
    }

    public AccessToken? FindLive(string token, DateTimeOffset now)
    {
        lock (_lock) return _access.TryGetValue(RandomSecret.Hash(token), out var found) && found.IsLiveAt(now) ? found : null;
    }

    /// <summary>Gives new tokens for a refresh token (RFC 6749, 6), or says why not.</summary>
    /// <param name="secret">The refresh token.</param>
    /// <param name="clientId">Who presents it.</param>
    /// <param name="asked">Fewer scopes than before, or null for the same.</param>
    /// <param name="rotation">What becomes of the refresh token.</param>
    /// <param name="expiresAt">Until when the new access token is good.</param>
    public (IssuedTokens? Tokens, OAuth2Error? Problem) Redeem(
        string secret, string clientId, IReadOnlyList<string>? asked, Rotation rotation, DateTimeOffset expiresAt)
    {
        lock (_lock)
        {
            // Somebody else's token is left as it is: its owner must not suffer for a stranger's attempt.
            if (!_refresh.TryGetValue(RandomSecret.Hash(secret), out var token) || token.Family.ClientId != clientId)
                return (null, OAuth2Error.InvalidGrant("The refresh token is not known."));

            _tally = _tally with { RedemptionsPerGeneration = Math.Max(_tally.RedemptionsPerGeneration, ++token.TimesPresented) };
            if (token.IsUsed) return (null, Reused(token, rotation));
            if (token.Family.IsRevoked) return (null, OAuth2Error.InvalidGrant("The permission was taken back."));
            if (asked?.Except(token.Family.Scopes).Any() == true) return (null, OAuth2Error.InvalidScope());

            _tally = _tally with { Redemptions = _tally.Redemptions + 1 };
            token.IsUsed = rotation.UsesUp;
            return (New(token.Family, asked ?? token.Family.Scopes, expiresAt, rotation.UsesUp), null);
        }
    }

    public void Revoke(Family family)
    {
        lock (_lock) End(family);
    }

    /// <summary>Ends one token (RFC 7009, 2.1), a refresh token with all its kin; null if there is none, false if it is another client's.</summary>
    public bool? Revoke(string secret, string clientId)
    {
        lock (_lock)
        {
            var hash = RandomSecret.Hash(secret);
            var access = _access.GetValueOrDefault(hash);
            if ((access?.Family ?? _refresh.GetValueOrDefault(hash)?.Family) is not { } family) return null;
            if (family.ClientId != clientId) return false;

            if (access is not null) access.IsRevoked = true;
            else End(family);
            return true;
        }
    }

    public void RevokeAccount(string username)
    {
        lock (_lock)
        {
            foreach (var family in _families.Where(family => family.Username == username)) End(family);
        }
    }

    public void ExpireAccount(string username, DateTimeOffset now)
    {
        lock (_lock)
        {
            foreach (var token in _access.Values.Where(token => token.Family.Username == username && token.ExpiresAt > now)) token.ExpiresAt = now;
        }
    }

    // RFC 9700, 4.14.2: nobody can tell whether it is the thief or the victim who comes second, so both lose.
    private OAuth2Error Reused(RefreshToken token, Rotation rotation)
    {
        _tally = _tally with { Reuses = _tally.Reuses + 1 };
        if (rotation.ReuseEndsFamily) End(token.Family);
        return OAuth2Error.InvalidGrant("The refresh token was used before.");
    }

    private void End(Family family)
    {
        if (!family.IsRevoked) _tally = _tally with { FamiliesRevoked = _tally.FamiliesRevoked + 1 };
        family.IsRevoked = true;
    }

    private IssuedTokens New(Family family, IReadOnlyList<string> scopes, DateTimeOffset expiresAt, bool refreshable)
    {
        _families.Add(family);
        var access = RandomSecret.New(Prefix);
        _access.Add(RandomSecret.Hash(access), new(family, scopes, expiresAt));
        if (!refreshable) return new(access, null, scopes);

        var refresh = RandomSecret.New("srt_");
        _refresh.Add(RandomSecret.Hash(refresh), new(family));
        return new(access, refresh, scopes);
    }
}
