using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Diagnosing;

/// <summary>The product with connectors of its own, and an app that answers as it is told.</summary>
internal sealed class FailureScene(Product product, TinyApp app) : IAsyncDisposable
{
    private RequestDelegate me = Says(200, """{"name":"ada"}""");
    private RequestDelegate token = Says(200, """{"access_token":"second","token_type":"bearer"}""");

    public Product Product => product;

    public string Url => app.Url;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<FailureScene> StartAsync(Product product)
    {
        FailureScene? scene = null;
        var app = await TinyApp.StartAsync(context => context.Request.Path == "/token" ? scene!.token(context) : scene!.me(context));
        return scene = new(product, app);
    }

    public static RequestDelegate Says(int status, string body, string type = "application/json", params (string Name, string Value)[] headers) => context =>
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, type);
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        return context.Response.WriteAsync(body);
    };

    public static RequestDelegate BreaksOff { get; } = context =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    /// <summary>Makes a connection by API key to an app that answers so.</summary>
    public Task<Told> AnsweredAsync(int status, string body, string type = "application/json", params (string Name, string Value)[] headers) => AnsweredAsync(Says(status, body, type, headers));

    public Task<Told> AnsweredAsync(RequestDelegate answer)
    {
        me = answer;
        return ConnectedAsync("desk", new { auth_type = "key", url = Url, api_key = "k-123456" });
    }

    /// <summary>Makes a connection to that address.</summary>
    public Task<Told> AtAsync(string url) => ConnectedAsync("desk", new { auth_type = "key", url, api_key = "k-123456" });

    /// <summary>Makes a connection; what the API says of it.</summary>
    public async Task<Told> ConnectedAsync(string provider, object input) =>
        Told.In((await product.Api.SendAsync("/api/connections", new { name = "Fails", provider, input })).Json);

    /// <summary>A connection with tokens that works, until its access token is rejected and the app is asked for another.</summary>
    public async Task<Told> RefreshedAsync(RequestDelegate answer)
    {
        me = Says(200, """{"name":"ada"}""");
        var id = await ByTokensAsync("desk", "oauth2", Url, new { access_token = "first-token", refresh_token = "refresh-token", scope = "tickets.read tickets.write" });
        me = context => Says(context.Request.Headers.Authorization == "Bearer first-token" ? 401 : 200, """{"name":"ada"}""")(context);
        token = answer;
        return await TestedAsync(id);
    }

    public async Task<int> ByTokensAsync(string provider, string way, string url, object tokens) =>
        (await product.Api.SendAsync("/api/connections", new { name = "Fails", provider, input = new { auth_type = way, url }, oauth_token_pair = tokens })).Ok().Json.Id;

    /// <summary>Tests a connection; what the API says of it.</summary>
    public async Task<Told> TestedAsync(int id)
    {
        var tested = (await product.Api.SendAsync($"/api/connections/{id}/test")).Json;
        return tested["diagnosis"] is null ? Told.In(await product.GetConnectionAsync(id)) : Told.In(tested);
    }

    /// <summary>A server with encryption and this certificate, as long as <paramref name="ask"/> takes.</summary>
    public static async Task<Told> BehindAsync(X509Certificate2 certificate, Func<string, Task<Told>> ask)
    {
        using (certificate)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(certificate)));
            await using var server = builder.Build();
            server.Run(Says(200, """{"name":"ada"}"""));
            await server.StartAsync();
            var port = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
            return await ask($"https://127.0.0.1:{port}");
        }
    }

    public static X509Certificate2 Certificate(string name, int fromDays, int toDays)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=desk.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address)) names.AddIpAddress(address);
        else names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(fromDays), DateTimeOffset.UtcNow.AddDays(toDays));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
