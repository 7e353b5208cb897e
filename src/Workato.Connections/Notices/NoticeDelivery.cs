using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Workato.Connections.Health;

namespace Workato.Connections.Notices;

/// <summary>A notice on its way to one channel. Kept until it arrived or was given up, and for a while after.</summary>
public sealed class NoticeDelivery
{
    /// <summary>Its number: of one connection and channel they arrive in this order.</summary>
    public long Id { get; init; }

    /// <summary>To which channel.</summary>
    public required int ChannelId { get; init; }

    /// <summary>About which incident; null: a trial message.</summary>
    public int? IncidentId { get; init; }

    /// <summary>The connection whose messages keep their order; null where it concerns several.</summary>
    public int? ConnectionId { get; init; }

    /// <summary>What it says, as the webhook's <c>type</c>: <c>incident.opened</c>, <c>incident.resolved</c> or <c>test</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The message's id (<c>webhook-id</c>): the same at every attempt and replay, by which a receiver knows it again.</summary>
    public required string MessageId { get; init; }

    /// <summary>What is sent: a webhook's JSON body, made when it happened.</summary>
    public required string Payload { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next; null: not any more.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When it arrived.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>When it was given up.</summary>
    public DateTimeOffset? GivenUpAt { get; set; }

    /// <summary>Why the last attempt failed, for a person.</summary>
    public string? Problem { get; set; }
}

internal sealed class NoticeDeliveryConfiguration : IEntityTypeConfiguration<NoticeDelivery>
{
    public void Configure(EntityTypeBuilder<NoticeDelivery> builder)
    {
        builder.ToTable("notice_deliveries");
        builder.Property(d => d.Event).HasMaxLength(32);
        builder.Property(d => d.MessageId).HasMaxLength(64);
        builder.HasOne<NoticeChannel>().WithMany().HasForeignKey(d => d.ChannelId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Incident>().WithMany().HasForeignKey(d => d.IncidentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(d => new { d.ChannelId, d.Id });
        builder.HasIndex(d => new { d.ChannelId, d.DueAt }).HasFilter("due_at IS NOT NULL").HasDatabaseName("ix_notice_deliveries_pending");
        builder.HasIndex(d => d.IncidentId);
    }
}
