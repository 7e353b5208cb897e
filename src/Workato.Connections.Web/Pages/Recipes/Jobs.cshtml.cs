using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Recipes;

/// <summary>What a recipe did.</summary>
[Needs(Privilege.ReadRunHistoryOfRecipes, Of = Of.Recipe)]
internal sealed class JobsModel(RecipeQueries recipes, JobQueries jobs, JobService service) : RecipePageModel(recipes)
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public JobStatus? Status { get; set; }

    /// <summary>Older than this job.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    public Page<Job> List { get; private set; } = null!;

    public JobCounts Counts { get; private set; } = null!;

    /// <summary>How many were just sent on their way again.</summary>
    [BindProperty(SupportsGet = true)]
    public int Repeated { get; set; }

    public bool HasPending => List.Items.Any(j => j.Status == JobStatus.Pending);

    public string OlderPage => Url.Page(null, new { Id, Status, Before = JobHandle.Of(List.Items[^1].Id) })!;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        List = await jobs.PageAsync(Id, new() { Status = Status, Offset = JobHandle.Parse(Before) }, PageSize, cancel);
        Counts = await jobs.CountAsync(Id, cancel);
    }

    [Needs(Privilege.RunRecipes)]
    public async Task<IActionResult> OnPostRepeatAsync(string[] job, CancellationToken cancel)
    {
        var repeated = await service.RepeatAsync(Id, [.. job.Select(JobHandle.Parse).OfType<long>().Distinct()], cancel);
        if (repeated.Value is { } made) return RedirectToPage(new { Id, Repeated = made.Count });
        Refusal = job.Length == 0 ? new(RefusalKind.NotFound, "Choose the jobs to repeat first.") : repeated.Refusal;
        await OnGetAsync(cancel);
        return Page();
    }
}
