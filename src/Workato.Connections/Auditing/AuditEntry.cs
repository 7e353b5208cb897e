using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Workato.Connections.Auditing;

/// <summary>
/// Who did what, when and from where. Written in the transaction of the change it tells of; a moment later chained to the
/// entry before it (<see cref="AuditChain"/>). Never changed after that, and never with a secret in it.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>The longest name or reason that is kept, in characters.</summary>
    public const int MaxTextLength = 500;

    /// <summary>Its id; ids have gaps, <see cref="Sequence"/> has none.</summary>
    public long Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What: one of <see cref="AuditEvents"/>.</summary>
    public required string Event { get; init; }

    /// <summary>To what kind of thing: one of <see cref="AuditedTypes"/>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>To which one.</summary>
    public int? ResourceId { get; init; }

    /// <summary>What it was called then.</summary>
    public string? ResourceName { get; init; }

    /// <summary>The project it was in.</summary>
    public int? ProjectId { get; init; }

    /// <summary>What kind of somebody did it.</summary>
    public required ActorKind ActorKind { get; init; }

    /// <summary>Which one.</summary>
    public int? ActorId { get; init; }

    /// <summary>What they were called then.</summary>
    public required string ActorName { get; init; }

    /// <summary>A person's e-mail address then.</summary>
    public string? ActorEmail { get; init; }

    /// <summary>The address the request came from.</summary>
    public string? Address { get; init; }

    /// <summary>What sent the request.</summary>
    public string? UserAgent { get; init; }

    /// <summary>How often, where entries are summed per minute.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Why, in words: of a refusal for example.</summary>
    public string? Reason { get; init; }

    /// <summary>Before and after, as a JSON object <c>{"name":["before","after"]}</c>.</summary>
    public string? Changes { get; init; }

    /// <summary>The place in the chain, from 1 without gaps; null until it is chained.</summary>
    public long? Sequence { get; set; }

    /// <summary>HMAC-SHA256 of everything above and of the hash before; null until it is chained.</summary>
    public byte[]? Hash { get; set; }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entries");
        builder.Property(e => e.Event).HasMaxLength(64);
        builder.Property(e => e.ResourceType).HasMaxLength(64);
        builder.Property(e => e.ResourceName).HasMaxLength(AuditEntry.MaxTextLength);
        builder.Property(e => e.ActorKind).HasConversion<string>().HasMaxLength(16);
        builder.Property(e => e.ActorName).HasMaxLength(AuditEntry.MaxTextLength);
        builder.Property(e => e.ActorEmail).HasMaxLength(AuditEntry.MaxTextLength);
        builder.Property(e => e.Address).HasMaxLength(64);
        builder.Property(e => e.UserAgent).HasMaxLength(AuditEntry.MaxTextLength);
        builder.Property(e => e.Reason).HasMaxLength(AuditEntry.MaxTextLength);
        builder.HasIndex(e => e.Sequence).IsUnique();
        // What waits to be chained is found without reading the rest.
        builder.HasIndex(e => e.Id).HasFilter("sequence IS NULL").HasDatabaseName("ix_audit_entries_unchained");
        builder.HasIndex(e => new { e.ResourceType, e.ResourceId, e.Id });
        builder.HasIndex(e => new { e.ActorKind, e.ActorId, e.Id });
        builder.HasIndex(e => e.At);
    }
}
