using System.Globalization;
using Workato.Connections.Auditing;

namespace Workato.Connections.Web.Pages.Settings;

/// <summary>Somebody to choose from the list of those who do things: <c>member-3</c>, <c>apiclient-2</c>, <c>product</c>, <c>nobody</c>.</summary>
internal sealed record AuditActor(ActorKind Kind, int? Id, string Name)
{
    public static AuditActor Product { get; } = new(ActorKind.Product, null, "The product by itself");

    public static AuditActor Nobody { get; } = new(ActorKind.Nobody, null, "Nobody signed in");

    public string Value => Id is { } id ? string.Create(CultureInfo.InvariantCulture, $"{Word(Kind)}-{id}") : Word(Kind);

    public string Group => Kind switch
    {
        ActorKind.Member => "Members",
        ActorKind.ApiClient => "API clients",
        _ => "Others",
    };

    public static AuditActor Of(AuditEntry entry) => new(entry.ActorKind, entry.ActorId, entry.ActorName);

    public static AuditActor? Parse(string? text)
    {
        if (text?.Split('-') is not { Length: <= 2 } parts || Enum.GetValues<ActorKind>().Cast<ActorKind?>().FirstOrDefault(k => Word(k!.Value) == parts[0]) is not { } kind) return null;
        if (parts.Length == 1) return kind is ActorKind.Product or ActorKind.Nobody ? new(kind, null, text) : null;
        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new(kind, id, $"{(kind == ActorKind.Member ? "Member" : "API client")} {id}") : null;
    }

    private static string Word(ActorKind kind) => kind.ToString().ToLowerInvariant();
}
