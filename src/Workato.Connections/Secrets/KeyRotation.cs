using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Workato.Connections.Secrets;

/// <summary>Everything sealed being sealed anew, on line: how far it is, so that whoever comes after a crash goes on from there.</summary>
public sealed class KeyRotation
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary><c>data_keys</c> or <c>certificate</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What is new: the id of the data key, or the thumbprint of the certificate.</summary>
    public required string Target { get; init; }

    /// <summary>Who asked for it, by name.</summary>
    public string? By { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When nothing was left under what was before; null: it goes on.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Which kind of rows it is at.</summary>
    public string? Part { get; set; }

    /// <summary>The last of them that is done.</summary>
    public long Cursor { get; set; }

    /// <summary>How many secrets are done.</summary>
    public long Done { get; set; }

    /// <summary>How many there were when it began.</summary>
    public long Total { get; set; }

    /// <summary>How many could not be opened and stay as they are.</summary>
    public long Unreadable { get; set; }
}

internal sealed class KeyRotationConfiguration : IEntityTypeConfiguration<KeyRotation>
{
    public void Configure(EntityTypeBuilder<KeyRotation> builder)
    {
        builder.ToTable("key_rotations");
        builder.Property(r => r.Kind).HasMaxLength(16);
        builder.Property(r => r.Target).HasMaxLength(64);
        builder.Property(r => r.By).HasMaxLength(255);
        builder.Property(r => r.Part).HasMaxLength(32);
        // One at a time.
        builder.HasIndex(r => r.Kind).IsUnique().HasFilter("finished_at IS NULL").HasDatabaseName("ix_key_rotations_open");
    }
}
