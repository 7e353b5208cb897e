using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Recipes.Jobs;

namespace Workato.Connections.Recipes;

/// <summary>Counts errors in a row, and stops a recipe that has too many of them: Workato's limits.</summary>
public sealed class RecipeErrors(ConnectionsDbContext db, RecipeStops stops)
{
    /// <summary>So many jobs in a row that an app rejected stop a recipe.</summary>
    public const int MaxActionErrors = 5;

    /// <summary>So many errors of a trigger in a row stop a recipe.</summary>
    public const int MaxTriggerErrors = 60;

    private const string LastError = " The last error: ";

    /// <summary>Why a recipe was stopped, without the last error: for where its cause is told better.</summary>
    public static string WithoutLast(string reason) => reason.Split(LastError, 2)[0];

    /// <summary>
    /// Counts how a job ended: in the transaction of its end, or behind it where it succeeded and nothing was counted when it
    /// began. What one user's own account met does not count: the recipe works for the others.
    /// </summary>
    public async Task CountAsync(Job job, CancellationToken cancel)
    {
        var rows = db.Recipes.Where(r => r.Id == job.RecipeId);
        if (job.Status == JobStatus.Succeeded)
        {
            await rows.Where(r => r.ActionErrors > 0).ExecuteUpdateAsync(set => set.SetProperty(r => r.ActionErrors, 0), cancel);
            return;
        }

        if (job.ErrorKind is not (JobErrorKind.Unauthorized or JobErrorKind.NotConnected or JobErrorKind.RateLimited)) return;
        if (job.ErrorConnectionId is { } failedBy && await db.Connections.OfUsers().AnyAsync(c => c.Id == failedBy, cancel)) return;
        await rows.ExecuteUpdateAsync(set => set.SetProperty(r => r.ActionErrors, r => r.ActionErrors + 1), cancel);
        if (await rows.SingleOrDefaultAsync(r => r.Running && r.ActionErrors >= MaxActionErrors, cancel) is not { } recipe) return;
        stops.Stop(recipe, new(StopCauses.ActionErrors, string.Create(CultureInfo.InvariantCulture, $"{MaxActionErrors} jobs in a row failed at step {job.ErrorStep}.{LastError}{job.Error}"), job.ErrorConnectionId), await db.AuditedAsync(recipe, cancel));
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Counts an error of a trigger, into what is saved next.</summary>
    public async Task CountAsync(Recipe recipe, string words, int? connectionId, CancellationToken cancel)
    {
        if (++recipe.TriggerErrors < MaxTriggerErrors) return;
        stops.Stop(recipe, new(StopCauses.TriggerErrors, string.Create(CultureInfo.InvariantCulture, $"The trigger failed {MaxTriggerErrors} times in a row.{LastError}{words}"), connectionId), await db.AuditedAsync(recipe, cancel));
    }
}
