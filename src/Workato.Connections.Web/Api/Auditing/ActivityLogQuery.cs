using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Auditing;
using Workato.Connections.Privileges;

namespace Workato.Connections.Web.Api.Auditing;

/// <summary>What the audit log may be narrowed to: Workato's filters, and behind them ours.</summary>
internal sealed record ActivityLogQuery
{
    public const int MaxSize = 100;

    [FromQuery(Name = "page[after]"), Description("Entries behind the one with this id.")]
    public long? After { get; init; }

    [FromQuery(Name = "page[size]"), Description("How many on a page, up to 100.")]
    public int? Size { get; init; }

    [FromQuery(Name = "from"), Description("Not before this time, for example 2026-01-31T08:00:00Z.")]
    public DateTimeOffset? From { get; init; }

    [FromQuery(Name = "to"), Description("Before this time.")]
    public DateTimeOffset? To { get; init; }

    [FromQuery(Name = "users_ids[]"), Description("By these members.")]
    public int[]? Users { get; init; }

    [FromQuery(Name = "include_resource_types[]"), Description("About things of these kinds, for example SharedAccount, which is a connection.")]
    public string[]? Types { get; init; }

    [FromQuery(Name = "exclude_resource_types[]"), Description("Not about things of these kinds.")]
    public string[]? NotTypes { get; init; }

    [FromQuery(Name = "include_event_types[]"), Description("Of these kinds, for example connection_updated.")]
    public string[]? Events { get; init; }

    [FromQuery(Name = "exclude_event_types[]"), Description("Not of these kinds, for example connection_called.")]
    public string[]? NotEvents { get; init; }

    [FromQuery(Name = "api_client_ids[]"), Description("By these API clients.")]
    public int[]? Clients { get; init; }

    [FromQuery(Name = "resource_id"), Description("About the thing with this id; with one of include_resource_types[].")]
    public int? ResourceId { get; init; }

    [FromQuery(Name = "project_id"), Description("In this project.")]
    public int? ProjectId { get; init; }

    [FromQuery(Name = "format"), Description("json, or jsonl for everything that matches as JSON lines.")]
    public string? Format { get; init; }

    public bool IsExport => Format == "jsonl";

    /// <summary>What is wrong with it, or null.</summary>
    public Refusal? Problem()
    {
        if (Size is < 1 or > MaxSize) return Refusal.Invalid("page[size]", $"must be a whole number from 1 to {MaxSize}");
        if (Format is not (null or "json" or "jsonl")) return Refusal.Invalid("format", "is not included in the list; allowed: json, jsonl");
        if (Users is { Length: > 0 } && Clients is { Length: > 0 }) return Refusal.Invalid("api_client_ids[]", "must be left out where users_ids[] is given: an entry is by one of them");
        if (ResourceId is not null && Types is not { Length: 1 }) return Refusal.Invalid("include_resource_types[]", "must name the one kind of thing that resource_id is of");
        return Unknown("include_resource_types[]", Types, AuditedTypes.All) ?? Unknown("exclude_resource_types[]", NotTypes, AuditedTypes.All)
            ?? Unknown("include_event_types[]", Events, AuditEvents.All) ?? Unknown("exclude_event_types[]", NotEvents, AuditEvents.All);
    }

    public AuditFilter Filter(ProjectScope scope) => new()
    {
        Within = scope.Ids,
        ProjectId = ProjectId,
        From = From?.ToUniversalTime(),
        To = To?.ToUniversalTime(),
        ActorKind = Users is { Length: > 0 } ? ActorKind.Member : Clients is { Length: > 0 } ? ActorKind.ApiClient : null,
        ActorIds = Users is { Length: > 0 } ? Users : Given(Clients),
        Types = Given(Types),
        NotTypes = Given(NotTypes),
        ResourceId = ResourceId,
        Events = Given(Events),
        NotEvents = Given(NotEvents),
    };

    private static T[]? Given<T>(T[]? values) => values is { Length: > 0 } ? values : null;

    private static Refusal? Unknown(string parameter, string[]? given, IReadOnlyList<string> allowed) =>
        given?.Except(allowed).FirstOrDefault() is { } unknown ? Refusal.Invalid(parameter, $"has '{unknown}', which is not included in the list; allowed: {string.Join(", ", allowed)}") : null;
}
