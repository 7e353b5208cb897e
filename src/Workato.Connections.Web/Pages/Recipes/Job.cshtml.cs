using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Recipes.Workbot;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Recipes;

/// <summary>One job, step by step: what was asked, what was answered, and what to do where it failed.</summary>
[Needs(Privilege.ReadRunHistoryOfRecipes, Of = Of.Recipe)]
internal sealed class JobModel(RecipeQueries recipes, JobQueries jobs, JobService service, ConnectionQueries connections, RecipeVersions versions, RecipeApps apps, ConnectionsDbContext db, CurrentAccess current)
    : RecipePageModel(recipes)
{
    private const int PageSize = 200;
    private RecipeStep? trigger;

    [BindProperty(SupportsGet = true)]
    public string? Handle { get; set; }

    /// <summary>The first step on this page of them.</summary>
    [BindProperty(SupportsGet = true)]
    public int From { get; set; }

    public Job Job { get; private set; } = null!;

    public Page<JobStep> Steps { get; private set; } = null!;

    /// <summary>The connections its steps went through that may be seen, by id.</summary>
    public IReadOnlyDictionary<int, ConnectionSummary> Connections { get; private set; } = new Dictionary<int, ConnectionSummary>();

    public Advice Advice => new(Recipe, App(Job.ErrorStep), Job.ErrorConnectionId is { } failed ? Connections.GetValueOrDefault(failed) : null)
    {
        Connector = apps.Find(Step(Job.ErrorStep)?.Provider)?.Connector, Kind = Job.ErrorKind, Said = Job.Error,
    };

    /// <summary>The steps in the order they went, those of one turn of a loop together.</summary>
    public IEnumerable<(string Turn, List<JobStep> Steps)> Turns
    {
        get
        {
            var turns = new List<(string Turn, List<JobStep> Steps)>();
            foreach (var step in Steps.Items)
            {
                if (turns.Count == 0 || turns[^1].Turn != step.Turn) turns.Add((step.Turn, []));
                turns[^1].Steps.Add(step);
            }

            return turns;
        }
    }

    public string Title(JobStep line) => Step(line.Number) is { } step ? RecipeWords.Step(step, apps) : line.Name ?? "";

    public string App(int? number) => apps.Find(Step(number)?.Provider)?.Title ?? "the app";

    public string? App(JobStep line) => line.Provider is { } provider ? apps.Find(provider)?.Title ?? provider : null;

    public string TriggerData => ReplyAddresses.Without(JsonSerializer.Deserialize<JsonElement>(Job.Trigger)).GetRawText();

    public string TriggerTitle => trigger is null ? "Trigger" : RecipeWords.Step(trigger, apps);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (JobHandle.Parse(Handle) is not { } id || await jobs.FindAsync(id, cancel) is not { } job || job.RecipeId != Id) return NotFound();
        (Job, Steps) = (job, await jobs.StepsAsync(id, From, PageSize, cancel));
        trigger = await versions.FindAsync(db, Id, job.RecipeVersion, cancel);
        if (!current.Access.May(Privilege.ReadConnections)) return Page();
        var seen = new Dictionary<int, ConnectionSummary>();
        foreach (var used in Steps.Items.Select(s => s.ConnectionId).Append(job.ErrorConnectionId).OfType<int>().Distinct())
        {
            if (await connections.FindAsync(used, cancel) is { } summary) seen[used] = summary;
        }

        Connections = seen;
        return Page();
    }

    [Needs(Privilege.RunRecipes)]
    public async Task<IActionResult> OnPostRepeatAsync(CancellationToken cancel)
    {
        if (JobHandle.Parse(Handle) is not { } id) return NotFound();
        var repeated = await service.RepeatAsync(Id, [id], cancel);
        if (repeated.Value is [var job]) return RedirectToPage(new { Id, Handle = JobHandle.Of(job.Id) });
        Refusal = repeated.Refusal;
        return await OnGetAsync(cancel);
    }

    private RecipeStep? Step(int? number) => trigger?.All.FirstOrDefault(s => s.Number == number);
}
