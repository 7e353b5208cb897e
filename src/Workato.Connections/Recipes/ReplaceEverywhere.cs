using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Recipes.Triggers;

namespace Workato.Connections.Recipes;

/// <summary>What replacing a connection changes.</summary>
/// <param name="From">The connection that is used now.</param>
/// <param name="To">The one that is used then.</param>
/// <param name="Uses">The recipes that change, with their steps.</param>
/// <param name="Hidden">How many recipes use it in projects that are out of reach; they stay as they are.</param>
public sealed record ReplacementPlan(Connection From, Connection To, IReadOnlyList<ConnectionUse> Uses, int Hidden);

/// <summary>
/// Moves all recipes within reach from one connection to another of the same app, at once: running ones too, all or none.
/// It is kept and can be undone. A polling trigger goes on where it was, unless it looks into another account then: there it
/// begins anew.
/// </summary>
public sealed class ReplaceEverywhere(ConnectionsDbContext db, ConnectionUses uses, RuntimeUserSwitch users, CurrentAccess current, WhoActs who, AuditTrail audit, TimeProvider time)
{
    /// <summary>
    /// Says what would change, and changes nothing. Refused where a recipe that runs would stand there without a connection that
    /// works, or one that runs for users with a connection of which they can have none of their own.
    /// </summary>
    public async Task<Result<ReplacementPlan>> PlanAsync(int fromId, int toId, CancellationToken cancel)
    {
        if (MayNot() is { } refusal) return refusal;
        if (await FindAsync(fromId, cancel) is not { } from) return Refusal.NotFound("Connection");
        if (from.IsRuntimeUser) return Refusal.Invalid("id", "must be no runtime user connection: those belong to one person, and recipes use them through their parent");
        var to = await FindAsync(toId, cancel);
        var problem = to switch
        {
            null => $"there is no connection {toId}",
            { Id: var id } when id == fromId => "must be another connection",
            { IsRuntimeUser: true } => $"must be no runtime user connection: {toId} belongs to one person",
            { Provider: var provider } when provider != from.Provider => $"must be a connection of the same app; {toId} is one of {provider}, not of {from.Provider}",
            _ => null,
        };
        if (problem is not null) return Refusal.Invalid("with", problem);
        var recipes = await uses.RecipesAsync(fromId, cancel);
        if (await NotForUsersAsync("with", to!, recipes.Select(u => u.Recipe), fromId, cancel) is { } notForUsers) return notForUsers;
        if (!to!.Status.IsUsable() && recipes.Any(u => u.Recipe.Running)) return Unconnected("with", to);
        return new ReplacementPlan(from, to, recipes, await uses.HiddenAsync(fromId, cancel));
    }

    /// <summary>Does what <see cref="PlanAsync"/> says.</summary>
    public async Task<Result<ConnectionReplacement>> DoAsync(int fromId, int toId, CancellationToken cancel)
    {
        var planned = await PlanAsync(fromId, toId, cancel);
        if (planned.Refusal is { } refusal) return refusal;
        var recipes = planned.Value!.Uses;
        if (recipes.Count == 0) return Refusal.Invalid("id", "is used by no recipe you can change");

        var now = time.GetUtcNow();
        var replacement = new ConnectionReplacement { FromId = fromId, ToId = toId, RecipeIds = [.. recipes.Select(u => u.Recipe.Id)], MadeBy = who.Actor.Name, MadeAt = now };
        return await MoveAsync([.. recipes.Select(u => u.Recipe)], planned.Value.From, planned.Value.To, () => db.Add(replacement), cancel) is { } failed ? failed : replacement;
    }

    /// <summary>The replacements of this connection that can still be undone, newest first.</summary>
    public async Task<IReadOnlyList<ConnectionReplacement>> DoneAsync(int fromId, CancellationToken cancel) =>
        await db.Set<ConnectionReplacement>().AsNoTracking().Where(r => r.FromId == fromId && r.UndoneAt == null).OrderByDescending(r => r.Id).Take(5).ToListAsync(cancel);

    /// <summary>Moves back the recipes that still use the new connection; says which were changed since, and leaves those.</summary>
    public async Task<Result<ReplacementUndone>> UndoAsync(int fromId, int replacementId, CancellationToken cancel)
    {
        if (MayNot() is { } refusal) return refusal;
        if (await FindAsync(fromId, cancel) is not { } from) return Refusal.NotFound("Connection");
        if (await db.Set<ConnectionReplacement>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == replacementId && r.FromId == fromId, cancel) is not { } replacement)
            return Refusal.Invalid("replacement_id", $"there is no replacement {replacementId} of this connection");
        if (replacement.UndoneAt is not null) return Refusal.Invalid("replacement_id", "was undone already");

