using System.Text.Json.Nodes;
using Workato.Connections.Web.Tests.Support;
using Workato.Connections.Web.Tests.Support.RealSoftware;

namespace Workato.Connections.Web.Tests.Interop;

/// <summary>Tests with oidc-provider share one of it, each with an account of its own.</summary>
[CollectionDefinition(nameof(WithOidcProvider))]
public sealed class WithOidcProvider : ICollectionFixture<OidcProduct>;

/// <summary>The product at an address the provider knows, and beside it the provider, with connector files and OAuth apps for it.</summary>
public sealed class OidcProduct : ProductOnSqlite
{
    private static readonly OidcClient BasicClient = OidcClient.Basic();

    internal static OidcConnector Basic { get; } = new("oidc_basic", BasicClient);

    internal static OidcConnector Post { get; } = new("oidc_post", OidcClient.Post());

    internal static OidcConnector Key { get; } = new("oidc_key", OidcClient.Key());

    internal static OidcConnector Pushing { get; } = new("oidc_pushing", OidcClient.Pushing()) { Pushes = true };

    internal static OidcConnector Program { get; } = new("oidc_program", BasicClient) { IsProgram = true };

    /// <summary>Its file names another issuer than the one that answers.</summary>
    internal static OidcConnector Elsewhere { get; } = new("oidc_elsewhere", BasicClient) { Issuer = "https://elsewhere.example" };

    /// <summary>Has no OAuth app yet.</summary>
    internal static OidcConnector Bare { get; } = new("oidc_bare", BasicClient);

    /// <summary>Has no OAuth app yet, either.</summary>
    internal static OidcConnector Mistyped { get; } = new("oidc_mistyped", BasicClient);

    internal OidcProvider Provider { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var connector in new[] { Basic, Post, Key, Pushing, Program, Elsewhere }) await AddOAuthAppAsync(connector, connector.Client.Secret);
    }

    /// <summary>Makes an OAuth app for a connector; its id.</summary>
    internal async Task<int> AddOAuthAppAsync(OidcConnector connector, string secret) =>
        (await Api.SendAsync("/api/custom_oauth_profiles", new { name = $"Client of {connector.Provider}", provider = connector.Provider, data = new { client_id = connector.Client.Id, client_secret = secret } })).Ok()
            .Json["result"]!.AsObject().Id;

    /// <summary>Makes a connection that waits to be connected; its id.</summary>
    internal async Task<int> AddConnectionAsync(OidcConnector connector) =>
        (await Api.SendAsync("/api/connections", new { name = connector.Title, provider = connector.Provider, shell_connection = true })).Ok().Json.Id;

    /// <summary>Calls the provider through a connection, as a script does.</summary>
    internal Task<Answer> CallAsync(int id, string path = "/me") => Api.ReadAsync($"/api/connections/{id}/call{path}");

    /// <summary>A connection as it is now.</summary>
    internal async Task<JsonObject> ConnectionAsync(int id) => (await Api.ReadAsync($"/api/connections/{id}")).Ok().Json;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Provider.DisposeAsync();
    }

    protected override async Task ConfigureDatabaseAsync(Dictionary<string, string> settings)
    {
        await base.ConfigureDatabaseAsync(settings);
        Port = LoopbackPort.Next();
        settings["PublicUrl"] = $"http://127.0.0.1:{Port}";
        Provider = await OidcProvider.StartAsync($"http://127.0.0.1:{Port}/oauth/callback", Basic.Client, Post.Client, Key.Client, Pushing.Client);

        settings["Connectors:Directory"] = System.IO.Directory.CreateDirectory(Path.Combine(Directory, "connectors")).FullName;
        foreach (var connector in new[] { Basic, Post, Key, Pushing, Program, Elsewhere, Bare, Mistyped })
            await File.WriteAllTextAsync(Path.Combine(settings["Connectors:Directory"], $"{connector.Provider}.yaml"), connector.File(Provider.Url));
    }
}
