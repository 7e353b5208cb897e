using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Privileges;

namespace Workato.Connections.Projects;

/// <summary>Makes, changes and removes folders and projects.</summary>
public sealed class ProjectService(ConnectionsDbContext db, CurrentAccess current, AuditTrail trail, TimeProvider time)
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
        return await SaveAsync(folder, isProject ? AuditEvents.ProjectCreated : AuditEvents.FolderCreated, new AuditChanges().With("name", null, folder.Name), cancel) is { } taken ? taken : folder;
    }

    /// <summary>Renames a folder; a project's root takes its project along, whose description may change with it.</summary>
    public async Task<Result<Folder>> ChangeAsync(int folderId, string? name, string? description, CancellationToken cancel)
    {
        if (name is not null && Wrong(name) is { } wrong) return wrong;
        if (description?.Length > Project.MaxDescriptionLength) return Refusal.Invalid("description", $"is too long (maximum is {Project.MaxDescriptionLength} characters)");
        if (description?.Contains('\0', StringComparison.Ordinal) == true) return Refusal.Invalid("description", "must not contain the character U+0000");
        if (await db.FoldersIn(current.Access.Projects).Include(f => f.Project).SingleOrDefaultAsync(f => f.Id == folderId, cancel) is not { } folder) return Refusal.NotFound("Folder");
        if (current.Access.Check(folder.IsProject ? Privilege.UpdateProjects : Privilege.UpdateFolders) is { } refusal) return refusal;

        var (oldName, oldDescription) = (folder.Name, folder.Project.Description);
        folder.Name = name?.Trim() ?? folder.Name;
        folder.UpdatedAt = time.GetUtcNow();
        if (folder.IsProject)
        {
            folder.Project.Name = folder.Name;
            folder.Project.Description = description is null ? folder.Project.Description : description.Trim();
        }

        var changes = new AuditChanges().With("name", oldName, folder.Name).With("description", oldDescription, folder.Project.Description);
        return await SaveAsync(folder, folder.IsProject ? AuditEvents.ProjectUpdated : AuditEvents.FolderUpdated, changes, cancel) is { } taken ? taken : folder;
    }

    /// <summary>Removes an empty folder.</summary>
    public async Task<Result<bool>> DeleteFolderAsync(int id, CancellationToken cancel)
    {
        if (await db.FoldersIn(current.Access.Projects).SingleOrDefaultAsync(f => f.Id == id, cancel) is not { } folder) return Refusal.NotFound("Folder");
        if (current.Access.Check(Privilege.DeleteFolders) is { } refusal) return refusal;
        if (folder.IsProject) return new Refusal(RefusalKind.Forbidden, $"Cannot destroy folder: '{folder.Name}' is a project; delete the project instead.");
        db.Remove(folder);
        trail.Add(AuditEvents.FolderDeleted, new(AuditedTypes.Folder, folder.Id, folder.Name, folder.ProjectId), new AuditChanges().With("name", folder.Name, null));
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException e) when (db.IsForeignKeyViolation(e))
        {
            db.ChangeTracker.Clear();
            return new Refusal(RefusalKind.Forbidden, $"Cannot destroy folder: '{folder.Name}' is not empty. Move or delete what is in it first.");
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
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

    private async Task<Refusal?> SaveAsync(Folder folder, string @event, AuditChanges changes, CancellationToken cancel)
    {
        try
        {
            // The entry names the row, which has its id only when it is written.
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await db.SaveChangesAsync(cancel);
            if (changes.Count > 0) trail.Add(@event, folder.IsProject ? new(AuditedTypes.Project, folder.ProjectId, folder.Name, folder.ProjectId) : new(AuditedTypes.Folder, folder.Id, folder.Name, folder.ProjectId), changes);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
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
