using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Workato.Connections.Privileges;

/// <summary>A set of privileges with a name, given to people and API clients.</summary>
public sealed class Role
{
    /// <summary>The table whose changes make remembered access old.</summary>
    public const string Table = "roles";

    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescriptionLength = 500;

    /// <summary>The id in the API.</summary>
    public int Id { get; init; }

    /// <summary>Unique.</summary>
    public required string Name { get; set; }

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>Whether it is the product's own (<see cref="SystemRoles"/>), which nobody changes.</summary>
    public bool IsSystem { get; init; }

    /// <summary>What it allows.</summary>
    public required List<Privilege> Privileges { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>What whoever has it may do in these projects.</summary>
    public Access In(bool allProjects, IEnumerable<int> projectIds) =>
        new(Name, Privileges.ToFrozenSet(), allProjects ? ProjectScope.All : ProjectScope.Of(projectIds));
}

internal sealed class RoleConfiguration : IEntityTypeConfiguration<Role>
{
    public void Configure(EntityTypeBuilder<Role> builder)
    {
        builder.ToTable(Role.Table);
        builder.Property(r => r.Name).HasMaxLength(Role.MaxNameLength);
        builder.PrimitiveCollection(r => r.Privileges).ElementType(e => e.HasConversion<EnumToStringConverter<Privilege>>());
        builder.HasIndex(r => r.Name).IsUnique();
    }
}
