using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Diagnosing;

namespace Workato.Connections.Timelines;

/// <summary>Something that happened to a connection. Written in the transaction of what happened; only its incident comes later.</summary>
public sealed class ConnectionEvent
{
    /// <summary>The longest kind or cause, in characters.</summary>
    public const int MaxNameLength = 32;

    /// <summary>Its number: later ones are higher.</summary>
    public long Id { get; init; }

    /// <summary>The connection.</summary>
    public required int ConnectionId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One of <see cref="EventKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>One of <see cref="Causes"/>, where something went wrong.</summary>
    public string? Cause { get; init; }

    /// <summary>What happened, for a person.</summary>
    public string? Words { get; init; }

    /// <summary>What the app answered, without secrets.</summary>
    public string? Evidence { get; init; }

    /// <summary>Who did it, by name; null: the product by itself.</summary>
    public string? By { get; init; }

    /// <summary>The member who did it, where it was one.</summary>
    public int? MemberId { get; init; }

    /// <summary>The incident it belongs to.</summary>
    public int? IncidentId { get; init; }
}

/// <summary>The kinds of <see cref="ConnectionEvent"/>.</summary>
public static class EventKinds
{
    /// <summary>It was given credentials, where there were none.</summary>
    public const string Connected = "connected";

    /// <summary>It was given other credentials in place of those it had.</summary>
    public const string Reconnected = "reconnected";

    /// <summary>Its credentials were taken away.</summary>
    public const string Disconnected = "disconnected";

    /// <summary>The app rejected what was put on a request, and new tokens were got.</summary>
    public const string Rejected = "rejected";

    /// <summary>It stopped working.</summary>
    public const string Lost = "lost";

    /// <summary>The app could not be asked, or new tokens could not be got yet: nothing is known to be lost.</summary>
    public const string Trouble = "trouble";

    /// <summary>It works again.</summary>
    public const string Recovered = "recovered";

    /// <summary>Something about it is to be seen to before it stops working.</summary>
    public const string Warned = "warned";

    /// <summary>Its account at the app is another than before.</summary>
    public const string OtherAccount = "other_account";
}

internal sealed class ConnectionEventConfiguration : IEntityTypeConfiguration<ConnectionEvent>
{
    public void Configure(EntityTypeBuilder<ConnectionEvent> builder)
    {
        builder.ToTable("connection_events");
        builder.Property(e => e.Kind).HasMaxLength(ConnectionEvent.MaxNameLength);
        builder.Property(e => e.Cause).HasMaxLength(ConnectionEvent.MaxNameLength);
        builder.Property(e => e.Evidence).HasMaxLength(Diagnosis.MaxEvidence);
        builder.Property(e => e.By).HasMaxLength(AuditEntry.MaxTextLength);
        builder.HasOne<Connection>().WithMany().HasForeignKey(e => e.ConnectionId).OnDelete(DeleteBehavior.Cascade);
        // A time line is read newest first; an incident's connections by the events that belong to it; the old go by time.
        builder.HasIndex(e => new { e.ConnectionId, e.Id });
        builder.HasIndex(e => e.IncidentId).HasFilter("incident_id IS NOT NULL");
        builder.HasIndex(e => e.At);
    }
}

/// <summary>Time lines, where the context is at hand.</summary>
public static class TimelineSets
{
    /// <summary>Something happened to a connection, which is as it is after that; to be added to what is saved.</summary>
    public static ConnectionEvent Happened(this Connection connection, string kind, DateTimeOffset at, Actor? by = null, string? words = null) => new()
    {
        ConnectionId = connection.Id,
        At = at,
        Kind = kind,
        Cause = connection.Cause,
        Words = words ?? connection.Error ?? connection.RefreshProblem,
        Evidence = connection.Evidence,
        By = by?.Name,
        MemberId = by is { Kind: ActorKind.Member } ? by.Id : null,
    };

    extension(ConnectionsDbContext db)
    {
        /// <summary>What happened to connections.</summary>
        public DbSet<ConnectionEvent> ConnectionEvents => db.Set<ConnectionEvent>();

        /// <summary>What connections did, by day.</summary>
        public DbSet<ConnectionDay> ConnectionDays => db.Set<ConnectionDay>();

        /// <summary>
        /// A change of a connection and its line in the time line, both or neither. False where there was nothing to change;
        /// without a <paramref name="kind"/> it is no news, and has no line.
        /// </summary>
        internal async Task<bool> ChangeAsync(int connectionId, string? kind, Diagnosis? why, DateTimeOffset at, Func<Task<int>> change)
        {
            await using var together = kind is null ? null : await db.Database.BeginTransactionAsync();
            if (await change() == 0) return false;
            if (together is null) return true;
            db.Add(new ConnectionEvent { ConnectionId = connectionId, At = at, Kind = kind!, Cause = why?.Cause, Words = why?.Words, Evidence = why?.Evidence });
            await db.SaveChangesAsync();
            await together.CommitAsync();
            return true;
        }
    }
}
