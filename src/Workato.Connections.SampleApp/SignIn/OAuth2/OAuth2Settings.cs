using Workato.Connections.SampleApp.Misbehaving;

namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>How the OAuth 2.0 server behaves: the fields of <c>PUT /control/oauth2</c>.</summary>
internal sealed record OAuth2Settings
{
    public int AccessTokenSeconds { get; init; } = 3600;

    public bool SendExpiresIn { get; init; } = true;

    /// <summary>"3600" in quotes, as some apps write it.</summary>
    public bool ExpiresInAsText { get; init; }

    public string Rotation { get; init; } = OAuth2.Rotation.All[0].Name;

    public int TokenDelayMs { get; init; }

    /// <summary>The refresh token is used up before the wait, so that a client which dies meanwhile has lost it; otherwise after it, and only if the client is still there.</summary>
    public bool DelayAfterRedemption { get; init; } = true;

    public string TokenMode { get; init; } = TokenModes.Ok.Name;

    public string Consent { get; init; } = SignIn.Consent.Ask.Name;

    /// <summary>Those and no others; null for any address that ends in /oauth/callback.</summary>
    public IReadOnlyList<string>? RedirectUris { get; init; }

    /// <summary>What is granted, whatever was asked; null for what was asked.</summary>
    public IReadOnlyList<string>? GrantScopes { get; init; }

    public int DeviceIntervalSeconds { get; init; } = 5;

    /// <summary>What is wrong with them, or null.</summary>
    public IResult? Check() =>
        AccessTokenSeconds is < 0 or > 31_536_000 ? Answers.Invalid("access_token_seconds", "access_token_seconds must be from 0 to a year.")
        : TokenDelayMs is < 0 or > Behaviour.MaxDelayMs ? Answers.Invalid("token_delay_ms", $"token_delay_ms must be from 0 to {Behaviour.MaxDelayMs}.")
        : DeviceIntervalSeconds is < 0 or > 600 ? Answers.Invalid("device_interval_seconds", "device_interval_seconds must be from 0 to 600.")
        : OneOf("rotation", Rotation, OAuth2.Rotation.All.Select(each => each.Name))
        ?? OneOf("token_mode", TokenMode, TokenModes.All.Select(each => each.Name))
        ?? OneOf("consent", Consent, SignIn.Consent.All.Select(each => each.Name));

    private static IResult? OneOf(string field, string value, IEnumerable<string> known) =>
        known.Contains(value) ? null : Answers.Invalid(field, $"{field} must be one of {string.Join(", ", known)}.");
}
