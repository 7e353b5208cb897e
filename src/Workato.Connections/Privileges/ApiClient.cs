using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Workato.Connections.Privileges;

/// <summary>A program that may call the API with a bearer token.</summary>
public sealed class ApiClient
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 100;

    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Unique, so that a token can be told by the name of its client.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the token; the token itself is kept nowhere.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>The token's last four characters, to recognise it by.</summary>
    public required string TokenEnding { get; set; }

    /// <summary>When the token was made.</summary>
    public required DateTimeOffset TokenMadeAt { get; set; }

    /// <summary>The role.</summary>
    public int RoleId { get; set; }

    /// <summary>The role.</summary>
    public Role Role { get; set; } = null!;

    /// <summary>Whether it counts in all projects, also those that are made later.</summary>
    public bool AllProjects { get; set; } = true;

    /// <summary>Otherwise in which.</summary>
    public List<int> ProjectIds { get; set; } = [];

    /// <summary>The networks it may be used from, in CIDR notation; empty: from everywhere.</summary>
    public List<string> AllowedNetworks { get; set; } = [];

    /// <summary>From when on its token does not work any more; null: it does not end.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>What it may do.</summary>
    public Access Access => Role.In(AllProjects, ProjectIds);
}

internal sealed class ApiClientConfiguration : IEntityTypeConfiguration<ApiClient>
{
    public void Configure(EntityTypeBuilder<ApiClient> builder)
    {
        builder.ToTable("api_clients");
        builder.Property(c => c.Name).HasMaxLength(ApiClient.MaxNameLength);
        builder.Property(c => c.TokenEnding).HasMaxLength(4);
        builder.HasOne(c => c.Role).WithMany().HasForeignKey(c => c.RoleId).OnDelete(DeleteBehavior.Restrict);
        builder.Ignore(c => c.Access);
        builder.HasIndex(c => c.Name).IsUnique();
        builder.HasIndex(c => c.TokenHash).IsUnique();
    }
}
