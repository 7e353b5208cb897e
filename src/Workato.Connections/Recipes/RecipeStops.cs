using Workato.Connections.Auditing;

namespace Workato.Connections.Recipes;

/// <summary>Stops recipes, by whomever and for whatever reason, in whatever is saved next.</summary>
public sealed class RecipeStops(AuditTrail audit, TimeProvider time)
{
    /// <summary>Stops one. Jobs that are under way go on to their end; the work of its trigger ends when it is next due.</summary>
    public void Stop(Recipe recipe, StopReason? reason, Audited about)
    {
        (recipe.Running, recipe.StoppedAt) = (false, time.GetUtcNow());
        (recipe.StopCause, recipe.StopReason, recipe.StoppedByConnectionId) = (reason?.Cause, reason?.Words, reason?.ConnectionId);
        audit.Add(AuditEvents.RecipeStopped, about, reason: reason?.Words);
    }
}

/// <summary>Why the product stops a recipe.</summary>
/// <param name="Cause">One of <see cref="StopCauses"/>.</param>
/// <param name="Words">Fit to show.</param>
/// <param name="ConnectionId">The connection whose return lets it start again.</param>
public sealed record StopReason(string Cause, string Words, int? ConnectionId);
