using Workato.Connections.SampleApp.Accounts;

namespace Workato.Connections.SampleApp.SignIn;

/// <summary>One way to sign in to the sample app.</summary>
internal interface ISignInMethod
{
    /// <summary>What <c>/api/me</c> gives as <c>signed_in_by</c>.</summary>
    string Name { get; }

    /// <summary>How a 401 offers this method in <c>WWW-Authenticate</c> (RFC 9110, 11.6.1).</summary>
    string Challenge { get; }

    /// <summary>Checks the request's credentials; null if it carries none that are meant for this method.</summary>
    ValueTask<SignInAnswer?> CheckAsync(HttpRequest request);
}

/// <summary>Who it is, or why it is nobody.</summary>
/// <param name="Account">The account, or null if the credentials are wrong.</param>
/// <param name="Problem">What a 401 says if they are.</param>
internal sealed record SignInAnswer(Account? Account, string Problem)
{
    /// <summary>What the credentials are good for; null if for everything the account may do.</summary>
    public IReadOnlyCollection<string>? Scopes { get; init; }

    /// <summary>A challenge that says more than the methods' own ones, or null.</summary>
    public string? Challenge { get; init; }
}
