using System.Globalization;
using System.Text.Json.Nodes;

namespace Workato.Connections.Web.Tests.Support.RealSoftware;

/// <summary>
/// oidc-provider, an OpenID provider on Node, with the login and consent pages it brings: any name and any password sign in.
/// It insists on PKCE, rotates refresh tokens, revokes a whole grant when one is used twice, and says <c>iss</c> (RFC 9207).
/// <list type="bullet">
/// <item><c>GET /me</c>: who agreed, for an access token with the scope <c>openid</c>; 401 otherwise.</item>
/// <item><c>GET /program</c>: ours; which client it is, for a token by client credentials; 401 otherwise.</item>
/// </list>
/// </summary>
internal sealed class OidcProvider : IAsyncDisposable
{
    private readonly ServerProcess process;

    private OidcProvider(ServerProcess process, string url, OidcClient[] clients) => (this.process, Url, Clients) = (process, url, clients);

    /// <summary>Its issuer: the address without a slash at its end.</summary>
    public string Url { get; }

    public IReadOnlyList<OidcClient> Clients { get; }

    /// <param name="callback">Where its clients have people sent back to.</param>
    /// <param name="clients">Who may ask.</param>
    public static async Task<OidcProvider> StartAsync(string callback, params OidcClient[] clients)
    {
        var home = Directory.CreateTempSubdirectory("connections-oidc-");
        var url = $"http://127.0.0.1:{LoopbackPort.Next()}";
        var settings = new JsonObject
        {
            ["issuer"] = url,
            ["clients"] = new JsonArray([.. clients.Select(c => c.Registration(callback))]),
            ["keys"] = new JsonArray(OidcKeys.NewJwk()),
            ["cookie_keys"] = new JsonArray(Guid.NewGuid().ToString("N")),
        };
        await File.WriteAllTextAsync($"{home}/settings.json", settings.ToJsonString());
        var serve = await OidcPackage.PrepareAsync(home, $"{home}/settings.json");
        return new(await ServerProcess.StartAsync(serve, new($"{url}/control/happened"), CancellationToken.None), url, clients);
    }

    /// <summary>How many access tokens of an account work now.</summary>
    public async Task<int> WorkingAsync(string account) => (await AskAsync(HttpMethod.Get, "working", account)).GetValue<int>();

    /// <summary>Asks again and again until it is so.</summary>
    public Task UntilAsync(Func<Task<bool>> condition) => process.WaitUntilAsync(condition, TestContext.Current.CancellationToken);

    /// <summary>How long the access tokens live that are issued to an account from now on.</summary>
    public Task SetLifetimeAsync(string account, int seconds) => AskAsync(HttpMethod.Post, "lifetime", account, $"&seconds={seconds.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The groups an account is in from now on.</summary>
    public Task SetGroupsAsync(string account, params string[] names) => AskAsync(HttpMethod.Post, "groups", account, $"&names={Uri.EscapeDataString(string.Join(',', names))}");

    /// <summary>Ends the access tokens of an account; refresh tokens stay good.</summary>
    public Task EndAccessAsync(string account) => AskAsync(HttpMethod.Post, "end-access", account);

    /// <summary>Takes back what the person allowed.</summary>
    public Task TakeBackAsync(string account) => AskAsync(HttpMethod.Post, "take-back", account);

    /// <summary>What happened to an account's tokens, in order.</summary>
    public async Task<IReadOnlyList<string>> HappenedAsync(string account) =>
        [.. (await AllAsync()).Where(e => e.Text("account") == account).Select(e => e.Text("grant") is { } grant ? $"{e.Text("what")}: {grant}" : e.Text("what")!)];

    /// <summary>What happened to a client, in order.</summary>
    public async Task<IReadOnlyList<string>> HappenedToAsync(OidcClient client) => [.. (await AllAsync()).Where(e => e.Text("client") == client.Id).Select(e => e.Text("what")!)];

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private async Task<IEnumerable<JsonObject>> AllAsync() => (await AskAsync(HttpMethod.Get, "happened", "")).AsArray().Select(e => e!.AsObject());

    private async Task<JsonNode> AskAsync(HttpMethod method, string what, string account, string more = "")
    {
        using var request = new HttpRequestMessage(method, $"{Url}/control/{what}?account={Uri.EscapeDataString(account)}{more}");
        return (await ServerProcess.Http.AskAsync(request)).Ok() is { Text: not "null" } answer ? JsonNode.Parse(answer.Text)! : new JsonObject();
    }
}
