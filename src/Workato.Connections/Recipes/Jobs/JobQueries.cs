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
    /// <summary>A page of a recipe's jobs, without what their triggers brought and what they returned.</summary>
    public async Task<Page<Job>> PageAsync(int recipeId, JobFilter filter, int size, CancellationToken cancel)
    {
        var rows = Reached.Where(j => j.RecipeId == recipeId);
        if (filter.Status is { } status) rows = rows.Where(j => j.Status == status);
        if (filter.Repeated) rows = rows.Where(j => j.RepeatOf != null);
        if (filter.Offset is { } offset) rows = filter.Newer ? rows.Where(j => j.Id > offset) : rows.Where(j => j.Id < offset);
        var found = filter is { Newer: true, Offset: not null } ? await Light(rows.OrderBy(j => j.Id).Take(size + 1)).ToListAsync(cancel) : await Light(rows.OrderByDescending(j => j.Id).Take(size + 1)).ToListAsync(cancel);
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

    /// <summary>The last job of each of these recipes, by recipe.</summary>
    public async Task<IReadOnlyDictionary<int, Job>> LastAsync(IReadOnlyCollection<int> recipeIds, CancellationToken cancel)
    {
        var jobs = db.Jobs;
        // One look into the index for each, however many jobs there are.
        var ids = await db.RecipesIn(current.Access.Projects).Where(r => recipeIds.Contains(r.Id))
            .Select(r => jobs.Where(j => j.RecipeId == r.Id).OrderByDescending(j => j.Id).Select(j => (long?)j.Id).FirstOrDefault()).ToListAsync(cancel);
        var last = ids.OfType<long>().ToList();
        return await Light(db.Jobs.AsNoTracking().Where(j => last.Contains(j.Id))).ToDictionaryAsync(j => j.RecipeId, cancel);
    }

    /// <summary>So many of its steps from this place in their order.</summary>
    public async Task<Page<JobStep>> StepsAsync(long id, int from, int size, CancellationToken cancel)
    {
        var found = await db.JobSteps.AsNoTracking().Where(s => s.JobId == id && s.Sequence >= from).OrderBy(s => s.Sequence).Take(size + 1).ToListAsync(cancel);
        return new([.. found.Take(size)], found.Count > size);
    }

    /// <summary>Its steps in their order.</summary>
    public Task<List<JobStep>> StepsAsync(long id, CancellationToken cancel) => db.JobSteps.AsNoTracking().Where(s => s.JobId == id).OrderBy(s => s.Sequence).ToListAsync(cancel);

    // A page of webhook events could be a hundred megabytes.
    private static IQueryable<Job> Light(IQueryable<Job> rows) => rows.Select(j => new Job
    {
        Id = j.Id,
        RecipeId = j.RecipeId,
        RecipeVersion = j.RecipeVersion,
        Status = j.Status,
        Title = j.Title,
        Trigger = "{}",
        ExternalId = j.ExternalId,
        RepeatOf = j.RepeatOf,
        CalledBy = j.CalledBy,
        Error = j.Error,
        ErrorKind = j.ErrorKind,
        ErrorStep = j.ErrorStep,
        ErrorConnectionId = j.ErrorConnectionId,
        CreatedAt = j.CreatedAt,
        StartedAt = j.StartedAt,
        CompletedAt = j.CompletedAt,
    });

    private IQueryable<Job> Reached
    {
        get
        {
            var recipes = db.RecipesIn(current.Access.Projects);
            return current.Access.Projects.IsAll ? db.Jobs.AsNoTracking() : db.Jobs.AsNoTracking().Where(j => recipes.Any(r => r.Id == j.RecipeId));
        }
    }
}
