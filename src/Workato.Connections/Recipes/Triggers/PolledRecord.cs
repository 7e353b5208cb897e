using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Workato.Connections.Recipes.Triggers;

/// <summary>A record that a polling trigger has met: it makes no second job.</summary>
public sealed class PolledRecord
{
    /// <summary>The recipe.</summary>
    public required int RecipeId { get; init; }

    /// <summary>By what the record is known: a digest of its id, or of all of it where it has none.</summary>
    public required string Key { get; init; }

    /// <summary>When it was last there. What has not been for long is forgotten.</summary>
    public required DateTimeOffset SeenAt { get; set; }
}

internal sealed class PolledRecordConfiguration : IEntityTypeConfiguration<PolledRecord>
{
    public void Configure(EntityTypeBuilder<PolledRecord> builder)
    {
        builder.ToTable("polled_records");
        builder.HasKey(r => new { r.RecipeId, r.Key });
        builder.Property(r => r.Key).HasMaxLength(64);
        builder.HasOne<Recipe>().WithMany().HasForeignKey(r => r.RecipeId).OnDelete(DeleteBehavior.Cascade);
    }
}
