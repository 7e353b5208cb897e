using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Auditing;
using Workato.Connections.Authorizing;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Authorizing.Refresh;
using Workato.Connections.Data;
using Workato.Connections.Projects;

namespace Workato.Connections.Calling;

/// <summary>Reads connections for calling, and remembers them while they do not change.</summary>
public sealed class ConnectionSnapshots : IDisposable
{
    private readonly SnapshotCache<int, ConnectionSnapshot> cache;
    private readonly IServiceScopeFactory scopes;
    private readonly StoredCredentials stored;

    /// <summary>Listens to <paramref name="feed"/> from now on.</summary>
    public ConnectionSnapshots(IServiceScopeFactory scopes, StoredCredentials stored, ChangeFeed feed, TimeProvider time)
    {
        (this.scopes, this.stored, cache) = (scopes, stored, new(time));
        feed.RowChanged += (table, id) =>
        {
            if (table == Connection.Table) cache.Remove(id);
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
        var folders = db.Folders;
        var found = await db.Connections.AsNoTracking().Where(c => c.Id == id).Join(folders, c => c.FolderId, f => f.Id, (c, f) => new { Row = c, f.ProjectId }).SingleOrDefaultAsync();
        return found is null ? Refusal.NotFound("Connection") : Read(found.Row, found.ProjectId, await db.ProfileOfAsync(found.Row, CancellationToken.None));
    }

    private Result<ConnectionSnapshot> Read(Connection row, int projectId, CustomOAuthProfile? profile)
    {
        var opened = stored.Open(row, profile);
        if (opened.Refusal is { } refusal) return refusal;
        var credentials = opened.Value!;
        return new ConnectionSnapshot(
            row.Id, credentials.Connector, row.CredentialVersion, row.Status, credentials.BaseUrl, credentials.Bind())
        {
            Audited = new(AuditedTypes.Connection, row.Id, row.Name, projectId),
            UsableUntil = RefreshSchedule.UsableUntil(credentials.Tokens),
            RefreshDueAt = row.RefreshDueAt,
            CanRenew = RefreshSchedule.CanRenew(credentials),
            HasRefreshProblem = row.RefreshProblem is not null,
        };
    }
}
