using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Workato.Connections.Web.Tests.Support;

/// <summary>An app that answers in whatever way a test needs, on a free loopback port.</summary>
public sealed class TinyApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private TinyApp(WebApplication app, string url) => (this.app, Url) = (app, url.TrimEnd('/'));

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Url { get; }

    public static async Task<TinyApp> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return new(app, app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>Holds those who come until a test opens it.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Until somebody stands at the gate.</summary>
    public Task Reached => reached.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    /// <summary>Stands at the gate until it is opened.</summary>
    public Task PassAsync()
    {
        reached.TrySetResult();
        return opened.Task;
    }

    /// <summary>Lets everybody through.</summary>
    public void Open() => opened.TrySetResult();
}
