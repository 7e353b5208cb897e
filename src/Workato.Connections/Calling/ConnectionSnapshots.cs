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
    private static readonly CompiledQuery<int, Found> ById = new((db, id) =>
        db.Set<Connection>().AsNoTracking().Where(c => c.Id == id).Join(db.Set<Folder>(), c => c.FolderId, f => f.Id, (c, f) => new Found(c, f.ProjectId)));

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

    /// <summary>Of a row and what stands in it.</summary>
    internal static ConnectionSnapshot Of(Connection row, OpenCredentials credentials, Audited audited) => new(
        row.Id, credentials.Connector, row.CredentialVersion, row.Status, credentials.BaseUrl, credentials.Bind())
    {
        Audited = audited,
        Values = credentials.Values,
        User = row.IsRuntimeUser ? row.ExternalId : null,
        UsableUntil = RefreshSchedule.UsableUntil(credentials.Tokens),
        RefreshDueAt = row.RefreshDueAt,
        UsesTokens = row.UsesTokens,
        CanRenew = RefreshSchedule.CanRenew(credentials),
        HasRefreshProblem = row.RefreshProblem is not null,
    };

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private async Task<Result<ConnectionSnapshot>> ReadAsync(int id)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        var found = await ById.SingleOrDefaultAsync(db, id, CancellationToken.None);
        return found is null ? Refusal.NotFound("Connection") : Read(found.Row, found.ProjectId, await db.ProfileOfAsync(found.Row, CancellationToken.None));
    }

    private Result<ConnectionSnapshot> Read(Connection row, int projectId, CustomOAuthProfile? profile)
    {
        var opened = stored.Open(row, profile);
        return opened.Refusal is { } refusal ? refusal : Of(row, opened.Value!, new(AuditedTypes.Connection, row.Id, row.Name, projectId));
    }

    private sealed record Found(Connection Row, int ProjectId);
}
