using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;

namespace Workato.Connections.Projects;

/// <summary>Makes, changes and removes folders and projects.</summary>
public sealed class ProjectService(ConnectionsDbContext db, CurrentAccess current, TimeProvider time)
{
    /// <summary>Makes a folder; without a parent, or directly under Home, it becomes a project of its own.</summary>
    public async Task<Result<Folder>> CreateAsync(string? name, int? parentId, CancellationToken cancel)
    {
        if (Wrong(name) is { } wrong) return wrong;
        var home = await db.Folders.SingleAsync(f => f.ParentId == null, cancel);
        var parent = parentId is null || parentId == home.Id ? home : await db.Folders.Include(f => f.Project).SingleOrDefaultAsync(f => f.Id == parentId, cancel);
        if (parent is null || (parent != home && !current.Access.Projects.Contains(parent.ProjectId))) return Refusal.Invalid("parent_id", $"there is no folder {parentId}");
        if (current.Access.Check(parent == home ? Privilege.CreateProjects : Privilege.CreateFolders) is { } refusal) return refusal;
        if (parent == home && !current.Access.Projects.IsAll) return new Refusal(RefusalKind.Forbidden, "You may not make projects: you have access to chosen projects only, and could not reach a new one.");
        if (await DepthAsync(parent, cancel) >= Folder.MaxDepth) return Refusal.Invalid("parent_id", $"folders may lie {Folder.MaxDepth} deep at the most");

        var isProject = parent == home;
        var now = time.GetUtcNow();
        var folder = new Folder
        {
            Name = name!.Trim(),
            ParentId = parent.Id,
            IsProject = isProject,
            Project = isProject ? new Project { Name = name.Trim() } : parent.Project,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(folder);
        return await SaveAsync(cancel) is { } taken ? taken : folder;
    }

    /// <summary>Renames a folder; a project's root takes its project along, whose description may change with it.</summary>
    public async Task<Result<Folder>> ChangeAsync(int folderId, string? name, string? description, CancellationToken cancel)
    {
        if (name is not null && Wrong(name) is { } wrong) return wrong;
        if (description?.Length > Project.MaxDescriptionLength) return Refusal.Invalid("description", $"is too long (maximum is {Project.MaxDescriptionLength} characters)");
        if (description?.Contains('\0', StringComparison.Ordinal) == true) return Refusal.Invalid("description", "must not contain the character U+0000");
        if (await db.FoldersIn(current.Access.Projects).Include(f => f.Project).SingleOrDefaultAsync(f => f.Id == folderId, cancel) is not { } folder) return Refusal.NotFound("Folder");
        if (current.Access.Check(folder.IsProject ? Privilege.UpdateProjects : Privilege.UpdateFolders) is { } refusal) return refusal;

        folder.Name = name?.Trim() ?? folder.Name;
        folder.UpdatedAt = time.GetUtcNow();
        if (folder.IsProject)
        {
            folder.Project.Name = folder.Name;
            folder.Project.Description = description is null ? folder.Project.Description : description.Trim();
        }

        return await SaveAsync(cancel) is { } taken ? taken : folder;
    }

    /// <summary>Removes an empty folder.</summary>
    public async Task<Result<bool>> DeleteFolderAsync(int id, CancellationToken cancel)
    {
        if (await db.FoldersIn(current.Access.Projects).SingleOrDefaultAsync(f => f.Id == id, cancel) is not { } folder) return Refusal.NotFound("Folder");
        if (current.Access.Check(Privilege.DeleteFolders) is { } refusal) return refusal;
        if (folder.IsProject) return new Refusal(RefusalKind.Forbidden, $"Cannot destroy folder: '{folder.Name}' is a project; delete the project instead.");
        db.Remove(folder);
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException e) when (db.IsForeignKeyViolation(e))
        {
            return new Refusal(RefusalKind.Forbidden, $"Cannot destroy folder: '{folder.Name}' is not empty. Move or delete what is in it first.");
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.NotFound("Folder");
        }
    }

    private static Refusal? Wrong(string? name) => string.IsNullOrWhiteSpace(name) ? Refusal.Invalid("name", "can't be blank")
        : name.Length > Folder.MaxNameLength ? Refusal.Invalid("name", $"is too long (maximum is {Folder.MaxNameLength} characters)")
        : name.Contains('\0', StringComparison.Ordinal) ? Refusal.Invalid("name", "must not contain the character U+0000")
        : null;

    private async Task<int> DepthAsync(Folder folder, CancellationToken cancel)
    {
        var depth = 0;
        for (var at = folder.ParentId; at is not null && depth < Folder.MaxDepth; depth++) at = await db.Folders.Where(f => f.Id == at).Select(f => f.ParentId).SingleAsync(cancel);
        return depth;
    }

    private async Task<Refusal?> SaveAsync(CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return null;
        }
        catch (DbUpdateException e) when (db.IsUniqueViolation(e))
        {
            db.ChangeTracker.Clear();
            return Refusal.Invalid("name", "has already been taken");
        }
        catch (DbUpdateException e) when (db.IsForeignKeyViolation(e) || e is DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return Refusal.NotFound("Folder");
        }
    }
}
