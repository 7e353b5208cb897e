using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Calling;
using Workato.Connections.Data;

namespace Workato.Connections;

/// <summary>
/// A call's 403 mostly means that a permission is missing, but some apps say it to wrong credentials. The app's own test
/// request knows the difference. It is sent once a minute at the most for the same credentials, however many calls meet a 403.
/// </summary>
public sealed partial class SecondLook(IServiceScopeFactory scopes, TimeProvider time, ILogger<SecondLook> log) : IDisposable
{
    private const int Forbidden = 403;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // The caller waits for it, so that the state is true when the answer arrives; but not for long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly MemoryCache looked = new(new MemoryCacheOptions { SizeLimit = 100_000 });
    private readonly Lock gate = new();

    /// <summary>Tests the connection where an answer leaves it in doubt.</summary>
    public async ValueTask AfterAsync(ConnectionSnapshot connection, int status)
    {
        if (status != Forbidden || connection.Status != AuthorizationStatus.Success || connection.IsRejection(status) || !IsFirst(connection)) return;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ConnectionService>().TestAsync(connection.Id, patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Nothing was learned; the next look may.
        }
    }

    /// <summary>
    /// An answer says that the app is in trouble: the connection is tested by itself soon. Whoever calls does not wait for
    /// it, and a thousand calls that fail in one minute ask for one test.
    /// </summary>
    public void Soon(ConnectionSnapshot connection)
    {
        if (connection.Status == AuthorizationStatus.Success && IsFirst(connection)) _ = SoonAsync(connection.Id);
    }

    /// <inheritdoc/>
    public void Dispose() => looked.Dispose();

    private async Task SoonAsync(int id)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var now = time.GetUtcNow();
            await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().Connections.Where(c => c.Id == id && c.TestDueAt > now && c.IncidentId == null)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.TestDueAt, now));
        }
        catch (Exception e)
        {
            // Then it is tested when it is due anyway.
            LogNotSoon(log, e, id);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A test of connection {ConnectionId} could not be brought forward.")]
    private static partial void LogNotSoon(ILogger log, Exception e, int connectionId);

    private bool IsFirst(ConnectionSnapshot connection)
    {
        var key = (connection.Id, connection.CredentialVersion);
        lock (gate)
        {
            if (looked.TryGetValue(key, out _)) return false;
            looked.Set(key, true, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Interval, Size = 1 });
            return true;
        }
    }
}
