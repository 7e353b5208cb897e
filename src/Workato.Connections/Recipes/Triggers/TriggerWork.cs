using System.Text.Json;
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

    /// <summary>Whether a recipe with this trigger has such work, and when first.</summary>
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
        if (recipe is null || step is null || apps.Trigger(step) is not { } trigger || FirstAt(trigger, step, time.GetUtcNow()) is not { } next)
        {
            db.Remove(item);
            await db.SaveChangesAsync(cancel);
            return;
        }

        var starts = scope.ServiceProvider.GetRequiredService<JobStarts>();
        if (trigger.Kind == TriggerKind.Polling) next = time.GetUtcNow() + await scope.ServiceProvider.GetRequiredService<Polling>().LookAsync(recipe, step.Provider!, trigger, StepInput.Fill(step.Input, new()), cancel);
        else starts.Add(recipe, new("Scheduled", JsonSerializer.SerializeToElement(new { scheduled_at = time.GetUtcNow() })));

        // The jobs, how far the trigger has come and when it is due again are one: none twice, none lost.
        item.PutOff(next);
        await db.SaveChangesAsync(cancel);
        starts.Announce();
    }
}
