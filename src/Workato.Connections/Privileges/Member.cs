using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Workato.Connections.Data;

namespace Workato.Connections.Privileges;

/// <summary>
/// A person of the workspace: invited by e-mail address, bound to who signs in with it first, removed one day. Removed
/// members stay as a row, so that what they did keeps its name and they do not come back by signing in again.
/// </summary>
public sealed class Member
{
    /// <summary>The table whose changes make remembered access old.</summary>
    public const string Table = "members";

    /// <summary>The longest name or address, in characters.</summary>
    public const int MaxNameLength = 255;

    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>As people say it.</summary>
    public required string Name { get; set; }

    /// <summary>The e-mail address, in small letters; unique among those who were not removed.</summary>
    public required string Email { get; set; }

    /// <summary>Who vouches for them: the issuer (<c>iss</c>) of their ID tokens; null until they signed in, and for the local owner.</summary>
    public string? Issuer { get; set; }

    /// <summary>Who they are there: the subject (<c>sub</c>), which never changes (OpenID Connect Core section 5.7).</summary>
    public string? Subject { get; set; }

    /// <summary>Whether it is the owner of the embedded default, who signs in by a link printed at start.</summary>
    public bool IsLocal { get; init; }

    /// <summary>The role.</summary>
    public int RoleId { get; set; }

    /// <summary>The role.</summary>
    public Role Role { get; set; } = null!;

    /// <summary>Whether the role follows from the groups at sign-in, where they say one.</summary>
    public bool HasRoleOfGroups { get; set; }

    /// <summary>Whether it counts in all projects, also those that are made later.</summary>
    public bool AllProjects { get; set; } = true;

    /// <summary>Otherwise in which.</summary>
    public List<int> ProjectIds { get; set; } = [];

    /// <summary>When the person was invited or came.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the person last signed in; null: invited, and not come yet.</summary>
    public DateTimeOffset? SignedInAt { get; set; }

    /// <summary>When the person was removed; null: has not been.</summary>
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>What they may do.</summary>
    public Access Access => RemovedAt is null ? Role.In(AllProjects, ProjectIds) : Access.None;
}

/// <summary>Members, where the context is at hand.</summary>
public static class MemberSets
{
    extension(ConnectionsDbContext db)
    {
        /// <summary>The owners who were not removed; who was only invited is one, too.</summary>
        public IQueryable<Member> Owners => db.Set<Member>().Where(m => m.RemovedAt == null && m.Role.IsSystem && m.Role.Name == SystemRoles.Owner.Name);

        /// <summary>The one whom Workato's clients take for the workspace: of the owners the oldest, who has signed in if anybody has.</summary>
        public IQueryable<Member> WorkspaceOwner => db.Owners.OrderByDescending(m => m.SignedInAt != null).ThenBy(m => m.Id).Take(1);
    }
}

internal sealed class MemberConfiguration : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> builder)
    {
        builder.ToTable(Member.Table);
        builder.Property(m => m.Name).HasMaxLength(Member.MaxNameLength);
        builder.Property(m => m.Email).HasMaxLength(Member.MaxNameLength);
        builder.HasOne(m => m.Role).WithMany().HasForeignKey(m => m.RoleId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(m => m.Email).IsUnique().HasFilter("removed_at IS NULL");
        builder.HasIndex(m => new { m.Issuer, m.Subject }).IsUnique();
        builder.Ignore(m => m.Access);
    }
}
