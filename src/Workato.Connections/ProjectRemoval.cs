using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Authorizing;
using Workato.Connections.Data;
using Workato.Connections.Projects;
using Workato.Connections.Recipes;

namespace Workato.Connections;

/// <summary>Deletes a project with everything in it, as Workato does, unless something runs there or outside needs a connection of it.</summary>
public sealed class ProjectRemoval(ConnectionsDbContext db, ConnectionGuards guards, AuditTrail trail, Revocations revocations, ChangeFeed feed)
{
    // More than anybody reads one by one; the project's own entry says how many there were.
    private const int MaxEntries = 1000;
    private const int MaxNamed = 20;

    /// <summary>
    /// All or nothing. Home cannot be deleted. Recipes of it that run, and recipes elsewhere that use its connections, are named
    /// and in the way; by <paramref name="force"/> they stop, and those elsewhere lose the connection. The apps are told, behind
    /// this, that the tokens they issued are not needed any more.
    /// </summary>
    public async Task<Result<bool>> DeleteAsync(int projectId, CancellationToken cancel, bool force = false)
    {
        if (await db.Projects.SingleOrDefaultAsync(p => p.Id == projectId, cancel) is not { } project) return Refusal.NotFound("Project");
        if (project.IsHome) return new Refusal(RefusalKind.Forbidden, "Cannot destroy folder: Home stays.");

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var folders = db.Folders.Where(f => f.ProjectId == projectId);
        var connections = db.Connections.Where(c => folders.Any(f => f.Id == c.FolderId));
        var ids = await connections.Select(c => c.Id).ToListAsync(cancel);
        var recipes = db.Recipes.Where(r => folders.Any(f => f.Id == r.FolderId));
        var gone = new Contents(
            ids.Count, await connections.OrderBy(c => c.Id).Take(MaxEntries).Select(c => new Audited(AuditedTypes.Connection, c.Id, c.Name, projectId)).ToListAsync(cancel),
            await recipes.CountAsync(cancel), await recipes.OrderBy(r => r.Id).Take(MaxEntries).Select(r => new Audited(AuditedTypes.Recipe, r.Id, r.Name, projectId)).ToListAsync(cancel));
        if (!force && await recipes.Where(r => r.Running).OrderBy(r => r.Id).Take(MaxNamed).Select(r => new ConnectionUser("running recipe", r.Id, r.Name)).ToListAsync(cancel) is { Count: > 0 } running)
            return Refusal.InUse($"In the project '{project.Name}' there runs {ConnectionUser.Names(running)}. Stop that first, or delete with force.", running);

        var withTokens = await connections.AsNoTracking().Where(c => c.SealedTokens != null).ToListAsync(cancel);
        try
        {
            // Its own recipes go along: who uses its connections then is somebody outside.
            await recipes.ExecuteDeleteAsync(cancel);
            if (!force && await guards.UsersAsync(ids, cancel) is { Count: > 0 } users)
                return Refusal.InUse($"Connections of the project '{project.Name}' are in use by {ConnectionUser.Names(users)}. Remove them there first, or delete with force.", users);
            if (force) await guards.LetGoAsync(ids, ConnectionEnd.Deleted, cancel);
            await db.SaveChangesAsync(cancel);
            // Children first: nothing may point at what is gone.
            var deleted = await connections.Where(c => c.ParentId != null).ExecuteDeleteAsync(cancel);
            deleted += await connections.ExecuteDeleteAsync(cancel);
            // One that came just now was asked about by nobody, and would go without a word.
            if (deleted > ids.Count) return Changed(project);
            while (await folders.Where(f => !db.Set<Folder>().Any(child => child.ParentId == f.Id)).ExecuteDeleteAsync(cancel) > 0)
            {
                // From the leaves to the root, a level at a time.
            }

            // Somebody else was quicker.
            if (await db.Projects.Where(p => p.Id == projectId).ExecuteDeleteAsync(cancel) == 0) return Refusal.NotFound("Project");
            WriteDown(project, gone);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (Exception e) when (e is DbUpdateConcurrencyException || db.IsForeignKeyViolation(e))
        {
            // Somebody put something new into it, or it is parent to a connection elsewhere.
            db.ChangeTracker.Clear();
            return Changed(project);
        }

        foreach (var id in ids) feed.Announce(Connection.Table, id);
        revocations.Add(withTokens);
        return true;
    }

    private void WriteDown(Project project, Contents gone)
    {
        var cut = gone.Connections > gone.NamedConnections.Count || gone.Recipes > gone.NamedRecipes.Count ? $", the first {MaxEntries} of which have entries of their own" : "";
        var counts = $"{Count(gone.Connections, "connection")}{(gone.Recipes > 0 ? " and " + Count(gone.Recipes, "recipe") : "")}";
        trail.Add(AuditEvents.ProjectDeleted, new(AuditedTypes.Project, project.Id, project.Name, project.Id), new AuditChanges().With("name", project.Name, null).With("description", project.Description, null), $"With everything in it: {counts}{cut}.");
        foreach (var connection in gone.NamedConnections) trail.Add(AuditEvents.ConnectionDeleted, connection, reason: $"With the project '{project.Name}'.");
        foreach (var recipe in gone.NamedRecipes) trail.Add(AuditEvents.RecipeDeleted, recipe, reason: $"With the project '{project.Name}'.");
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static Refusal Changed(Project project) =>
        new(RefusalKind.Conflict, $"The project '{project.Name}' could not be deleted: something in it is used from another project, or was added or changed just now.");

    private sealed record Contents(int Connections, IReadOnlyList<Audited> NamedConnections, int Recipes, IReadOnlyList<Audited> NamedRecipes);
}
