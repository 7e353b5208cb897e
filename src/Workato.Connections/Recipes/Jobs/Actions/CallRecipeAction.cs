using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Recipes.Apps;

namespace Workato.Connections.Recipes.Jobs.Actions;

/// <summary>Calls another recipe. The job is put off until that one has ended: nothing waits in memory, and nothing is called twice.</summary>
internal sealed class CallRecipeAction(ConnectionsDbContext db, JobStarts starts) : IStepAction
{
    // The called job calls the waiting one; this is for when that goes wrong.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);
    private const int MaxDepth = 10;

    public IReadOnlyList<ActionKind> Kinds { get; } = [ActionKind.CallRecipe];

    public async Task<StepEnd> DoAsync(StepAtWork at, CancellationToken cancel)
    {
        var job = at.Run.Job;
        if (await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.CalledBy == job.Id && j.CalledByStep == at.Line.Sequence, cancel) is { } called) return Of(at, called);
        if (!int.TryParse(at.Text("flow_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return StepEnd.Failed(at, JobErrorKind.Recipe, "flow_id must be the id of a recipe.");
        var recipe = await db.Recipes.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.Type == RecipeType.Callable, cancel);
        // Within one project; a recipe must not reach by a call what its makers may not.
        if (recipe is null || !await at.Run.IsOfSameProjectAsync(recipe, cancel)) return StepEnd.Failed(at, JobErrorKind.Recipe, $"There is no recipe {id} in this project that can be called.");
        if (!recipe.Running) return StepEnd.Failed(at, JobErrorKind.Recipe, $"The recipe '{recipe.Name}' ({id}) is stopped. Start it and repeat this job.");
        if (await DepthAsync(job, cancel) >= MaxDepth) return StepEnd.Failed(at, JobErrorKind.Recipe, $"Recipes call each other more than {MaxDepth} deep.");

        var child = starts.Add(recipe, new($"Called by {JobHandle.Of(job.Id)}", JsonText.Read((at.Input as JsonObject)?["parameters"])) { ExternalId = job.ExternalId, CalledBy = (job.Id, at.Line.Sequence) });
        at.Line.Remark = $"Waits for {JobHandle.Of(child.Id)}.";
        at.Run.OnSaved(starts.Announce);
        return new(StepEnd.Nothing, new JobEnd.PutOff(LookAgain));
    }

    private static StepEnd Of(StepAtWork at, Job called)
    {
        at.Line.Remark = $"Called as {JobHandle.Of(called.Id)}.";
        return called.Status switch
        {
            JobStatus.Pending => new(StepEnd.Nothing, new JobEnd.PutOff(LookAgain)),
            JobStatus.Succeeded => new(called.Returned is { } returned ? JsonSerializer.Deserialize<JsonElement>(returned) : StepEnd.Nothing),
            // With the connection: what it stopped here as well is offered to be started when it works again.
            _ => new(StepEnd.Nothing, new JobEnd.Failed(called.ErrorKind ?? JobErrorKind.Recipe, $"The called recipe failed ({JobHandle.Of(called.Id)}): {called.Error}", at.Step.Number, called.ErrorConnectionId)),
        };
    }

    private async Task<int> DepthAsync(Job job, CancellationToken cancel)
    {
        var depth = 1;
        for (var by = job.CalledBy; by is { } id && depth < MaxDepth; depth++) by = await db.Jobs.Where(j => j.Id == id).Select(j => j.CalledBy).SingleOrDefaultAsync(cancel);
        return depth;
    }
}
