using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Authorizing;
using Workato.Connections.Data;
using Workato.Connections.Projects;

namespace Workato.Connections;

/// <summary>Deletes a project with everything in it, as Workato does, unless something outside needs a connection of it.</summary>
public sealed class ProjectRemoval(ConnectionsDbContext db, ConnectionGuards guards, AuditTrail trail, Revocations revocations, ChangeFeed feed)
{
    // More than anybody reads one by one; the project's own entry says how many there were.
    private const int MaxEntries = 1000;

    /// <summary>All or nothing. Home cannot be deleted. The apps are told, behind this, that the tokens they issued are not needed any more.</summary>
    public async Task<Result<bool>> DeleteAsync(int projectId, CancellationToken cancel)
    {
        if (await db.Projects.SingleOrDefaultAsync(p => p.Id == projectId, cancel) is not { } project) return Refusal.NotFound("Project");
        if (project.IsHome) return new Refusal(RefusalKind.Forbidden, "Cannot destroy folder: Home stays.");

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var folders = db.Folders.Where(f => f.ProjectId == projectId);
        var connections = db.Connections.Where(c => folders.Any(f => f.Id == c.FolderId));
        var ids = await connections.Select(c => c.Id).ToListAsync(cancel);
        var named = await connections.OrderBy(c => c.Id).Take(MaxEntries).Select(c => new Audited(AuditedTypes.Connection, c.Id, c.Name, projectId)).ToListAsync(cancel);
        if (await guards.UsersAsync(ids, cancel) is { Count: > 0 } users)
            return Refusal.InUse($"Connections of the project '{project.Name}' are in use by {ConnectionUser.Names(users)}. Remove them there first.", users);

        var withTokens = await connections.AsNoTracking().Where(c => c.SealedTokens != null).ToListAsync(cancel);
        try
        {
            // Children first: nothing may point at what is gone.
            var gone = await connections.Where(c => c.ParentId != null).ExecuteDeleteAsync(cancel);
            gone += await connections.ExecuteDeleteAsync(cancel);
            // One that came just now was asked about by nobody, and would go without a word.
            if (gone > ids.Count) return Changed(project);
            while (await folders.Where(f => !db.Set<Folder>().Any(child => child.ParentId == f.Id)).ExecuteDeleteAsync(cancel) > 0)
            {
                // From the leaves to the root, a level at a time.
            }

            // Somebody else was quicker.
            if (await db.Projects.Where(p => p.Id == projectId).ExecuteDeleteAsync(cancel) == 0) return Refusal.NotFound("Project");
            WriteDown(project, ids.Count, named);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (Exception e) when (db.IsForeignKeyViolation(e))
        {
            // Somebody put something new into it, or it is parent to a connection elsewhere.
            return Changed(project);
        }

        foreach (var id in ids) feed.Announce(Connection.Table, id);
        revocations.Add(withTokens);
        return true;
    }

    private void WriteDown(Project project, int connections, IReadOnlyList<Audited> named)
    {
        var reason = $"With everything in it: {connections} {(connections == 1 ? "connection" : "connections")}{(connections > named.Count ? $", the first {named.Count} of which have entries of their own" : "")}.";
        trail.Add(AuditEvents.ProjectDeleted, new(AuditedTypes.Project, project.Id, project.Name, project.Id), new AuditChanges().With("name", project.Name, null).With("description", project.Description, null), reason);
        foreach (var connection in named) trail.Add(AuditEvents.ConnectionDeleted, connection, reason: $"With the project '{project.Name}'.");
    }

    private static Refusal Changed(Project project) =>
        new(RefusalKind.Conflict, $"The project '{project.Name}' could not be deleted: something in it is used from another project, or was added just now.");
}
