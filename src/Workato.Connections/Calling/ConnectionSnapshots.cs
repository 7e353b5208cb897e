using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.AuthMethods;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections.Calling;

/// <summary>Reads connections for calling, and remembers them while they do not change.</summary>
public sealed class ConnectionSnapshots : IDisposable
{
    /// <summary>The table whose changes make a snapshot old.</summary>
    public const string Table = "connections";

    private readonly SnapshotCache<int, ConnectionSnapshot> cache = new();
    private readonly IServiceScopeFactory scopes;
    private readonly ConnectorCatalog catalog;
    private readonly CredentialProtector protector;

    /// <summary>Listens to <paramref name="feed"/> from now on.</summary>
    public ConnectionSnapshots(IServiceScopeFactory scopes, ConnectorCatalog catalog, CredentialProtector protector, ChangeFeed feed)
    {
        (this.scopes, this.catalog, this.protector) = (scopes, catalog, protector);
        feed.RowChanged += (table, id) =>
        {
            if (table == Table) cache.Remove(id);
        };
        feed.Lost += cache.Clear;
    }

    /// <summary>The connection ready to be called through, or why it cannot be.</summary>
    public async ValueTask<Result<ConnectionSnapshot>> GetAsync(int id)
    {
        // A refusal is not remembered: it is cheap, and whoever repairs the connection wants to see it work.
        Refusal? refusal = null;
        var snapshot = await cache.GetAsync(id, async key =>
        {
            var read = await ReadAsync(key);
            refusal = read.Refusal;
            return read.Value;
        });
        if (snapshot is not null) return snapshot;
        return refusal is not null ? refusal : await ReadAsync(id);
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private async Task<Result<ConnectionSnapshot>> ReadAsync(int id)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        var row = await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id);
        return row is null ? Refusal.NotFound("Connection") : Read(row);
    }

    private Result<ConnectionSnapshot> Read(Connection row)
    {
        if (catalog.Find(row.Provider) is not { } connector || connector.FindWay(row.SignInBy) is not { } way)
            return new Refusal(RefusalKind.NotConnected, $"The connector '{row.Provider}' of this connection is not installed any more. Put its file back into Connectors__Directory.");
        if (row.SealedSecrets is not { } sealedSecrets)
            return new Refusal(RefusalKind.NotConnected, $"The connection '{row.Name}' is not connected to {connector.Title}. Connect it first.");
        if (protector.Open(row.Id, sealedSecrets) is not { } secrets)
            return new Refusal(RefusalKind.NotConnected, $"The credentials of the connection '{row.Name}' cannot be read: they were altered or sealed under a key that is gone. Enter them again.");

        var baseUrl = connector.BaseUrlFor(row.Settings);
        return new ConnectionSnapshot(
            row.Id, connector, row.CredentialVersion, row.Status, baseUrl, way.Method.Bind(way.Placement, new FieldValues(row.Settings, secrets)));
    }
}
