using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Workato.Connections.Authorizing;

/// <summary>
/// Tells apps that the tokens of many connections, gone at once, are not needed any more: a few at a time and behind the
/// request, which would otherwise wait for every app that takes its time. Each is told once.
/// </summary>
public sealed partial class Revocations(IServiceScopeFactory scopes, ILogger<Revocations> log) : BackgroundService
{
    private const int AtOnce = 8;

    private readonly Channel<Connection> gone = Channel.CreateUnbounded<Connection>();

    /// <summary>Takes connections that are deleted, as they were. Never waits.</summary>
    internal void Add(IEnumerable<Connection> deleted)
    {
        foreach (var row in deleted) gone.Writer.TryWrite(row);
    }

    /// <inheritdoc/>
    /// <remarks>Ends when all are told that were taken until the stop, or with the process.</remarks>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        gone.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Parallel.ForEachAsync(gone.Reader.ReadAllAsync(CancellationToken.None), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (row, _) => await TellAsync(row));

    private async Task TellAsync(Connection row)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<TokenRevoker>().RevokeAsync(row, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogFailed(log, e, row.Id, row.Provider);
        }
    }

    [LoggerMessage(LogLevel.Error, "The app of connection {ConnectionId} ({Provider}) was not told to revoke its tokens, because something went wrong here. They are gone here; revoke them there.")]
    private static partial void LogFailed(ILogger log, Exception e, int connectionId, string provider);
}
