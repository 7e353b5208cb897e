using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Workato.Connections.Data;

/// <summary>
/// Hears from PostgreSQL which rows other nodes changed. Triggers notify inside the writing transaction, so a notice
/// arrives exactly when the change becomes visible, whatever wrote it.
/// </summary>
internal sealed partial class PostgresChangeListener(DatabaseOptions options, ChangeFeed feed, NodeIdentity node, TimeProvider time, ILogger<PostgresChangeListener> log) : BackgroundService
{
    private const string Channel = "row_changed";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                LogLost(log, e);
                feed.AnnounceLost();
                await Task.Delay(RetryAfter, time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancel)
    {
        // KeepAlive notices a connection that died without a word.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(options.ConnectionString) { Pooling = false, KeepAlive = 10 }.ConnectionString);
        connection.Notification += (_, notice) => Announce(notice.Payload);
        await connection.OpenAsync(cancel);
        await using (var command = new NpgsqlCommand($"SELECT pg_advisory_lock({PostgresDbContext.NodeLocks}, {node.Number}); LISTEN {Channel}", connection)) await command.ExecuteNonQueryAsync(cancel);
        feed.AnnounceLost();
        while (true) await connection.WaitAsync(cancel);
    }

    private void Announce(string payload)
    {
        if (payload.Split(':') is [var table, var id]) feed.Announce(table, int.Parse(id, CultureInfo.InvariantCulture));
    }

    [LoggerMessage(LogLevel.Warning, "Lost the connection on which other nodes' changes are heard; snapshots are read again every few seconds until it is back.")]
    private static partial void LogLost(ILogger log, Exception e);
}
