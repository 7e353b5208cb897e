using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Projects;

namespace Workato.Connections.Recipes;

/// <summary>Stops recipes, by whomever and for whatever reason, in whatever is saved next.</summary>
public sealed class RecipeStops(ConnectionsDbContext db, AuditTrail audit, TimeProvider time)
{
    /// <summary>Stops one. Jobs that are under way go on to their end; the work of its trigger ends when it is next due.</summary>
    public async Task StopAsync(Recipe recipe, StopReason? reason, CancellationToken cancel)
    {
        (recipe.Running, recipe.StoppedAt) = (false, time.GetUtcNow());
        (recipe.StopCause, recipe.StopReason, recipe.StoppedByConnectionId) = (reason?.Cause, reason?.Words, reason?.ConnectionId);
        var project = await db.Folders.Where(f => f.Id == recipe.FolderId).Select(f => f.ProjectId).SingleAsync(cancel);
        audit.Add(AuditEvents.RecipeStopped, new(AuditedTypes.Recipe, recipe.Id, recipe.Name, project), reason: reason?.Words);
    }
}

/// <summary>Why the product stops a recipe.</summary>
/// <param name="Cause">One of <see cref="StopCauses"/>.</param>
/// <param name="Words">Fit to show.</param>
/// <param name="ConnectionId">The connection whose return lets it start again.</param>
public sealed record StopReason(string Cause, string Words, int? ConnectionId);
