using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Privileges;

namespace Workato.Connections.Web.Api.Auditing;

/// <summary>Workato's envelope of the audit log.</summary>
/// <param name="Data">A page of it.</param>
/// <param name="Total">How many entries are on this page, as in Workato.</param>
internal sealed record ActivityLogsAnswer(IReadOnlyList<ActivityLogResponse> Data, int Total);

/// <summary>An entry of the audit log: Workato's properties, and behind them ours.</summary>
/// <param name="Id">Its id: the cursor of the next page.</param>
/// <param name="Timestamp">When.</param>
/// <param name="EventType">What.</param>
/// <param name="Workspace">Where.</param>
/// <param name="User">Who.</param>
/// <param name="Details">How, in words and in particulars.</param>
/// <param name="Resource">To what.</param>
/// <param name="ProjectId">The project it was in.</param>
/// <param name="Sequence">Its place in the chain; null within a moment of being written.</param>
/// <param name="Hash">Its hash there, hexadecimal. SEQUENCE:HASH is what <c>audit-check</c> takes.</param>
internal sealed record ActivityLogResponse(
    long Id, DateTimeOffset Timestamp, string EventType, ActivityWorkspace Workspace, ActivityUser User, ActivityDetails Details, ActivityResource Resource, int? ProjectId, long? Sequence, string? Hash)
{
    public static ActivityLogResponse From(AuditEntry e, ActivityWorkspace workspace) => new(
        e.Id, e.At, e.Event, workspace,
        new(e.ActorKind == ActorKind.Member ? e.ActorId : null, e.ActorName, e.ActorEmail, e.ActorKind, e.ActorKind == ActorKind.ApiClient ? e.ActorId : null),
        new(new(e.Address, e.UserAgent), AuditWords.Activity(e), e.Count, e.Reason, Changed(e)),
        new(e.ResourceId, e.ResourceName, e.ResourceType), e.ProjectId, e.Sequence, e.Hash is null ? null : Convert.ToHexStringLower(e.Hash));

    public static Dictionary<string, string?[]>? Changed(AuditEntry entry) => entry.Changes is null ? null : JsonSerializer.Deserialize<Dictionary<string, string?[]>>(entry.Changes);
}

/// <summary>The workspace.</summary>
/// <param name="Id">The owner's id, as <c>GET /api/users/me</c> says.</param>
/// <param name="Name">Its name.</param>
/// <param name="Email">The owner's e-mail address.</param>
internal sealed record ActivityWorkspace(int Id, string Name, string Email)
{
    public static Task<ActivityWorkspace> ReadAsync(ConnectionsDbContext db, CancellationToken cancel) =>
        db.WorkspaceOwner.Select(m => new ActivityWorkspace(m.Id, "Workato.Connections", m.Email)).SingleAsync(cancel);
}

/// <summary>Who did it.</summary>
/// <param name="Id">The member's id; null where it was none.</param>
/// <param name="Name">As people know them.</param>
/// <param name="Email">A member's e-mail address.</param>
/// <param name="Type">A member, an API client, the product by itself, or nobody who is signed in.</param>
/// <param name="ApiClientId">The API client's id, where it was one.</param>
internal sealed record ActivityUser(int? Id, string Name, string? Email, ActorKind Type, int? ApiClientId);

/// <summary>How it was done.</summary>
/// <param name="Request">Where the request came from.</param>
/// <param name="Activity">In words.</param>
/// <param name="Count">How often, where it is counted by the minute.</param>
/// <param name="Reason">Why, in words: of a refusal for example.</param>
/// <param name="Changes">Before and after by name, where they differ; of a secret only that it was given.</param>
internal sealed record ActivityDetails(ActivityRequest Request, string Activity, int Count, string? Reason, Dictionary<string, string?[]>? Changes);

/// <summary>Where a request came from.</summary>
/// <param name="IpAddress">The address.</param>
/// <param name="UserAgent">What sent it, as it calls itself.</param>
internal sealed record ActivityRequest(string? IpAddress, string? UserAgent);

/// <summary>What it was done to.</summary>
/// <param name="Id">Its id among its kind.</param>
/// <param name="Name">What it was called then.</param>
/// <param name="Type">Which kind, by Workato's names.</param>
internal sealed record ActivityResource(int? Id, string? Name, string Type);
