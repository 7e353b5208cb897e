using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Workato.Connections.Timelines;

/// <summary>What a connection did on one day (UTC), summed: what happens too often for an event each.</summary>
public sealed class ConnectionDay
{
    /// <summary>The connection.</summary>
    public required int ConnectionId { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Calls through it that the app answered with success, or at least without a word against the credentials.</summary>
    public int Calls { get; set; }

    /// <summary>Calls the app rejected.</summary>
    public int Rejections { get; set; }

    /// <summary>How often it got new tokens.</summary>
    public int Refreshes { get; set; }

    /// <summary>When something of this happened last.</summary>
    public required DateTimeOffset LastAt { get; set; }
}

internal sealed class ConnectionDayConfiguration : IEntityTypeConfiguration<ConnectionDay>
{
    public void Configure(EntityTypeBuilder<ConnectionDay> builder)
    {
        builder.ToTable("connection_days");
        builder.HasKey(d => new { d.ConnectionId, d.Day });
        builder.HasOne<Connection>().WithMany().HasForeignKey(d => d.ConnectionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(d => d.Day);
    }
}
