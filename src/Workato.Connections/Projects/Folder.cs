using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Workato.Connections.Data;
using Workato.Connections.Privileges;

namespace Workato.Connections.Projects;

/// <summary>
/// A place for connections and recipes. A folder directly under Home is the root of a project of its own, as in
/// Workato; the Home folder is the root of the Home project and of everything.
/// </summary>
public sealed class Folder
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 255;

    /// <summary>How deep folders may lie below a project's root.</summary>
    public const int MaxDepth = 20;

    /// <summary>The id in the API.</summary>
    public int Id { get; init; }

    /// <summary>Unique among its siblings.</summary>
    public required string Name { get; set; }

    /// <summary>The folder it lies in; null for Home alone.</summary>
    public int? ParentId { get; set; }

    /// <summary>The project it belongs to.</summary>
    public int ProjectId { get; init; }

    /// <summary>The project it belongs to.</summary>
    public required Project Project { get; init; }

    /// <summary>Whether it is its project's root.</summary>
    public bool IsProject { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last renamed or moved.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A project: the root of folders, and what privileges are given for.</summary>
public sealed class Project
{
    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescriptionLength = 2000;

    /// <summary>The id in the API.</summary>
    public int Id { get; init; }

    /// <summary>The same as its root folder's.</summary>
    public required string Name { get; set; }

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>Whether it is the one that is there from the first start and cannot be deleted.</summary>
    public bool IsHome { get; init; }
}

internal sealed class FolderConfiguration : IEntityTypeConfiguration<Folder>, IEntityTypeConfiguration<Project>
{
    public void Configure(EntityTypeBuilder<Folder> builder)
    {
        builder.ToTable("folders");
        builder.Property(f => f.Name).HasMaxLength(Folder.MaxNameLength);
        builder.HasOne(f => f.Project).WithMany().HasForeignKey(f => f.ProjectId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Folder>().WithMany().HasForeignKey(f => f.ParentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(f => new { f.ParentId, f.Name }).IsUnique();
        builder.HasIndex(f => f.ProjectId);
    }

    public void Configure(EntityTypeBuilder<Project> builder)
    {
        builder.ToTable("projects");
        builder.Property(p => p.Name).HasMaxLength(Folder.MaxNameLength);
        builder.Property(p => p.Description).HasMaxLength(Project.MaxDescriptionLength);
    }
}

/// <summary>Folders and projects, where the context is at hand.</summary>
public static class FolderSets
{
    extension(ConnectionsDbContext db)
    {
        /// <summary>All folders.</summary>
        public DbSet<Folder> Folders => db.Set<Folder>();

        /// <summary>All projects.</summary>
        public DbSet<Project> Projects => db.Set<Project>();

        /// <summary>The folders somebody may reach.</summary>
        public IQueryable<Folder> FoldersIn(ProjectScope scope) => scope.Ids is { } ids ? db.Folders.Where(f => ids.Contains(f.ProjectId)) : db.Folders;

        /// <summary>The projects somebody may reach.</summary>
        public IQueryable<Project> ProjectsIn(ProjectScope scope) => scope.Ids is { } ids ? db.Projects.Where(p => ids.Contains(p.Id)) : db.Projects;
    }
}
