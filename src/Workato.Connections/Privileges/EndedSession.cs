using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Auditing;
using Workato.Connections.Data;

namespace Workato.Connections.Privileges;

/// <summary>A session that its person signed out of. Whoever still has a copy of its cookie comes nowhere with it.</summary>
public sealed class EndedSession
{
    /// <summary>The table whose new rows make remembered sessions old.</summary>
    public const string Table = "ended_sessions";

    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>The session's id, which its cookie names. It opens nothing by itself: the cookie is sealed.</summary>
    public required Guid Session { get; init; }

    /// <summary>When the person signed out.</summary>
    public required DateTimeOffset EndedAt { get; init; }
}

internal sealed class EndedSessionConfiguration : IEntityTypeConfiguration<EndedSession>
{
    public void Configure(EntityTypeBuilder<EndedSession> builder)
    {
        builder.ToTable(EndedSession.Table);
        // Not unique: who signs out twice at once is signed out, and not told of an error.
        builder.HasIndex(s => s.Session);
    }
}

/// <summary>Ends sessions: one browser's, and not the others of the same member.</summary>
public sealed class EndedSessions(ConnectionsDbContext db, AuditTrail trail, ChangeFeed feed, TimeProvider time)
{
    /// <summary>How long a session's cookie works at the most, unless it is made longer by being used.</summary>
    public static readonly TimeSpan CookieLifetime = TimeSpan.FromDays(14);

    /// <summary>A member signs out. Known to this node when it returns, and to others with the commit; null: a session without an id, which ends with its cookie.</summary>
    public async Task EndAsync(Actor member, Guid? session, CancellationToken cancel)
    {
        var ended = session is { } id ? new EndedSession { Session = id, EndedAt = time.GetUtcNow() } : null;
        if (ended is not null) db.Add(ended);
        trail.Add(AuditEvents.SignedOut, new(AuditedTypes.Member, member.Id, member.Name));
        await db.SaveChangesAsync(cancel);
        if (ended is not null) feed.Announce(EndedSession.Table, ended.Id);
    }
}

/// <summary>Forgets ended sessions when no cookie of theirs can still work: a day later, so that clocks may differ.</summary>
public sealed class EndedSessionRetention(IServiceScopeFactory scopes, TimeProvider time, ILogger<EndedSessionRetention> log) : Retention(scopes, time, log)
{
    /// <inheritdoc/>
    protected override TimeSpan Kept => EndedSessions.CookieLifetime + TimeSpan.FromDays(1);

    /// <inheritdoc/>
    protected override Task<int> ForgetAsync(ConnectionsDbContext db, DateTimeOffset before, int most, CancellationToken cancel) =>
        db.Set<EndedSession>().Where(s => s.EndedAt < before).OrderBy(s => s.EndedAt).Take(most).ExecuteDeleteAsync(cancel);
}
