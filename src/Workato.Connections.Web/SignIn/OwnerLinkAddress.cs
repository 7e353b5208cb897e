using Workato.Connections.Privileges;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.SignIn;

/// <summary>The one-time link by which the local owner signs in.</summary>
internal static class OwnerLinkAddress
{
    /// <summary>The page that redeems it.</summary>
    public const string Path = "/sign-in/owner";

    public static async Task<string> MakeAsync(OwnerLinks links, ServerSettings settings, CancellationToken cancel) =>
        $"{settings.AddressOf(Path)}?token={(await links.CreateAsync(cancel)).Reveal()}";
}

/// <summary>Prints the link once the server answers: on the console, not in the log, which may be kept elsewhere.</summary>
internal sealed class OwnerLinkPrinter(IServiceScopeFactory scopes, ServerSettings settings, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        await using var scope = scopes.CreateAsyncScope();
        var link = await OwnerLinkAddress.MakeAsync(scope.ServiceProvider.GetRequiredService<OwnerLinks>(), settings, stoppingToken);
        Console.WriteLine($"\n  Sign in as the owner with this link (it works once):\n  {link}\n");
    }
}
