using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.SampleApp;

namespace Workato.Connections.Web.Tests.Support;

/// <summary>A sample app of its own on a free loopback port, and the switches by which a test tells it how to behave.</summary>
public sealed class SampleAppServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private SampleAppServer(WebApplication app, Uri address)
    {
        this.app = app;
        Http = new() { BaseAddress = address };
    }

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Url => Http.BaseAddress!.AbsoluteUri.TrimEnd('/');

    /// <summary>For its <c>/control</c> endpoints.</summary>
    public HttpClient Http { get; }

    public static async Task<SampleAppServer> StartAsync(TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddSampleApp();
        var app = builder.Build();
        app.MapSampleApp();
        await app.StartAsync();
        return new(app, new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()));
    }

    /// <summary>Tells it how to behave: ok, slow, down, throttled, reject, forbid, garbage, redirect, hang.</summary>
    public Task BehaveAsync(string mode, int? delayMs = null) => Http.PutAsJsonAsync("/control", new { mode, delay_ms = delayMs });

    /// <summary>Everything as it was at the start.</summary>
    public Task ResetAsync() => Http.PostAsync("/control/reset", null);

    /// <summary>Gives a user another password.</summary>
    public Task ChangePasswordAsync(string username, string password) => Http.PostAsJsonAsync("/control/password", new { username, password });

    /// <summary>Gives a user another API key.</summary>
    public Task ChangeApiKeyAsync(string username, string key) => Http.PostAsJsonAsync("/control/api-key", new { username, key });

    /// <summary>Tells its OAuth 2.0 server how to behave: the fields of <c>PUT /control/oauth2</c> that change, in snake case.</summary>
    public async Task<JsonObject> OAuth2Async(object change) => (await Http.ChangeAsync("/control/oauth2", change)).Ok().Json;

    /// <summary>How its OAuth 2.0 server behaves, and what it did.</summary>
    public async Task<JsonObject> OAuth2Async() => (await Http.ReadAsync("/control/oauth2")).Ok().Json;

    /// <summary>Takes back everything a user allowed anybody: a refresh is answered with invalid_grant.</summary>
    public async Task RevokeTokensAsync(string username) => (await Http.SendAsync("/control/oauth2/revoke", new { username })).Ok();

    /// <summary>Ends the access tokens of a user; refresh tokens stay good.</summary>
    public async Task ExpireTokensAsync(string username) => (await Http.SendAsync("/control/oauth2/expire", new { username })).Ok();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }
}
