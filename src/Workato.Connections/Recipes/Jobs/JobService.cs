using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>Starts jobs for people, scripts and other servers: calls, events of webhooks, repetitions.</summary>
public sealed class JobService(ConnectionsDbContext db, JobStarts starts, JobEnds ends, RunUsers users, CurrentAccess current)
{
    /// <summary>How long a caller waits for the result.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How many jobs one request may repeat; Workato's limit.</summary>
    public const int MaxRepeated = 25;

    /// <summary>
    /// Calls a callable recipe and waits for its result; where that takes longer than <see cref="Patience"/> the job is still
    /// pending. <paramref name="chosen"/> names by connector a connection to use instead, or null for the recipe's own.
    /// </summary>
    public async Task<Result<Job>> CallAsync(int recipeId, JsonElement? input, string? externalId, IReadOnlyDictionary<string, int?> chosen, CancellationToken cancel)
    {
        if (await db.RecipesIn(current.Access.Projects).AsNoTracking().Include(r => r.Connections).SingleOrDefaultAsync(r => r.Id == recipeId, cancel) is not { } recipe) return Refusal.NotFound("Recipe");
        if (recipe.Type != RecipeType.Callable) return Refusal.Invalid("id", "must be a callable recipe: one that begins with the trigger 'New call for this recipe'");
        if (!recipe.Running) return new Refusal(RefusalKind.Conflict, $"The recipe '{recipe.Name}' is stopped. {(recipe.StopReason is null ? "Start it, then call it." : $"{recipe.StopReason} When that is put right, start it and call it.")}");
        externalId = externalId?.Trim();
        var overrides = await users.OverridesAsync(recipe, externalId, chosen, cancel);
        if (overrides.Refusal is { } wrong) return wrong;
        if (await users.MissingAsync(recipe, externalId, overrides.Value!, cancel) is { } missing) return missing;

        var given = input ?? JsonSerializer.SerializeToElement(new { });
        var job = starts.Add(recipe, new(JobTitles.Of("Call", given), given) { ExternalId = externalId, Overrides = overrides.Value! });
        var next = ends.Next(job.Id);
        await db.SaveChangesAsync(cancel);
        starts.Announce();
        return await ends.WaitAsync(job.Id, next, Patience, cancel);
    }

    /// <summary>An event for the webhook of a running recipe; false where no running recipe has this address.</summary>
    public async Task<bool> ReceiveAsync(string token, JsonElement data, CancellationToken cancel)
    {
        if (await db.Recipes.AsNoTracking().SingleOrDefaultAsync(r => r.WebhookToken == token && r.Running, cancel) is not { } recipe) return false;
        starts.Add(recipe, new(JobTitles.Of("Webhook event", data), data));
        await db.SaveChangesAsync(cancel);
        starts.Announce();
        return true;
    }

    /// <summary>Runs ended jobs again from the beginning, with what their triggers brought and the recipe as it is now.</summary>
    public async Task<Result<IReadOnlyList<Job>>> RepeatAsync(int recipeId, IReadOnlyCollection<long> ids, CancellationToken cancel)
    {
        if (current.Access.Check(Privilege.RunRecipes) is { } mayNot) return mayNot;
        if (ids.Count is 0 or > MaxRepeated) return Refusal.Invalid("job_ids", $"must name 1 to {MaxRepeated} jobs");
        if (await db.RecipesIn(current.Access.Projects).AsNoTracking().SingleOrDefaultAsync(r => r.Id == recipeId, cancel) is not { } recipe) return Refusal.NotFound("Recipe");
        var jobs = await db.Jobs.AsNoTracking().Where(j => j.RecipeId == recipeId && ids.Contains(j.Id)).ToListAsync(cancel);
        if (ids.FirstOrDefault(id => jobs.TrueForAll(j => j.Id != id)) is var unknown and not 0) return Refusal.Invalid("job_ids", $"there is no job {JobHandle.Of(unknown)} of this recipe");
        if (jobs.Find(j => j.Status == JobStatus.Pending) is { } pending) return Refusal.Invalid("job_ids", $"{JobHandle.Of(pending.Id)} has not ended yet");

        var repeated = jobs.OrderBy(j => j.Id).Select(j => starts.Add(recipe, new(j.Title, JsonSerializer.Deserialize<JsonElement>(j.Trigger))
        {
            ExternalId = j.ExternalId,
            Overrides = j.ReadOverrides(),
            RepeatOf = j.Id,
        })).ToList();
        await db.SaveChangesAsync(cancel);
        starts.Announce();
        return repeated;
    }
}
