namespace Workato.Connections.SampleApp.SignIn;

/// <summary>One secret in every request, in any of the three places real apps ask for it.</summary>
internal sealed class ApiKeySignIn(SampleAppState state) : ISignInMethod
{
    public const string Header = "X-Api-Key";
    public const string QueryParameter = "api_key";

    public string Name => "api_key";

    public string Challenge => "Bearer realm=\"Sample app\"";

    public ValueTask<SignInAnswer?> CheckAsync(HttpRequest request) => new(Read(request) is { } key
        ? new SignInAnswer(state.Accounts.ByApiKey(key), "The API key is not known here.")
        : null);

    private static string? Read(HttpRequest request) =>
        request.Headers.TryGetValue(Header, out var header) ? header.ToString()
        : AuthorizationHeader.Read(request, "Bearer")
        ?? (request.Query.TryGetValue(QueryParameter, out var query) ? query.ToString() : null);
}
