using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Workato.Connections.Tests.Support;

/// <summary>A third-party app on a real socket of 127.0.0.1 that answers whatever the test says.</summary>
public sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private TestApp(WebApplication app) => this.app = app;

    /// <summary>What the app does with a request.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = Says(200, """{"email":"bot@app.example"}""");

    /// <summary>Where it is, without a slash at the end.</summary>
    public string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<TestApp> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = new TestApp(builder.Build());
        app.app.Run(context => app.Answer(context));
        await app.app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    /// <summary>An app whose one password is <paramref name="password"/>, as Basic says it.</summary>
    public static Func<HttpContext, Task> Wants(string user, string password) => context => Says(
        context.Request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")) ? 200 : 401,
        """{"email":"bot@app.example"}""")(context);

    /// <summary>Always the same answer.</summary>
    public static Func<HttpContext, Task> Says(int status, string body, string type = "application/json") => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return status is 204 or 304 ? Task.CompletedTask : context.Response.WriteAsync(body);
    };

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
