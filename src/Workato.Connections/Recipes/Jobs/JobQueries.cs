using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>Which jobs of a recipe.</summary>
public sealed record JobFilter
{
    /// <summary>How they stand; null: no matter.</summary>
    public JobStatus? Status { get; init; }

    /// <summary>Only repetitions.</summary>
    public bool Repeated { get; init; }

    /// <summary>Older than this job, or newer where <see cref="Newer"/>.</summary>
    public long? Offset { get; init; }

    /// <summary>Newer than <see cref="Offset"/>.</summary>
    public bool Newer { get; init; }
}

/// <summary>How many jobs a recipe has.</summary>
/// <param name="Succeeded">Done.</param>
/// <param name="Failed">Failed.</param>
/// <param name="Pending">Not ended.</param>
public sealed record JobCounts(int Succeeded, int Failed, int Pending);

/// <summary>Reads jobs of recipes that somebody may reach, newest first.</summary>
public sealed class JobQueries(ConnectionsDbContext db, CurrentAccess current)
{
    /// <summary>A page of a recipe's jobs.</summary>
    public async Task<Page<Job>> PageAsync(int recipeId, JobFilter filter, int size, CancellationToken cancel)
    {
        var rows = Reached.Where(j => j.RecipeId == recipeId);
        if (filter.Status is { } status) rows = rows.Where(j => j.Status == status);
        if (filter.Repeated) rows = rows.Where(j => j.RepeatOf != null);
        if (filter.Offset is { } offset) rows = filter.Newer ? rows.Where(j => j.Id > offset) : rows.Where(j => j.Id < offset);
        var found = filter is { Newer: true, Offset: not null } ? await rows.OrderBy(j => j.Id).Take(size + 1).ToListAsync(cancel) : await rows.OrderByDescending(j => j.Id).Take(size + 1).ToListAsync(cancel);
        return new([.. found.Take(size).OrderByDescending(j => j.Id)], found.Count > size);
    }

    /// <summary>How many there are.</summary>
    public async Task<JobCounts> CountAsync(int recipeId, CancellationToken cancel)
    {
        var counts = await Reached.Where(j => j.RecipeId == recipeId).GroupBy(j => j.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        return new(counts.GetValueOrDefault(JobStatus.Succeeded), counts.GetValueOrDefault(JobStatus.Failed), counts.GetValueOrDefault(JobStatus.Pending));
    }

    /// <summary>One, or null.</summary>
    public Task<Job?> FindAsync(long id, CancellationToken cancel) => Reached.SingleOrDefaultAsync(j => j.Id == id, cancel);

    /// <summary>Its steps in their order.</summary>
    public Task<List<JobStep>> StepsAsync(long id, CancellationToken cancel) => db.JobSteps.AsNoTracking().Where(s => s.JobId == id).OrderBy(s => s.Sequence).ToListAsync(cancel);

    private IQueryable<Job> Reached
    {
        get
        {
            var recipes = db.RecipesIn(current.Access.Projects);
            return current.Access.Projects.IsAll ? db.Jobs.AsNoTracking() : db.Jobs.AsNoTracking().Where(j => recipes.Any(r => r.Id == j.RecipeId));
        }
    }
}
