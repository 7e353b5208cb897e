using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;

namespace Workato.Connections;

/// <summary>Which projects there are, and which folders lead to them: Workato's API gives access by folder.</summary>
public sealed class ProjectDirectory(ConnectionsDbContext db, CurrentAccess current) : IProjectDirectory
{
    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<int>> ThereAsync(IReadOnlyCollection<int> ids, CancellationToken cancel) =>
        await db.Projects.Where(p => ids.Contains(p.Id)).Select(p => p.Id).ToListAsync(cancel);

    /// <summary>
    /// The projects these folders lie in. What is out of reach is refused as <see cref="Grants"/> refuses it, in words that do
    /// not tell whether it is there.
    /// </summary>
    public async Task<Result<IReadOnlyList<int>>> OfFoldersAsync(Grants grants, Audited to, IReadOnlyCollection<int> folderIds, CancellationToken cancel)
    {
        var found = await db.FoldersIn(current.Access.Projects).Where(f => folderIds.Contains(f.Id)).Select(f => new { f.Id, f.ProjectId }).ToListAsync(cancel);
        var missing = string.Join(", ", folderIds.Except(found.Select(f => f.Id)));
        if (missing.Length == 0) return found.Select(f => f.ProjectId).Distinct().Order().ToArray();
        if (current.Access.Projects.IsAll) return Refusal.Invalid("folder_ids", $"there is no folder {missing}; GET /api/folders names all of them");
        return grants.Refuse(to, $"You may not give access to the folder {missing}: you have none yourself.") with
        {
            Errors = new Dictionary<string, string[]> { ["folder_ids"] = [$"{missing} is not among your folders; GET /api/folders names them"] },
        };
    }

    /// <summary>The root folder of each of these projects, by project.</summary>
    public async Task<IReadOnlyDictionary<int, int>> RootsAsync(IReadOnlyCollection<int> projectIds, CancellationToken cancel) =>
        await db.Folders.Where(f => f.IsProject && projectIds.Contains(f.ProjectId)).ToDictionaryAsync(f => f.ProjectId, f => f.Id, cancel);

    /// <summary>The projects within reach, Home first, then by name.</summary>
    public async Task<IReadOnlyList<Project>> ReachedAsync(CancellationToken cancel) =>
        await db.ProjectsIn(current.Access.Projects).AsNoTracking().OrderByDescending(p => p.IsHome).ThenBy(p => p.Name).ToListAsync(cancel);
}
