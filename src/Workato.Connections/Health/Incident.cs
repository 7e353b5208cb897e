using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Workato.Connections.Data;
using Workato.Connections.Diagnosing;

namespace Workato.Connections.Health;

/// <summary>
/// Something that is wrong, from its beginning to its end: told once, however often it is met. What is wrong with an app
/// or the way to it is one incident for all connections it concerns; everything else is one of a single connection.
/// </summary>
public sealed class Incident
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>The app.</summary>
    public required string Provider { get; init; }

    /// <summary>The host that does not answer as it should; null for what concerns one connection.</summary>
    public string? Host { get; init; }

    /// <summary>The connection it is about; null where it concerns all of this host. The connection may be gone.</summary>
    public int? ConnectionId { get; init; }

    /// <summary>Its name at that time.</summary>
    public string? ConnectionName { get; init; }

    /// <summary>One of <see cref="Causes"/>; of a connection the last one seen.</summary>
    public required string Cause { get; set; }

    /// <summary>Whether nothing is broken yet.</summary>
    public bool IsWarning { get; init; }

    /// <summary>What is wrong and what to do, for a person.</summary>
    public required string Words { get; set; }

    /// <summary>What the app answered, without secrets.</summary>
    public string? Evidence { get; set; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it was told; null: not yet, because it may pass by itself.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    /// <summary>Since when it looks over: the app answers again, or nothing is concerned any more. Null: it goes on.</summary>
    public DateTimeOffset? CalmSince { get; set; }

    /// <summary>When it was over; null: it is not.</summary>
    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>Of how many connections at the most.</summary>
    public int Affected { get; set; }

    /// <summary>Whether it is one of an app and host, or of this server, and not of a single connection.</summary>
    public bool IsShared => ConnectionId is null;

    /// <summary>Whether what is wrong is here, and no app's or connection's.</summary>
    public bool IsOfServer => Host == IncidentScope.Anything;
}

internal sealed class IncidentConfiguration : IEntityTypeConfiguration<Incident>
{
    public void Configure(EntityTypeBuilder<Incident> builder)
    {
        builder.ToTable("incidents");
        builder.Property(i => i.Provider).HasMaxLength(64);
        builder.Property(i => i.Host).HasMaxLength(255);
        builder.Property(i => i.ConnectionName).HasMaxLength(Connection.MaxNameLength);
        builder.Property(i => i.Cause).HasMaxLength(32);
        builder.Property(i => i.Evidence).HasMaxLength(Diagnosis.MaxEvidence);
        // Of two nodes that meet the same trouble at once, one opens the incident.
        builder.HasIndex(i => new { i.Provider, i.Host }).IsUnique().HasFilter("resolved_at IS NULL AND connection_id IS NULL").HasDatabaseName("ix_incidents_open_host");
        builder.HasIndex(i => new { i.ConnectionId, i.IsWarning, i.Cause }).IsUnique().HasFilter("resolved_at IS NULL AND connection_id IS NOT NULL").HasDatabaseName("ix_incidents_open_connection");
        builder.HasIndex(i => i.ConnectionId);
        builder.HasIndex(i => i.ResolvedAt);
    }
}

/// <summary>Incidents, where the context is at hand.</summary>
public static class IncidentSets
{
    extension(ConnectionsDbContext db)
    {
        /// <summary>All incidents.</summary>
        public DbSet<Incident> Incidents => db.Set<Incident>();

        /// <summary>How it stood, by hour.</summary>
        public DbSet<HealthSample> HealthSamples => db.Set<HealthSample>();
    }
}
