using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Recipes;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Api.Privileges;

/// <summary>Who am I: the first thing Workato's clients ask.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this RouteGroupBuilder api) =>
        api.MapGet("/users/me", MeAsync).NeedsNothing().WithTags("Workspace").WithSummary("Get the workspace and its owner");

    private static async Task<UserResponse> MeAsync(ConnectionsDbContext db, TimeProvider time, CancellationToken cancel)
    {
        // As in Workato, whoever the token is for: the workspace is one of its owner.
        var owner = await db.WorkspaceOwner.AsNoTracking().SingleAsync(cancel);
        var root = await db.Folders.Where(f => f.ParentId == null).Select(f => f.Id).SingleAsync(cancel);
        var now = time.GetUtcNow();
        var month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return new(owner.Id, owner.Name, owner.Email, owner.CreatedAt, "self_hosted", month, month.AddMonths(1), await db.Recipes.CountAsync(cancel), await db.Recipes.CountAsync(r => r.Running, cancel), root, "Workato.Connections", "", now);
    }
}

/// <summary>The workspace in Workato's shape. There is no billing here: the period is the calendar month.</summary>
internal sealed record UserResponse(
    int Id, string Name, string Email, DateTimeOffset CreatedAt, string PlanId, DateTimeOffset CurrentBillingPeriodStart, DateTimeOffset CurrentBillingPeriodEnd,
    int RecipesCount, int ActiveRecipesCount, int RootFolderId, string CompanyName, string Location, DateTimeOffset LastSeen);
