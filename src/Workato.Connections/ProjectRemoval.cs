using Microsoft.EntityFrameworkCore;
using Workato.Connections.Authorizing;
using Workato.Connections.Data;
using Workato.Connections.Projects;

namespace Workato.Connections;

/// <summary>Deletes a project with everything in it, as Workato does, unless something outside needs a connection of it.</summary>
public sealed class ProjectRemoval(ConnectionsDbContext db, ConnectionGuards guards, Revocations revocations, ChangeFeed feed)
{
    /// <summary>All or nothing. Home cannot be deleted. The apps are told, behind this, that the tokens they issued are not needed any more.</summary>
    public async Task<Result<bool>> DeleteAsync(int projectId, CancellationToken cancel)
    {
        if (await db.Projects.SingleOrDefaultAsync(p => p.Id == projectId, cancel) is not { } project) return Refusal.NotFound("Project");
        if (project.IsHome) return new Refusal(RefusalKind.Forbidden, "Cannot destroy folder: Home stays.");

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var folders = db.Folders.Where(f => f.ProjectId == projectId);
        var connections = db.Connections.Where(c => folders.Any(f => f.Id == c.FolderId));
        var ids = await connections.Select(c => c.Id).ToListAsync(cancel);
        if (await guards.UsersAsync(ids, cancel) is { Count: > 0 } users)
            return Refusal.InUse($"Connections of the project '{project.Name}' are in use by {ConnectionGuards.Names(users)}. Remove them there first.", users);

        var withTokens = await connections.AsNoTracking().Where(c => c.SealedTokens != null).ToListAsync(cancel);
        try
        {
            // Children first: nothing may point at what is gone.
            await connections.Where(c => c.ParentId != null).ExecuteDeleteAsync(cancel);
            await connections.ExecuteDeleteAsync(cancel);
            while (await folders.Where(f => !db.Set<Folder>().Any(child => child.ParentId == f.Id)).ExecuteDeleteAsync(cancel) > 0)
            {
                // From the leaves to the root, a level at a time.
            }

            // Somebody else was quicker.
            if (await db.Projects.Where(p => p.Id == projectId).ExecuteDeleteAsync(cancel) == 0) return Refusal.NotFound("Project");
            await transaction.CommitAsync(cancel);
        }
        catch (Exception e) when (db.IsForeignKeyViolation(e))
        {
            // Somebody put something new into it, or it is parent to a connection elsewhere.
            return new Refusal(RefusalKind.Conflict, $"The project '{project.Name}' could not be deleted: something in it is used from another project, or was added just now.");
        }

        foreach (var id in ids) feed.Announce(Connection.Table, id);
        revocations.Add(withTokens);
        return true;
    }
}
