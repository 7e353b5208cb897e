using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Triggers;

namespace Workato.Connections.Recipes;

/// <summary>The life of a recipe: made, changed, connected, started, stopped, copied, deleted. A running recipe is not changed.</summary>
public sealed class RecipeService(
    ConnectionsDbContext db, RecipeApps apps, RecipeCheck check, RuntimeUserSwitch users, RecipeStops stops, HomeFolder home, CurrentAccess current, WhoActs who, AuditTrail audit, WorkSignal signal, TimeProvider time)
{
    /// <summary>Makes a recipe. Steps may be unfinished; what they are must be readable.</summary>
    public async Task<Result<Recipe>> CreateAsync(RecipeChange wanted, CancellationToken cancel)
    {
        if (current.Access.Check(Privilege.CreateRecipes) is { } mayNot) return mayNot;
        var problems = Texts(wanted, nameRequired: true);
        var trigger = RecipeReader.Read(wanted.Code);
        if (trigger.Refusal is { } unreadable) problems.Add(unreadable);
        var folder = wanted.FolderId ?? await home.IdAsync(db, cancel);
        var connections = await CheckAsync(problems, wanted, folder, cancel);
        var ofUsers = trigger.Value is { } read ? await users.CheckAsync(problems, null, read, wanted, cancel) : null;
        if (problems.Any) return problems.ToRefusal();

        var now = time.GetUtcNow();
        var recipe = new Recipe
        {
            Name = wanted.Name!.Trim(),
            Description = wanted.Description?.Trim(),
            FolderId = folder,
            Type = wanted.Type ?? RecipeType.Standard,
            Code = wanted.Code!,
            CreatedAt = now,
            UpdatedAt = now,
        };
        Configure(recipe, trigger.Value!, connections, ofUsers!);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(recipe);
        await db.SaveChangesAsync(cancel);
        db.Add(Version(recipe, now));
        audit.Add(AuditEvents.RecipeCreated, await db.AuditedAsync(recipe, cancel));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return recipe;
    }

    /// <summary>
    /// Changes a stopped recipe. Choosing another connection for a connector counts for every step of it. A polling trigger
    /// that looks elsewhere then, or for something else, begins anew: what is there at its next look makes no job.
    /// </summary>
    public async Task<Result<Recipe>> UpdateAsync(int id, RecipeChange change, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } recipe) return Refusal.NotFound("Recipe");
        if (recipe.Running) return Refusal.Invalid("running", "can't modify running recipe");
        if (change.BasedOn is { } based && based != recipe.Version) return await OvertakenAsync(id, cancel);
        var problems = Texts(change, nameRequired: change.Name is not null);
        var trigger = RecipeReader.Read(change.Code ?? recipe.Code);
        if (trigger.Refusal is { } unreadable) problems.Add(unreadable);
        var connections = await CheckAsync(problems, change, change.FolderId ?? recipe.FolderId, cancel);
        var ofUsers = trigger.Value is { } read ? await users.CheckAsync(problems, recipe, read, change, cancel) : null;
        if (problems.Any) return problems.ToRefusal();

        var (now, changes) = (time.GetUtcNow(), new AuditChanges().With("name", recipe.Name, change.Name?.Trim() ?? recipe.Name).With("folder", recipe.FolderId, change.FolderId ?? recipe.FolderId));
        (recipe.Name, recipe.FolderId, recipe.Type) = (change.Name?.Trim() ?? recipe.Name, change.FolderId ?? recipe.FolderId, change.Type ?? recipe.Type);
        recipe.Description = change.Description?.Trim() ?? recipe.Description;
        recipe.UpdatedAt = now;
        var (looked, through) = (RecipeReader.Read(recipe.Code).Value, ConnectionOf(recipe, trigger.Value!));
        if (change.Code is { } code && code != recipe.Code)
        {
            (recipe.Code, recipe.Version) = (code, recipe.Version + 1);
            changes.With("version", recipe.Version - 1, recipe.Version);
            db.Add(Version(recipe, now));
        }

        Configure(recipe, trigger.Value!, connections, ofUsers!, changes);
        audit.Add(AuditEvents.RecipeUpdated, await db.AuditedAsync(recipe, cancel), changes);
        // What was met in one list says nothing about another.
        var isAnew = recipe.Cursor is not null && !(TriggerMemory.IsOfSame(looked, trigger.Value!) && through == ConnectionOf(recipe, trigger.Value!));
        if (isAnew) recipe.Cursor = null;
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await db.SaveChangesAsync(cancel);
            if (isAnew) await TriggerMemory.ForgetAsync(db, [recipe.Id], now, cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (Exception e) when (change.BasedOn is not null && (e is DbUpdateConcurrencyException || (e is DbUpdateException update && db.IsUniqueViolation(update))))
        {
            db.ChangeTracker.Clear();
            return await OvertakenAsync(id, cancel);
        }

        return recipe;
    }

    private async Task<Refusal> OvertakenAsync(int id, CancellationToken cancel)
    {
        var last = await db.Set<RecipeVersion>().Where(v => v.RecipeId == id).OrderByDescending(v => v.Number).Select(v => new { v.Number, v.Author }).FirstAsync(cancel);
        return new(RefusalKind.Conflict, $"{last.Author} saved version {last.Number} since you opened this. Your change was not saved.");
    }

    /// <summary>Chooses the connection of one connector of a stopped recipe, for every step of it, trigger included.</summary>
    public async Task<Result<Recipe>> ConnectAsync(int id, string? provider, int? connectionId, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } recipe) return Refusal.NotFound("Recipe");
        return recipe.Connections.Exists(c => c.Provider == provider)
            ? await UpdateAsync(id, new() { Config = new Dictionary<string, int?> { [provider!] = connectionId } }, cancel)
            : Refusal.Invalid("adapter_name", $"must be a connector of this recipe: {string.Join(", ", recipe.Connections.Select(c => c.Provider))}");
    }

    /// <summary>Chooses a connection that was just made from the recipe's own editor; for whoever may change recipes.</summary>
    public async Task<Result<Recipe>> UseAsync(int id, string provider, int connectionId, CancellationToken cancel) =>
        current.Access.Check(Privilege.UpdateRecipes) is { } mayNot ? mayNot : await ConnectAsync(id, provider, connectionId, cancel);

    /// <summary>Makes the steps of an earlier version the newest; the versions between stay.</summary>
    public async Task<Result<Recipe>> GoBackAsync(int id, int version, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is null) return Refusal.NotFound("Recipe");
        var code = await db.Set<RecipeVersion>().Where(v => v.RecipeId == id && v.Number == version).Select(v => v.Code).SingleOrDefaultAsync(cancel);
        return code is null ? Refusal.NotFound("Version") : await UpdateAsync(id, new() { Code = code }, cancel);
    }

    /// <summary>Deletes a stopped recipe with its versions.</summary>
    public async Task<Result<bool>> DeleteAsync(int id, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } recipe) return Refusal.NotFound("Recipe");
        if (recipe.Running) return Refusal.Invalid("running", "Can't change the recipe state: invalid state running");
        db.Remove(recipe);
        audit.Add(AuditEvents.RecipeDeleted, await db.AuditedAsync(recipe, cancel));
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>Makes a copy in a folder, stopped, with the same connections.</summary>
    public async Task<Result<Recipe>> CopyAsync(int id, int folderId, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } recipe) return Refusal.NotFound("Recipe");
        return await CreateAsync(new()
        {
            Name = recipe.Name,
            Description = recipe.Description,
            Code = recipe.Code,
            Type = recipe.Type,
            FolderId = folderId,
            Config = recipe.Connections.Where(c => c.ConnectionId is not null).ToDictionary(c => c.Provider, c => c.ConnectionId),
            // Without them a run on behalf of a user would go through everybody's connection.
            RuntimeUserConnections = recipe.Connections.Where(c => c.RuntimeUserConnections).ToDictionary(c => c.Provider, _ => true),
        }, cancel);
    }

    /// <summary>Starts it, unless its steps are wrong or a connection of it is not connected.</summary>
    public async Task<Result<RecipeStart>> StartAsync(int id, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } recipe) return Refusal.NotFound("Recipe");
        var trigger = RecipeReader.Read(recipe.Code).Value!;
        var start = new RecipeStart(check.Faults(trigger), await UnconnectedAsync(recipe, trigger, cancel));
        if (!start.IsStarted || recipe.Running) return start;

        var now = time.GetUtcNow();
        (recipe.Running, recipe.StartedAt, recipe.StopCause, recipe.StopReason, recipe.StoppedByConnectionId) = (true, now, null, null, null);
        (recipe.TriggerErrors, recipe.TriggerError, recipe.ActionErrors) = (0, null, 0);
        audit.Add(AuditEvents.RecipeStarted, await db.AuditedAsync(recipe, cancel));
        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            // What is left of the last time it ran.
            await db.Set<WorkItem>().Where(w => w.Kind == TriggerWork.WorkKind && w.Subject == recipe.Id).ExecuteDeleteAsync(cancel);
            if (apps.Trigger(trigger) is { } kind && TriggerWork.FirstAt(kind, trigger, now) is { } first) db.Add(new WorkItem { Kind = TriggerWork.WorkKind, Subject = recipe.Id, DueAt = first });
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        signal.Call(TriggerWork.WorkKind);
        return start;
    }

    /// <summary>Stops it. Nothing happens where it is stopped already.</summary>
    public async Task<Result<bool>> StopAsync(int id, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } recipe) return Refusal.NotFound("Recipe");
        if (!recipe.Running) return false;
        stops.Stop(recipe, null, await db.AuditedAsync(recipe, cancel));
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private Task<Recipe?> FindAsync(int id, CancellationToken cancel) =>
        db.RecipesIn(current.Access.Projects).Include(r => r.Connections).SingleOrDefaultAsync(r => r.Id == id, cancel);

    // At the first step that needs it, as Workato tells it.
    private async Task<List<RecipeFault>> UnconnectedAsync(Recipe recipe, RecipeStep trigger, CancellationToken cancel)
    {
        var ids = recipe.Connections.Select(c => c.ConnectionId).OfType<int>().ToList();
        var states = await db.Connections.Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Status }).ToDictionaryAsync(c => c.Id, c => c.Status, cancel);
        return
        [
            .. from connection in recipe.Connections
               let step = trigger.All.FirstOrDefault(s => s.Provider == connection.Provider)
               where step is not null && !(connection.ConnectionId is { } id && states.GetValueOrDefault(id).IsUsable())
               orderby step.Number
               select new RecipeFault(step.Number, "account_id", connection.ConnectionId?.ToString(System.Globalization.CultureInfo.InvariantCulture), "unconnected"),
        ];
    }

    private async Task<IReadOnlyDictionary<string, int?>> CheckAsync(ProblemList problems, RecipeChange wanted, int folder, CancellationToken cancel)
    {
        if (!await db.FoldersIn(current.Access.Projects).AnyAsync(f => f.Id == folder, cancel)) problems.Add("folder_id", $"there is no folder {folder}; GET /api/folders names all of them");
        var config = wanted.Config ?? new Dictionary<string, int?>();
        var ids = config.Values.OfType<int>().ToList();
        if (ids.Count > 0 && current.Access.Check(Privilege.UseConnections) is { } mayNot) problems.Add("config", mayNot.Message);
        var providers = await db.ConnectionsIn(current.Access.Projects).NotOfUsers().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Provider }).ToDictionaryAsync(c => c.Id, c => c.Provider, cancel);
        foreach (var (provider, connection) in config)
        {
            if (apps.Find(provider) is not { NeedsConnection: true }) problems.Add("config", $"there is no connector '{provider}'");
            else if (connection is { } id && !providers.ContainsKey(id)) problems.Add("config", $"there is no connection {id}");
            else if (connection is { } other && providers[other] != provider) problems.Add("config", $"connection {other} is one of {providers[other]}, not of {provider}");
        }

        return config;
    }

    // What the steps need has an entry, what nothing needs any more has none.
    private void Configure(Recipe recipe, RecipeStep trigger, IReadOnlyDictionary<string, int?> chosen, IReadOnlySet<string> ofUsers, AuditChanges? changes = null)
    {
        var needed = apps.Connected(trigger);
        (recipe.Type, recipe.WebhookToken) = apps.Trigger(trigger) switch
        {
            null => (recipe.Type, recipe.WebhookToken),
            { Kind: TriggerKind.Webhook } kind => (kind.Type, recipe.WebhookToken ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))),
            var kind => (kind.Type, null),
        };
        recipe.Connections.RemoveAll(c => !needed.Contains(c.Provider));
        foreach (var provider in needed)
        {
            if (recipe.Connections.Find(c => c.Provider == provider) is not { } entry) recipe.Connections.Add(entry = new() { Provider = provider });
            changes?.With($"runtime user connections of {provider}", entry.RuntimeUserConnections, ofUsers.Contains(provider));
            entry.RuntimeUserConnections = ofUsers.Contains(provider);
            if (!chosen.TryGetValue(provider, out var connection)) continue;
            changes?.With($"connection of {provider}", entry.ConnectionId, connection);
            entry.ConnectionId = connection;
        }
    }

    private static int? ConnectionOf(Recipe recipe, RecipeStep step) => recipe.Connections.Find(c => c.Provider == step.Provider)?.ConnectionId;

    private RecipeVersion Version(Recipe recipe, DateTimeOffset now) =>
        new() { RecipeId = recipe.Id, Number = recipe.Version, Name = recipe.Name, Code = recipe.Code, Author = who.Actor.Name, CreatedAt = now };

    private static ProblemList Texts(RecipeChange change, bool nameRequired)
    {
        var problems = new ProblemList();
        if (nameRequired && string.IsNullOrWhiteSpace(change.Name)) problems.Add("name", "can't be blank");
        if (change.Name?.Length > Recipe.MaxNameLength) problems.Add("name", $"is too long (maximum is {Recipe.MaxNameLength} characters)");
        if (change.Description?.Length > Recipe.MaxDescriptionLength) problems.Add("description", $"is too long (maximum is {Recipe.MaxDescriptionLength} characters)");
        foreach (var (field, text) in new[] { ("name", change.Name), ("description", change.Description), ("code", change.Code) })
        {
            if (text?.Contains('\0', StringComparison.Ordinal) == true) problems.Add(field, "must not contain the character U+0000");
        }

        return problems;
    }
}
