using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;

namespace Workato.Connections.Auditing;

/// <summary>Reads the audit log, newest first.</summary>
public sealed class AuditQueries(ConnectionsDbContext db)
{
    private const int ExportSize = 1000;

    /// <summary>A page of entries behind the one with the id <paramref name="after"/>; null: the first.</summary>
    public async Task<Page<AuditEntry>> PageAsync(AuditFilter filter, int size, long? after, CancellationToken cancel)
    {
        var last = after is { } id ? await db.Set<AuditEntry>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, cancel) : null;
        return after is not null && last is null ? new([], false) : await PageAsync(filter, size, last, cancel);
    }

    /// <summary>All entries, read a thousand at a time: whoever reads slowly holds nothing.</summary>
    public async IAsyncEnumerable<AuditEntry> AllAsync(AuditFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        for (AuditEntry? last = null; ;)
        {
            var page = await PageAsync(filter, ExportSize, last, cancel);
            foreach (var entry in page.Items) yield return entry;
            if (!page.HasMore) yield break;
            last = page.Items[^1];
        }
    }

    private async Task<Page<AuditEntry>> PageAsync(AuditFilter filter, int size, AuditEntry? last, CancellationToken cancel)
    {
        var rows = Matching(filter);
        // The first comparison says the same as the rest of it, in a form that an index answers.
        if (last is { At: var at, Id: var id }) rows = rows.Where(e => e.At <= at && (e.At < at || e.Id < id));
        var found = await rows.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(size + 1).ToListAsync(cancel);
        return new([.. found.Take(size)], found.Count > size);
    }

    private IQueryable<AuditEntry> Matching(AuditFilter filter)
    {
        var rows = db.Set<AuditEntry>().AsNoTracking();
        if (filter.Within is { } within) rows = rows.Where(e => e.ProjectId != null && within.Contains(e.ProjectId.Value));
        if (filter.ProjectId is { } project) rows = rows.Where(e => e.ProjectId == project);
        if (filter.From is { } from) rows = rows.Where(e => e.At >= from);
        if (filter.To is { } to) rows = rows.Where(e => e.At < to);
        if (filter.ActorKind is { } kind) rows = rows.Where(e => e.ActorKind == kind);
        if (filter.ActorIds is { } actors) rows = rows.Where(e => e.ActorId != null && actors.Contains(e.ActorId.Value));
        if (filter.Types is { } types) rows = rows.Where(e => types.Contains(e.ResourceType));
        if (filter.NotTypes is { } notTypes) rows = rows.Where(e => !notTypes.Contains(e.ResourceType));
        if (filter.ResourceId is { } resource) rows = rows.Where(e => e.ResourceId == resource);
        if (filter.Events is { } events) rows = rows.Where(e => events.Contains(e.Event));
        if (filter.NotEvents is { } notEvents) rows = rows.Where(e => !notEvents.Contains(e.Event));
        return rows;
    }
}

/// <summary>Which entries; whatever is null does not narrow it.</summary>
public sealed record AuditFilter
{
    /// <summary>The projects whoever asks may reach; null: all, and what is in none.</summary>
    public IReadOnlyCollection<int>? Within { get; init; }

    /// <summary>In this project.</summary>
    public int? ProjectId { get; init; }

    /// <summary>Not before this.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>By this kind of somebody.</summary>
    public ActorKind? ActorKind { get; init; }

    /// <summary>By one of these among the kind.</summary>
    public IReadOnlyCollection<int>? ActorIds { get; init; }

    /// <summary>About one of these <see cref="AuditedTypes"/>.</summary>
    public IReadOnlyCollection<string>? Types { get; init; }

    /// <summary>About none of these.</summary>
    public IReadOnlyCollection<string>? NotTypes { get; init; }

    /// <summary>About this one among its kind.</summary>
    public int? ResourceId { get; init; }

    /// <summary>One of these <see cref="AuditEvents"/>.</summary>
    public IReadOnlyCollection<string>? Events { get; init; }

    /// <summary>None of these.</summary>
    public IReadOnlyCollection<string>? NotEvents { get; init; }
}