        var moved = await db.RecipesIn(current.Access.Projects).AsNoTracking().Include(r => r.Connections).Where(r => replacement.RecipeIds.Contains(r.Id)).OrderBy(r => r.Id).ToListAsync(cancel);
        var back = moved.Where(r => r.Connections.Exists(c => c.ConnectionId == replacement.ToId)).ToList();
        if (await NotForUsersAsync("id", from, back, replacement.ToId, cancel) is { } notForUsers) return notForUsers;
        if (!from.Status.IsUsable() && back.Exists(r => r.Running)) return Unconnected("id", from);
        var to = await db.Connections.AsNoTracking().SingleAsync(c => c.Id == replacement.ToId, cancel);
        var failed = await MoveAsync(back, to, from, () => db.Set<ConnectionReplacement>().Attach(replacement).Entity.UndoneAt = time.GetUtcNow(), cancel);
        return failed is not null ? failed : new ReplacementUndone(replacement, back, [.. moved.Except(back)]);
    }

    private static Refusal Unconnected(string field, Connection connection) => Refusal.Invalid(field, $"'{connection.Name}' is not connected, and recipes that run would fail. Connect it first, or stop them");

    // The rule of RuntimeUserSwitch, which would afterwards refuse every change of such a recipe, and every call for a user.
    private async Task<Refusal?> NotForUsersAsync(string field, Connection next, IEnumerable<Recipe> recipes, int now, CancellationToken cancel)
    {
        var ofUsers = recipes.Where(r => r.Connections.Exists(c => c.ConnectionId == now && c.RuntimeUserConnections)).Select(r => $"'{r.Name}' ({r.Id})").ToList();
        return ofUsers.Count == 0 || await users.IsPossibleAsync(next.Id, cancel) ? null
            : Refusal.Invalid(field, $"'{next.Name}' does not sign in by OAuth, so users cannot connect their own, and {string.Join(", ", ofUsers)} {(ofUsers.Count == 1 ? "runs" : "run")} with them. Choose one that does, or switch runtime user connections off there");
    }

    private Refusal? MayNot() => current.Access.Check(Privilege.UpdateRecipes) ?? current.Access.Check(Privilege.UseConnections);

    private Task<Connection?> FindAsync(int id, CancellationToken cancel) => db.ConnectionsIn(current.Access.Projects).AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel);

    // One statement moves them: where one of them uses another connection by now, nothing is changed at all.
    private async Task<Refusal?> MoveAsync(List<Recipe> recipes, Connection from, Connection to, Action remember, CancellationToken cancel)
    {
        var (fromId, toId, now) = (from.Id, to.Id, time.GetUtcNow());
        // In the same account what came in between is still to be found; in another one it says nothing.
        var anew = TriggerMemory.IsOfSame(from, to) ? [] : recipes.Where(r => RecipeReader.Read(r.Code).Value?.Provider is { } looked && r.Connections.Exists(c => c.ConnectionId == fromId && c.Provider == looked)).Select(r => r.Id).ToList();
        var (ids, about) = (recipes.Select(r => r.Id).ToList(), await db.AuditedAsync(recipes, cancel));
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var moved = await db.Set<RecipeConnection>().Where(c => ids.Contains(c.RecipeId) && c.ConnectionId == fromId).ExecuteUpdateAsync(set => set.SetProperty(c => c.ConnectionId, toId), cancel);
            if (moved != recipes.Count) return Changed();
            await db.Recipes.Where(r => ids.Contains(r.Id)).ExecuteUpdateAsync(set => set.SetProperty(r => r.UpdatedAt, now), cancel);
            if (anew.Count > 0) await TriggerMemory.ForgetAsync(db, anew, now, cancel);
            foreach (var recipe in recipes)
                audit.Add(AuditEvents.RecipeUpdated, about[recipe.Id], new AuditChanges().With($"connection of {recipe.Connections.Find(c => c.ConnectionId == fromId)!.Provider}", fromId, toId));
            remember();
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return null;
        }
        catch (Exception e) when (db.IsForeignKeyViolation(e) || e is DbUpdateConcurrencyException)
        {
            return Changed();
        }

        Refusal Changed()
        {
            db.ChangeTracker.Clear();
            return new(RefusalKind.Conflict, "A recipe or connection was changed in the meantime, so nothing was done. Look at it and try again.");
        }
    }
}

/// <summary>What undoing brought.</summary>
/// <param name="Replacement">What was undone.</param>
/// <param name="Back">The recipes that use the old connection again.</param>
/// <param name="ChangedSince">The recipes that were given yet another connection in the meantime, and keep it.</param>
public sealed record ReplacementUndone(ConnectionReplacement Replacement, IReadOnlyList<Recipe> Back, IReadOnlyList<Recipe> ChangedSince);
