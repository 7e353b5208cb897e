namespace Workato.Connections.SampleApp.SignIn.OAuth1;

/// <summary>How the OAuth 1.0a server behaves: the fields of <c>PUT /control/oauth1</c>.</summary>
internal sealed record OAuth1Settings
{
    /// <summary>By how much the app's clock is ahead.</summary>
    public int ClockOffsetSeconds { get; init; }

    public string Consent { get; init; } = SignIn.Consent.Ask.Name;

    /// <summary>Those and no others; null for any address that ends in /oauth/callback.</summary>
    public IReadOnlyList<string>? Callbacks { get; init; }

    /// <summary>What is wrong with them, or null.</summary>
    public IResult? Check() => SignIn.Consent.All.All(each => each.Name != Consent)
        ? Answers.Invalid("consent", $"consent must be one of {string.Join(", ", SignIn.Consent.All.Select(each => each.Name))}.")
        : null;
}
