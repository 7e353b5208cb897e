using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Workato.Connections.Web.Api.Connections;

/// <summary>What the list may be narrowed to: Workato's filters, and behind them ours.</summary>
internal sealed record ConnectionListQuery
{
    /// <summary>What the link to the next page repeats: our own parameters and not whatever else stood in the address.</summary>
    public static readonly string[] Kept =
        ["folder_id", "project_id", "parent_id", "provider", "external_id", "include_runtime_connections", "includes[]", "updated_after", "state", "text", "per_page"];

    [FromQuery(Name = "folder_id"), Description("In this folder.")]
    public int? FolderId { get; init; }

    [FromQuery(Name = "project_id"), Description("In this project.")]
    public int? ProjectId { get; init; }

    [FromQuery(Name = "parent_id"), Description("Runtime user connections of this one.")]
    public int? ParentId { get; init; }

    [FromQuery(Name = "provider"), Description("To this app.")]
    public string? Provider { get; init; }

    [FromQuery(Name = "external_id"), Description("Of this end user.")]
    public string? ExternalId { get; init; }

    [FromQuery(Name = "include_runtime_connections"), Description("With runtime user connections.")]
    public bool? IncludeRuntimeConnections { get; init; }

    [FromQuery(Name = "includes[]"), Description("Workato's 'tags'; accepted, there are no tags yet.")]
    public string[]? Includes { get; init; }

    [FromQuery(Name = "updated_after"), Description("Changed after this time, for example 2026-01-31T08:00:00Z.")]
    public DateTimeOffset? UpdatedAfter { get; init; }

    [FromQuery(Name = "state"), Description("connected, broken or disconnected.")]
    public string? State { get; init; }

    [FromQuery(Name = "text"), Description("With this text in the name.")]
    public string? Text { get; init; }

    [FromQuery(Name = "before"), Description("Ids below this one: the cursor, also in the answer's Link header. Quicker than 'page' in long lists.")]
    public int? Before { get; init; }

    [FromQuery(Name = "page"), Description("The page, from 1.")]
    public int? Page { get; init; }

    [FromQuery(Name = "per_page"), Description("How many on a page, up to 100. Without paging the whole list is sent.")]
    public int? PerPage { get; init; }

    public Paging Paging => new(Page, PerPage);

    /// <summary>What is wrong with it, or null.</summary>
    public Refusal? Problem()
    {
        if (Paging.Problem() is { } problem) return problem;
        if (State is not null && ParsedState is null) return Refusal.Invalid("state", "is not of the right form: connected, broken or disconnected is expected");
        // PostgreSQL takes no U+0000, so no text has one.
        (string Name, string? Text)[] texts = [("text", Text), ("provider", Provider), ("external_id", ExternalId)];
        return texts.FirstOrDefault(t => t.Text?.Contains('\0', StringComparison.Ordinal) == true) is { Name: { } name }
            ? Refusal.Invalid(name, "must not contain the character U+0000")
            : null;
    }

    public ConnectionFilter Filter => new()
    {
        FolderId = FolderId,
        ProjectId = ProjectId,
        ParentId = ParentId,
        Provider = Provider,
        ExternalId = ExternalId,
        // Who asks for children by parent or by user means to see them.
        IncludeRuntime = IncludeRuntimeConnections ?? (ParentId is not null || ExternalId is not null),
        UpdatedAfter = UpdatedAfter?.ToUniversalTime(),
        State = ParsedState,
        Text = Text,
        Before = Before,
    };

    // By name only: Enum.TryParse would take numbers too.
    private ConnectionState? ParsedState =>
        Enum.GetNames<ConnectionState>().FirstOrDefault(n => n.Equals(State, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse<ConnectionState>(name) : null;
}
