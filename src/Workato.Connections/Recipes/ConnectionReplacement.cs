using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Workato.Connections.Recipes;

/// <summary>Recipes were moved from one connection to another, all at once. It is kept so that it can be undone.</summary>
public sealed class ConnectionReplacement
{
    /// <summary>Its number.</summary>
    public int Id { get; init; }

    /// <summary>The connection they used.</summary>
    public required int FromId { get; init; }

    /// <summary>The connection they use since.</summary>
    public required int ToId { get; init; }

    /// <summary>Which recipes.</summary>
    public required List<int> RecipeIds { get; init; }

    /// <summary>Who did it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When it was undone.</summary>
    public DateTimeOffset? UndoneAt { get; set; }
}

internal sealed class ConnectionReplacementConfiguration : IEntityTypeConfiguration<ConnectionReplacement>
{
    public void Configure(EntityTypeBuilder<ConnectionReplacement> builder)
    {
        builder.ToTable("connection_replacements");
        builder.HasOne<Connection>().WithMany().HasForeignKey(r => r.FromId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Connection>().WithMany().HasForeignKey(r => r.ToId).OnDelete(DeleteBehavior.Cascade);
    }
}
