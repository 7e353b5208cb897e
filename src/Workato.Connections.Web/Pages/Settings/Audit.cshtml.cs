using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Web.Api.Auditing;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings;

/// <summary>Who did what.</summary>
[Needs(Privilege.ReadAudit)]
internal sealed class AuditModel(AuditQueries audit, ProjectDirectory projects, ConnectionsDbContext db, CurrentAccess current, TimeProvider time) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public string? Who { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? What { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    /// <summary>One thing of its kind.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Thing { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Project { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    /// <summary>The last day that is meant.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? After { get; set; }

    public Page<AuditEntry> List { get; private set; } = null!;

    public IReadOnlyList<AuditActor> Actors { get; private set; } = [];

    public IReadOnlyList<Project> Projects { get; private set; } = [];

    public bool IsNarrowed => NewestPage != Address(new { });

    public string OlderPage => Address(new { Who, What, Kind, Thing, Project, From = Day(From), To = Day(To), After = List.Items[^1].Id });

    public string NewestPage => Address(new { Who, What, Kind, Thing, Project, From = Day(From), To = Day(To) });

    public string Export => Address(new { Who, What, Kind, Thing, Project, From = Day(From), To = Day(To), Handler = "Export" });

    private AuditFilter Filter => new()
    {
        Within = current.Access.Projects.Ids,
        ProjectId = Project,
        From = Midnight(From),
        To = Midnight(To?.AddDays(1)),
        ActorKind = AuditActor.Parse(Who)?.Kind,
        ActorIds = AuditActor.Parse(Who)?.Id is { } id ? [id] : null,
        Types = string.IsNullOrEmpty(Kind) ? null : [Kind],
        ResourceId = string.IsNullOrEmpty(Kind) ? null : Thing,
        Events = string.IsNullOrEmpty(What) ? null : [What],
    };

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Actors = await ActorsAsync(cancel);
        Projects = await projects.ReachedAsync(cancel);
        List = await audit.PageAsync(Filter, PageSize, After, cancel);
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken cancel)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"audit-{time.GetUtcNow():yyyy-MM-dd}.jsonl");
        await new JsonLines(audit.AllAsync(Filter, cancel), await ActivityWorkspace.ReadAsync(db, cancel), name).ExecuteAsync(HttpContext);
        return new EmptyResult();
    }

    /// <summary>The log with nothing but what one person or program did.</summary>
    public string ActionsOf(AuditEntry entry) => Address(new { Who = AuditActor.Of(entry).Value });

    /// <summary>The log with nothing but what became of one thing.</summary>
    public string HistoryOf(AuditEntry entry) => Address(new { Kind = entry.ResourceType, Thing = entry.ResourceId });

    // Whoever may not see the lists of members and API clients still finds them by their entries.
    private async Task<IReadOnlyList<AuditActor>> ActorsAsync(CancellationToken cancel)
    {
        var actors = new List<AuditActor> { AuditActor.Product, AuditActor.Nobody };
        if (current.Access.May(Privilege.ReadMembers)) actors.AddRange(await db.Set<Member>().OrderBy(m => m.Name).Select(m => new AuditActor(ActorKind.Member, m.Id, m.Name)).ToListAsync(cancel));
        if (current.Access.May(Privilege.ReadApiClients)) actors.AddRange(await db.Set<ApiClient>().OrderBy(c => c.Name).Select(c => new AuditActor(ActorKind.ApiClient, c.Id, c.Name)).ToListAsync(cancel));
        if (AuditActor.Parse(Who) is { } chosen && actors.All(a => a.Value != chosen.Value)) actors.Add(chosen);
        return actors;
    }

    public static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private string Address(object values) => Url.Page("/Settings/Audit", values)!;

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Midnight(DateOnly? day) => day is { } on ? new(on.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;
}
