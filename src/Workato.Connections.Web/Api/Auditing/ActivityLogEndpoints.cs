using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Api.Documentation;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Api.Auditing;

/// <summary>The audit log, in Workato's shape; and as JSON lines, which is ours.</summary>
internal static class ActivityLogEndpoints
{
    public static void MapActivityLogs(this RouteGroupBuilder api) =>
        api.MapGet("/activity_logs", ListAsync).Needs(Privilege.ReadAudit).WithTags("Workspace").WithSummary("Get the audit log")
            .WithDescription("Newest first, a page at a time: 'page[after]' is the id of the last entry of the page before. With 'format=jsonl', or the header 'Accept: application/jsonl', everything "
                + "that matches is sent at once, a JSON object a line. Whoever has chosen projects only sees what happened in those. What is counted by the minute has a 'count'.")
            .Produces<ActivityLogsAnswer>().ProducesProblem(400).WithExample(response: Examples.ActivityLogs);

    private static async Task<IResult> ListAsync([AsParameters] ActivityLogQuery query, HttpRequest request, AuditQueries audit, CurrentAccess current, ConnectionsDbContext db, CancellationToken cancel)
    {
        if (query.Problem() is { } problem) return Problems.From(problem);
        var filter = query.Filter(current.Access.Projects);
        var workspace = await ActivityWorkspace.ReadAsync(db, cancel);
        if (query.IsExport || JsonLines.IsWanted(request)) return new JsonLines(audit.AllAsync(filter, cancel), workspace, fileName: null);
        var page = await audit.PageAsync(filter, query.Size ?? ActivityLogQuery.MaxSize, query.After, cancel);
        return Results.Ok(new ActivityLogsAnswer([.. page.Items.Select(e => ActivityLogResponse.From(e, workspace))], page.Items.Count));
    }
}
