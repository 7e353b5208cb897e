using Workato.Connections.SampleApp.SignIn.Keys;

namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>Everything the OAuth 2.0 server remembers.</summary>
internal sealed class OAuth2State
{
    private volatile OAuth2Settings _settings = new();

    public OAuth2Settings Settings
    {
        get => _settings;
        set => _settings = value;
    }

    public TokenVault Tokens { get; } = new();

    public CodeBook Codes { get; } = new();

    public DeviceBook Devices { get; } = new();

    /// <summary>Consent pages that somebody is looking at.</summary>
    public Shelf<AuthorizationRequest> Asked { get; } = new(TimeSpan.FromMinutes(30));

    /// <summary>Requests that came by the back door (RFC 9126).</summary>
    public Shelf<AuthorizationRequest> Pushed { get; } = new(PushedLife);

    /// <summary>Ids of JWTs that were seen (RFC 7523, 3): each is good for one time.</summary>
    public Shelf<object> SeenJwts { get; } = new(Jwt.LongestLife);

    /// <summary>Public keys of clients.</summary>
    public KeyBook Keys { get; } = new();

    public static TimeSpan PushedLife { get; } = TimeSpan.FromSeconds(90);
}
