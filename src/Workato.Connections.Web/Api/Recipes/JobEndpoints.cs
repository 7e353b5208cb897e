using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Privileges;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Web.Api.Documentation;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Api.Recipes;

/// <summary>What recipes did, in Workato's shapes; calling one is ours.</summary>
internal static class JobEndpoints
{
    private const int PageSize = 100;

    public static void MapJobs(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/recipes/{id:int}").WithTags("Jobs");
        group.MapPost("/call", CallAsync).Needs(Privilege.RunRecipes, Of.Recipe).WithSummary("Call a recipe and wait for its result").Produces<CallResponse>().Produces<CallResponse>(202).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithDescription("For callable recipes. The answer comes when the job has ended; where that takes longer than 60 seconds, it is 202 with the job's id. "
                + "With external_id the run goes through that user's own connections, for the apps that have runtime user connections switched on. Where the user has none yet the answer is 422, nothing is started, and connect lists by app the link on which that user connects: "
                + """[{"provider":"sample_app","connection_id":7,"url":"https://…/oauth/connect/…"}]. """
                + "connections chooses by app the recipe's own connection or that user's; empty or null is the recipe's own.")
            .WithExample("""{"input":{"text":"Hello"},"connections":{}}""", JobExamples.Called);
        group.MapGet("/jobs", ListAsync).Needs(Privilege.ReadRunHistoryOfRecipes, Of.Recipe).WithSummary("List the jobs of a recipe").Produces<JobList>().ProducesProblem(400).ProducesProblem(404).WithDescription("Newest first.");
        group.MapGet("/jobs/{handle}", FindAsync).Needs(Privilege.ReadRunHistoryOfRecipes, Of.Recipe).WithSummary("Get a job with its steps").Produces<JobDetail>().ProducesProblem(404)
            .WithDescription("Each step with what it was given and what the app answered, without secrets.");
        group.MapPost("/repeat_jobs", RepeatAsync).Needs(Privilege.RunRecipes, Of.Recipe).WithSummary("Repeat jobs").Produces<RepeatedJobs>().ProducesProblem(400).ProducesProblem(404)
            .WithExample("""{"job_ids":["j-7"]}""", """{"success":true,"job_ids":["j-8"]}""");
    }

    private static async Task<IResult> CallAsync(int id, CallBody body, JobService jobs, ServerSettings settings, CancellationToken cancel)
    {
        var chosen = body.Chosen();
        if (chosen.Refusal is { } wrong) return Problems.From(wrong);
        var called = await jobs.CallAsync(id, body.Input, body.ExternalId, chosen.Value!, cancel);
        if (called.Refusal is { } refusal) return Problems.From(refusal, settings);
        return Results.Json(CallResponse.From(called.Value!), statusCode: called.Value!.Status == JobStatus.Pending ? 202 : 200);
    }

    private static async Task<IResult> ListAsync(int id, [AsParameters] JobListQuery query, JobQueries jobs, CancellationToken cancel)
    {
        if (query.OffsetJobId is { } offset && JobHandle.Parse(offset) is null) return Problems.Invalid("offset_job_id", "must be the id of a job, such as j-7");
        var page = await jobs.PageAsync(id, query.Filter, PageSize, cancel);
        var counts = await jobs.CountAsync(id, cancel);
        return Results.Ok(new JobList(counts.Succeeded, counts.Failed, counts.Succeeded + counts.Failed + counts.Pending, [.. page.Items.Select(JobResponse.From)]));
    }

    private static async Task<IResult> FindAsync(int id, string handle, JobQueries jobs, CancellationToken cancel)
    {
        if (JobHandle.Parse(handle) is not { } number || await jobs.FindAsync(number, cancel) is not { } job || job.RecipeId != id) return Problems.From(Refusal.NotFound("Job"));
        return Results.Ok(JobDetail.From(job, await jobs.StepsAsync(number, cancel)));
    }

    private static async Task<IResult> RepeatAsync(int id, RepeatBody body, JobService jobs, CancellationToken cancel)
    {
        var ids = body.JobIds?.Select(JobHandle.Parse).ToList() ?? [];
        if (ids.Contains(null)) return Problems.Invalid("job_ids", "must be ids of jobs, such as j-7");
        var repeated = await jobs.RepeatAsync(id, [.. ids.OfType<long>().Distinct()], cancel);
        return repeated.Refusal is { } refusal ? Problems.From(refusal) : Results.Ok(new RepeatedJobs(true, [.. repeated.Value!.Select(j => JobHandle.Of(j.Id))]));
    }
}

/// <summary>Which jobs.</summary>
internal sealed record JobListQuery
{
    [FromQuery(Name = "status")]
    public JobStatus? Status { get; init; }

    [FromQuery(Name = "offset_job_id"), Description("The cursor: jobs before this one, or behind it with prev.")]
    public string? OffsetJobId { get; init; }

    [FromQuery(Name = "prev")]
    public bool? Prev { get; init; }

    [FromQuery(Name = "rerun_only")]
    public bool? RerunOnly { get; init; }

    internal JobFilter Filter => new() { Status = Status, Offset = JobHandle.Parse(OffsetJobId), Newer = Prev == true, Repeated = RerunOnly == true };
}

/// <summary>A call of a recipe.</summary>
/// <param name="Input">What its steps find as the trigger's output.</param>
/// <param name="ExternalId">The user on whose behalf it runs: with that user's own connections where the recipe has them switched on.</param>
/// <param name="Connections">By connector the connection to use instead of the user's: the recipe's own, also as null or an empty text.</param>
internal sealed record CallBody(JsonElement? Input, string? ExternalId, Dictionary<string, JsonElement>? Connections)
{
    public Result<Dictionary<string, int?>> Chosen()
    {
        var chosen = new Dictionary<string, int?>();
        foreach (var (provider, json) in Connections ?? [])
        {
            if (RecipeBody.IsNone(json)) chosen[provider] = null;
            else if (RecipeBody.Number(json) is { } id) chosen[provider] = id;
            else return Refusal.Invalid($"connections.{provider}", "must be the id of a connection, or empty for the recipe's own");
        }

        return chosen;
    }
}

/// <summary>Which jobs to repeat.</summary>
/// <param name="JobIds">At most 25.</param>
internal sealed record RepeatBody(IReadOnlyList<string>? JobIds);
