using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Workato.Connections.Data.Work;

/// <summary>
/// Something to be done, once, by whichever node comes first. It is written in the transaction of whatever causes it, and
/// goes away in the transaction of what it brings about.
/// </summary>
public sealed class WorkItem
{
    /// <summary>Its number.</summary>
    public long Id { get; init; }

    /// <summary>Which <see cref="IWorker"/> does it.</summary>
    public required string Kind { get; init; }

    /// <summary>The id of what it is about.</summary>
    public required long Subject { get; init; }

    /// <summary>When it is to be done. While a node has it: until when that node has it, so that it is due again when the node is gone.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Who has it; null: nobody. Whoever writes as its holder writes nothing where somebody else has it by then.</summary>
    public string? Holder { get; set; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; set; }

    /// <summary>Gives it back, for whoever comes first when it is due.</summary>
    public void PutOff(DateTimeOffset until) => (DueAt, Holder) = (until, null);
}

internal sealed class WorkItemConfiguration : IEntityTypeConfiguration<WorkItem>
{
    public void Configure(EntityTypeBuilder<WorkItem> builder)
    {
        builder.ToTable("work_items");
        builder.Property(w => w.Kind).HasMaxLength(32);
        builder.Property(w => w.Holder).HasMaxLength(64).IsConcurrencyToken();
        builder.HasIndex(w => new { w.Kind, w.DueAt });
        builder.HasIndex(w => new { w.Kind, w.Subject });
    }
}
