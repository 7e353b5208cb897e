using System.Collections.Concurrent;
using Workato.Connections.SampleApp.SignIn.Keys;

namespace Workato.Connections.SampleApp.SignIn.OAuth1;

/// <summary>Everything the OAuth 1.0a server remembers.</summary>
internal sealed class OAuth1State
{
    private readonly ConcurrentDictionary<string, TokenCredential> _tokens = new();
    private volatile OAuth1Settings _settings = new();

    /// <summary>How far a timestamp may be from the app's clock, either way.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromSeconds(300);

    public OAuth1Settings Settings
    {
        get => _settings;
        set => _settings = value;
    }

    public Shelf<TemporaryCredential> Temporary { get; } = new(TimeSpan.FromMinutes(30));

    /// <summary>For as long as their timestamps are good (RFC 5849, 3.3).</summary>
    public Shelf<object> SeenNonces { get; } = new((2 * Window) + TimeSpan.FromSeconds(1));

    public KeyBook Keys { get; } = new();

    public int TokensLive => _tokens.Values.Count(token => !token.IsRevoked);

    /// <summary>What time the app believes it is.</summary>
    public DateTimeOffset Time(TimeProvider clock) => clock.GetUtcNow().AddSeconds(Settings.ClockOffsetSeconds);

    public TokenCredential? FindToken(string token) => _tokens.GetValueOrDefault(token);

    public TokenCredential Issue(string username)
    {
        var token = new TokenCredential(username);
        _tokens[token.Token] = token;
        return token;
    }

    public void RevokeAccount(string username)
    {
        foreach (var token in _tokens.Values.Where(token => token.Username == username)) token.IsRevoked = true;
    }
}
