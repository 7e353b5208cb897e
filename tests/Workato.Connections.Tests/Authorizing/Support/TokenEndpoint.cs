using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Workato.Connections.Authorizing;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth2;
using Workato.Connections.Egress;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing.Support;

/// <summary>A token endpoint on a real socket that answers as the test says, and the client that asks it.</summary>
public sealed class TokenEndpoint : IAsyncDisposable
{
    public const string Issues = """{"access_token":"at-1","token_type":"Bearer"}""";

    private static readonly EgressRules Egress = new(["127.0.0.0/8"]);

    private readonly TestApp app;
    private readonly AppHttp http = new(new EgressGuard(Egress));
    private readonly OAuthHttp oauth;

    private TokenEndpoint(TestApp app)
    {
        (this.app, oauth) = (app, new(http, Time));
        Client = new(oauth, Egress, Time);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public TokenClient Client { get; }

    public AuthorizationRequests Requests => new(oauth);

    public string Url => app.Url;

    /// <summary>What was posted last.</summary>
    public Dictionary<string, string> Form { get; private set; } = [];

    /// <summary>The header of the last request.</summary>
    public string? Authorization { get; private set; }

    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    /// <summary>Answers after having noted what was sent.</summary>
    public Func<HttpContext, Task> Answer
    {
        set => app.Answer = async context =>
        {
            Form = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString()) : [];
            Authorization = context.Request.Headers.Authorization;
            Asked++;
            await value(context);
        };
    }

    public static async Task<TokenEndpoint> StartAsync()
    {
        var endpoint = new TokenEndpoint(await TestApp.StartAsync());
        endpoint.Answer = TestApp.Says(200, Issues);
        return endpoint;
    }

    /// <summary>Credentials of the connector's way <paramref name="way"/>, whose terms may be changed.</summary>
    public OpenCredentials Credentials(
        Func<OAuth2Terms, OAuth2Terms>? otherwise = null, string way = "code", string? clientId = "client-1", string? clientSecret = "hush-hush", Tokens? tokens = null, params (string Name, string Value)[] secrets)
    {
        var connector = TestCatalog.Instance.Find(TestSuite.Provider)!;
        var found = connector.FindWay(way)!;
        if (otherwise is not null) found = found with { Placement = found.Placement with { OAuth2 = otherwise(found.Placement.OAuth2!) } };
        var settings = new Dictionary<string, string> { ["url"] = Url, ["mail"] = "robot@suite.example", ["app_id"] = "machine-1" };
        return new(connector, found, new(settings, secrets.ToDictionary(s => s.Name, s => new Secret(s.Value))))
        {
            Tokens = tokens,
            Profile = clientId is null ? null : new(clientId, clientSecret is null ? null : new(clientSecret)),
        };
    }

    /// <summary>Redeems a code, as after a trip to the app.</summary>
    public Task<TokenOutcome> RedeemAsync(OpenCredentials? of = null, string? verifier = null) =>
        Client.RedeemAsync(of ?? Credentials(), "code-1", "https://here.example/oauth/callback", verifier, TestContext.Current.CancellationToken);

    /// <summary>Renews by a refresh token.</summary>
    public Task<TokenOutcome> RenewAsync(OpenCredentials of) => Client.RenewAsync(of, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        oauth.Dispose();
        http.Dispose();
        await app.DisposeAsync();
    }
}
