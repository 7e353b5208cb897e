using Workato.Connections.AuthMethods;

namespace Workato.Connections.Web.Api.Connections;

/// <summary>Tokens that an app issued elsewhere. They are proved before anything is stored.</summary>
internal sealed record TokenPairBody
{
    private const int MaxLength = 16384;

    /// <summary>The access token; needed.</summary>
    public string? AccessToken { get; init; }

    /// <summary>The refresh token; without it the connection ends with the access token.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>The token's secret, with OAuth 1.0.</summary>
    public string? TokenSecret { get; init; }

    /// <summary>Seconds the access token still lives; unknown when left out.</summary>
    public int? ExpiresIn { get; init; }

    /// <summary>What was granted, with spaces between.</summary>
    public string? Scope { get; init; }

    /// <summary>The tokens, or what is wrong with them.</summary>
    public Result<Tokens> ToTokens(DateTimeOffset now)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(AccessToken)) errors["oauth_token_pair.access_token"] = ["can't be blank"];
        foreach (var (name, text) in new[] { ("access_token", AccessToken), ("refresh_token", RefreshToken), ("token_secret", TokenSecret) })
        {
            // RFC 6749 appendix A.12: visible ASCII. Anything else is a slip while copying.
            if (text?.Length > MaxLength) errors["oauth_token_pair." + name] = [$"is too long (maximum is {MaxLength} characters)"];
            else if (text?.Trim().Any(c => c is < ' ' or > '~') == true) errors["oauth_token_pair." + name] = ["must hold only plain ASCII characters"];
        }

        if (ExpiresIn is <= 0) errors["oauth_token_pair.expires_in"] = ["must be a number of seconds greater than 0"];
        if (errors.Count > 0) return Refusal.Invalid(errors);
        return new Tokens
        {
            AccessToken = new(AccessToken!.Trim()),
            RefreshToken = string.IsNullOrWhiteSpace(RefreshToken) ? null : new(RefreshToken.Trim()),
            TokenSecret = string.IsNullOrWhiteSpace(TokenSecret) ? null : new(TokenSecret.Trim()),
            IssuedAt = ExpiresIn is null ? null : now,
            ExpiresAt = ExpiresIn is { } seconds ? now.AddSeconds(seconds) : null,
            Scope = string.IsNullOrWhiteSpace(Scope) ? null : Scope.Trim(),
        };
    }
}
