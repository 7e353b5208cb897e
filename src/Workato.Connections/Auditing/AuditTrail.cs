using System.Text.Json;
using Workato.Connections.Data;

namespace Workato.Connections.Auditing;

/// <summary>What an entry is about.</summary>
/// <param name="Type">One of <see cref="AuditedTypes"/>.</param>
/// <param name="Id">Which one.</param>
/// <param name="Name">What it is called now.</param>
/// <param name="ProjectId">The project it is in.</param>
public sealed record Audited(string Type, int? Id, string? Name, int? ProjectId = null);

/// <summary>Writes down who did what.</summary>
public sealed class AuditTrail(ConnectionsDbContext db, WhoActs who, TimeProvider time)
{
    // Words are shown as they are written: an escaped umlaut helps nobody.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Adds an entry to what is saved next: it is written with the change it tells of, or not at all. Where the change is
    /// made by a statement of its own, both belong into one transaction.
    /// </summary>
    public void Add(string @event, Audited resource, AuditChanges? changes = null, string? reason = null) => Add(who.Actor, @event, resource, changes, reason);

    /// <summary>The same for somebody else than the one who asks, or for what happened several times.</summary>
    public void Add(Actor actor, string @event, Audited resource, AuditChanges? changes = null, string? reason = null, int count = 1) =>
        db.Add(new AuditEntry
        {
            At = ToMicroseconds(time.GetUtcNow()),
            Event = @event,
            ResourceType = resource.Type,
            ResourceId = resource.Id,
            ResourceName = Short(resource.Name),
            ProjectId = resource.ProjectId,
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            ActorName = Short(actor.Name)!,
            ActorEmail = Short(actor.Email),
            Address = Plain(actor.Address),
            UserAgent = Short(actor.UserAgent),
            Count = count,
            Reason = Short(reason),
            Changes = changes is { Count: > 0 } ? JsonSerializer.Serialize(changes, Readable) : null,
        });

    /// <summary>Writes an entry by itself, where nothing else is changed.</summary>
    public async Task WriteAsync(string @event, Audited resource, string? reason, CancellationToken cancel)
    {
        Add(@event, resource, reason: reason);
        await db.SaveChangesAsync(cancel);
    }

    // As exactly as both databases keep it: the hash is made of what is read back.
    private static DateTimeOffset ToMicroseconds(DateTimeOffset at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMicrosecond), at.Offset);

    // PostgreSQL keeps neither U+0000 nor half a character; what a stranger sends must not keep the entry from being written.
    private static string? Short(string? text)
    {
        if (text is null) return null;
        if (text.Length > AuditEntry.MaxTextLength) text = text[..AuditEntry.MaxTextLength];
        return text.Contains('\0', StringComparison.Ordinal) || text.Any(char.IsSurrogate) ? string.Concat(text.EnumerateRunes().Where(r => r.Value != 0)) : text;
    }

    // An IPv4 address that came in on an IPv6 socket.
    private static string? Plain(string? address) => address?.StartsWith("::ffff:", StringComparison.Ordinal) == true && address.Contains('.', StringComparison.Ordinal) ? address["::ffff:".Length..] : Short(address);
}
