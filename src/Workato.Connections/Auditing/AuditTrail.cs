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
            Address = actor.Address,
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

    // U+0000 cannot be kept by PostgreSQL; what a stranger sends must not keep the entry from being written.
    private static string? Short(string? text) => text?.Replace("\0", "", StringComparison.Ordinal) is { Length: > AuditEntry.MaxTextLength } value ? value[..AuditEntry.MaxTextLength] : text?.Replace("\0", "", StringComparison.Ordinal);
}

/// <summary>What was before and what is now, by name; only what differs.</summary>
public sealed class AuditChanges : Dictionary<string, string?[]>
{
    /// <summary>Adds one, where it differs. Never with a secret.</summary>
    public AuditChanges With(string name, object? before, object? after)
    {
        var (old, @new) = (Text(before), Text(after));
        if (old != @new) this[name] = [old, @new];
        return this;
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        bool yes => yes ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        System.Collections.IEnumerable many => string.Join(", ", many.Cast<object>().Select(Text)),
        _ => value.ToString(),
    };
}
