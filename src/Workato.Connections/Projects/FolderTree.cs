using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;

namespace Workato.Connections.Projects;

/// <summary>A folder with the names that lead to it.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Path">For example <c>Finance / Invoices</c>; the project comes first.</param>
/// <param name="Depth">0 for a project's root.</param>
public sealed record FolderPlace(Folder Folder, string Path, int Depth);

/// <summary>Reads folders in the order people look for them.</summary>
public sealed class FolderTree(ConnectionsDbContext db, CurrentAccess current)
{
    /// <summary>All folders within reach, or those of one project: Home first, then by project and path.</summary>
    public async Task<IReadOnlyList<FolderPlace>> ReadAsync(int? projectId, CancellationToken cancel)
    {
        var folders = await db.FoldersIn(current.Access.Projects).AsNoTracking().Include(f => f.Project).Where(f => projectId == null || f.ProjectId == projectId).ToListAsync(cancel);
        var children = folders.Where(f => !f.IsProject).ToLookup(f => f.ParentId);
        return [.. folders.Where(f => f.IsProject).OrderByDescending(f => f.Project.IsHome).ThenBy(f => f.Name, StringComparer.CurrentCultureIgnoreCase)
            .SelectMany(root => Below(root, root.Name, 0))];

        IEnumerable<FolderPlace> Below(Folder folder, string path, int depth) =>
            children[folder.Id].OrderBy(c => c.Name, StringComparer.CurrentCultureIgnoreCase)
                .SelectMany(c => Below(c, $"{path} / {c.Name}", depth + 1))
                .Prepend(new(folder, path, depth));
    }
}
