using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Recipes.Editing;

namespace Workato.Connections.Recipes;

/// <summary>What a list of recipes is narrowed to; null means no matter.</summary>
public sealed record RecipeFilter
{
    /// <summary>In this folder.</summary>
    public int? FolderId { get; init; }

    /// <summary>In this project.</summary>
    public int? ProjectId { get; init; }

    /// <summary>Started, or stopped.</summary>
    public bool? Running { get; init; }

    /// <summary>Using all of these connectors.</summary>
    public IReadOnlyList<string> AllProviders { get; init; } = [];

    /// <summary>Using any of these connectors.</summary>
    public IReadOnlyList<string> AnyProvider { get; init; } = [];

    /// <summary>Using this connection.</summary>
    public int? ConnectionId { get; init; }

    /// <summary>With this text in its name, without regard to case.</summary>
    public string? Text { get; init; }

    /// <summary>Changed after this instant.</summary>
    public DateTimeOffset? UpdatedAfter { get; init; }

    /// <summary>Stopped after this instant.</summary>
    public DateTimeOffset? StoppedAfter { get; init; }

    /// <summary>Stopped by the product for this reason.</summary>
    public string? StopCause { get; init; }

    /// <summary>With a smaller id: the cursor.</summary>
    public int? Before { get; init; }
}

/// <summary>Reads the recipes somebody may reach, newest first.</summary>
public sealed class RecipeQueries(ConnectionsDbContext db, CurrentAccess current)
{
    /// <summary>One with its connections, or null.</summary>
    public Task<Recipe?> FindAsync(int id, CancellationToken cancel) => Reached.Include(r => r.Connections).SingleOrDefaultAsync(r => r.Id == id, cancel);

    /// <summary>A page of them.</summary>
    public async Task<Page<Recipe>> PageAsync(RecipeFilter filter, int size, CancellationToken cancel, int skip = 0)
    {
        var (rows, folders) = (Reached, db.Folders);
        if (filter.FolderId is { } folder) rows = rows.Where(r => r.FolderId == folder);
        if (filter.ProjectId is { } project) rows = rows.Where(r => folders.Any(f => f.Id == r.FolderId && f.ProjectId == project));
        if (filter.Running is { } running) rows = rows.Where(r => r.Running == running);
        foreach (var provider in filter.AllProviders) rows = rows.Where(r => r.Connections.Any(c => c.Provider == provider));
        if (filter.AnyProvider is { Count: > 0 } any) rows = rows.Where(r => r.Connections.Any(c => any.Contains(c.Provider)));
        if (filter.ConnectionId is { } connection) rows = rows.Where(r => r.Connections.Any(c => c.ConnectionId == connection));
        if (filter.UpdatedAfter is { } updated) rows = rows.Where(r => r.UpdatedAt > updated);
        if (filter.StoppedAfter is { } stopped) rows = rows.Where(r => r.StoppedAt > stopped);
        if (filter.StopCause is { } cause) rows = rows.Where(r => r.StopCause == cause);
        if (filter.Before is { } before) rows = rows.Where(r => r.Id < before);
        if (filter.Text is { Length: > 0 } text) rows = db.WhereContains(rows, r => r.Name, text);
        var found = await rows.Include(r => r.Connections).OrderByDescending(r => r.Id).Skip(skip).Take(size + 1).ToListAsync(cancel);
        return new([.. found.Take(size)], found.Count > size);
    }

    /// <summary>Those of them that are bound to a lost connection.</summary>
    public async Task<IReadOnlySet<int>> LostAsync(IReadOnlyCollection<int> ids, CancellationToken cancel)
    {
        var lost = db.Connections.Where(c => c.Status == AuthorizationStatus.Failed);
        return (await db.Set<RecipeConnection>().Where(b => ids.Contains(b.RecipeId) && lost.Any(c => c.Id == b.ConnectionId)).Select(b => b.RecipeId).ToListAsync(cancel)).ToHashSet();
    }

    /// <summary>Whether there is any.</summary>
    public Task<bool> AnyAsync(CancellationToken cancel) => Reached.AnyAsync(cancel);

    /// <summary>Which connectors they use.</summary>
    public async Task<IReadOnlyList<string>> ProvidersAsync(CancellationToken cancel) =>
        await Reached.SelectMany(r => r.Connections).Select(c => c.Provider).Distinct().Order().ToListAsync(cancel);

    /// <summary>The versions of one, newest first, without their code.</summary>
    public Task<List<RecipeVersion>> VersionsAsync(int id, CancellationToken cancel) =>
        Versions(id).OrderByDescending(v => v.Number).Select(v => new RecipeVersion { RecipeId = v.RecipeId, Number = v.Number, Name = v.Name, Code = "", Author = v.Author, CreatedAt = v.CreatedAt }).ToListAsync(cancel);

    /// <summary>One version with its code, or null.</summary>
    public Task<RecipeVersion?> VersionAsync(int id, int number, CancellationToken cancel) => Versions(id).SingleOrDefaultAsync(v => v.Number == number, cancel);

    /// <summary>Where one stands among its latest versions: what can be undone, and what redone.</summary>
    public async Task<RecipeHistory> HistoryAsync(int id, CancellationToken cancel)
    {
        var latest = await Versions(id).OrderByDescending(v => v.Number).Take(RecipeHistory.MaxVersions).ToListAsync(cancel);
        latest.Reverse();
        return RecipeHistory.Of(latest);
    }

    private IQueryable<RecipeVersion> Versions(int id)
    {
        var recipes = Reached;
        return db.Set<RecipeVersion>().AsNoTracking().Where(v => v.RecipeId == id && recipes.Any(r => r.Id == id));
    }

    private IQueryable<Recipe> Reached => db.RecipesIn(current.Access.Projects).AsNoTracking();
}

/// <summary>Recipes, where the context is at hand.</summary>
public static class RecipeSets
{
    extension(ConnectionsDbContext db)
    {
        /// <summary>All recipes.</summary>
        public DbSet<Recipe> Recipes => db.Set<Recipe>();

        /// <summary>The recipes somebody may reach.</summary>
        public IQueryable<Recipe> RecipesIn(ProjectScope scope)
        {
            if (scope.Ids is not { } ids) return db.Set<Recipe>();
            var folders = db.Folders;
            return db.Set<Recipe>().Where(r => folders.Any(f => f.Id == r.FolderId && ids.Contains(f.ProjectId)));
        }

        /// <summary>What the audit log knows these recipes by, by id.</summary>
        internal async Task<IReadOnlyDictionary<int, Audited>> AuditedAsync(IReadOnlyCollection<Recipe> recipes, CancellationToken cancel)
        {
            var ids = recipes.Select(r => r.FolderId).Distinct().ToList();
            var projects = await db.Folders.Where(f => ids.Contains(f.Id)).ToDictionaryAsync(f => f.Id, f => f.ProjectId, cancel);
            return recipes.ToDictionary(r => r.Id, r => new Audited(AuditedTypes.Recipe, r.Id, r.Name, projects[r.FolderId]));
        }

        /// <summary>The same of one.</summary>
        internal async Task<Audited> AuditedAsync(Recipe recipe, CancellationToken cancel) => (await db.AuditedAsync([recipe], cancel))[recipe.Id];
    }
}
