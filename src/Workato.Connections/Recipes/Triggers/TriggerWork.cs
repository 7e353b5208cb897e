using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Inputs;
using Workato.Connections.Recipes.Jobs;

namespace Workato.Connections.Recipes.Triggers;

/// <summary>Triggers that come by themselves: by the clock, and by looking for new records. One row of work for each running recipe that has one.</summary>
internal sealed class TriggerWork(IServiceScopeFactory scopes, RecipeApps apps, RecipeVersions versions, TimeProvider time) : IWorker
{
    public const string WorkKind = "recipe_trigger";

    public string Kind => WorkKind;

    public int AtOnce => 16;

    // Where the input does not say when to try again.
    private static readonly TimeSpan Later = Polling.Interval(null);

    /// <summary>Whether a recipe with this trigger has such work, and when first. Its input is one that was checked.</summary>
    public static DateTimeOffset? FirstAt(RecipeTrigger trigger, RecipeStep step, DateTimeOffset now) => trigger.Kind switch
    {
        TriggerKind.Polling => now,
        TriggerKind.Schedule => Schedule.Read(StepInput.Fill(step.Input, new())).Schedule?.After(now),
        _ => null,
    };

    public async Task DoAsync(WorkItem item, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        db.Attach(item);
        var recipe = await db.Recipes.Include(r => r.Connections).SingleOrDefaultAsync(r => r.Id == item.Subject && r.Running, cancel);
        var step = recipe is null ? null : await versions.FindAsync(db, recipe.Id, recipe.Version, cancel);
        if (recipe is null || step is null || apps.Trigger(step) is not { Kind: TriggerKind.Polling or TriggerKind.Schedule } trigger)
        {
            db.Remove(item);
            await db.SaveChangesAsync(cancel);
            return;
        }

        // The jobs, how far the trigger has come and when it is due again are one: none twice, none lost.
        item.PutOff(await ComeAsync(scope.ServiceProvider, recipe, step, trigger, time.GetUtcNow(), cancel));
        await db.SaveChangesAsync(cancel);
        scope.ServiceProvider.GetRequiredService<JobStarts>().Announce();
    }

    // When it comes next.
    private static async Task<DateTimeOffset> ComeAsync(IServiceProvider services, Recipe recipe, RecipeStep step, RecipeTrigger trigger, DateTimeOffset now, CancellationToken cancel)
    {
        JsonNode? input;
        try
        {
            input = StepInput.Fill(step.Input, new(), "");
        }
        catch (InputException e)
        {
            return await FailAsync(e.Message);
        }

        if (trigger.Kind == TriggerKind.Polling) return now + await services.GetRequiredService<Polling>().LookAsync(recipe, step.Provider!, trigger, input ?? new JsonObject(), cancel);
        var read = Schedule.Read(input);
        if (read.Schedule is not { } schedule) return await FailAsync($"{read.Field} {read.Problem}");
        services.GetRequiredService<JobStarts>().Add(recipe, new("Scheduled", JsonSerializer.SerializeToElement(new { scheduled_at = now })));
        (recipe.TriggerErrors, recipe.TriggerError) = (0, null);
        return schedule.After(now);

        async Task<DateTimeOffset> FailAsync(string problem)
        {
            recipe.TriggerError = $"The input of its trigger cannot be worked out: {problem.TrimEnd('.')}.";
            await services.GetRequiredService<RecipeErrors>().CountAsync(recipe, recipe.TriggerError, null, cancel);
            return now + (step.Input is { ValueKind: JsonValueKind.Object } own && own.TryGetProperty(Polling.Every, out var minutes) ? Polling.Interval(minutes.GetRawText().Trim('"')) : Later);
        }
    }
}
