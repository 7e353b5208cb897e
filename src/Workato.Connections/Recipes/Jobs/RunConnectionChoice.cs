using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>Decides which connections a job uses.</summary>
public sealed class RunConnectionChoice(ConnectionsDbContext db)
{
    private static readonly Expression<Func<Connection, Row>> AsRow = c =>
        new Row(c.Id, c.ParentId, c.ExternalId, c.Settings, c.Status != AuthorizationStatus.Failed && (c.UsesTokens ? c.SealedTokens != null : c.SealedSecrets != null))
        {
            Provider = c.Provider,
            Identity = c.Identity,
            AuthorizedAt = c.AuthorizedAt,
            IsAnother = c.IdentityBefore != null,
        };

    private static readonly CompiledQuery<int[], Row> ById = new((db, ids) => db.Set<Connection>().AsNoTracking().Where(c => ids.Contains(c.Id)).Select(AsRow));

    /// <summary>By connector, for one job that got as far as these lines. A connector whose lines went through another account than would be chosen now has none.</summary>
    public Task<RunConnections> OfAsync(Job job, IReadOnlyList<JobStep> lines, IReadOnlyList<RecipeConnection> config, CancellationToken cancel) =>
        OfAsync(job.ExternalId, job.ReadOverrides(), lines, config, cancel);

    /// <summary>By connector, for a run on behalf of this user, or of nobody, that has not begun.</summary>
    internal Task<RunConnections> OfAsync(string? user, IReadOnlyDictionary<string, int> overrides, IReadOnlyList<RecipeConnection> config, CancellationToken cancel) =>
        OfAsync(user, overrides, [], config, cancel);

    private async Task<RunConnections> OfAsync(string? user, IReadOnlyDictionary<string, int> overrides, IReadOnlyList<JobStep> lines, IReadOnlyList<RecipeConnection> config, CancellationToken cancel)
    {
        var own = config.Select(c => c.ConnectionId).OfType<int>().Concat(overrides.Values).Concat(lines.Select(l => l.ConnectionId).OfType<int>()).Distinct().ToArray();
        var rows = own.Length == 0 ? [] : await ById.ToListAsync(db, own, cancel);
        if (user is not null)
        {
            rows.AddRange(await db.Connections.AsNoTracking().Where(c => c.ExternalId == user && c.ParentId != null && own.Contains(c.ParentId.Value)).Select(AsRow).ToListAsync(cancel));
        }

        return new(config.ToDictionary(c => c.Provider, c => Choose(c) is var chosen && chosen.Value is { } now ? OrChanged(c.Provider, now) : chosen));

        Result<RunConnection> Choose(RecipeConnection of)
        {
            if (rows.Find(r => r.Id == of.ConnectionId) is not { } usual) return new Refusal(RefusalKind.NotConnected, $"No connection is chosen for '{of.Provider}'. Choose one in the recipe.");
            var given = overrides.TryGetValue(of.Provider, out var other) ? other : (int?)null;
            if (given == RunConnections.Own || given == usual.Id || (given is null && (user is null || !of.RuntimeUserConnections))) return new RunConnection(usual.Id, usual.Settings);

            // Below the recipe's own connection, and this user's: nobody else's account is ever used.
            var child = user is null || !of.RuntimeUserConnections ? null : rows.Find(r => r.ParentId == usual.Id && r.ExternalId == user);
            if (given is not null && given != child?.Id) return new Refusal(RefusalKind.Conflict, $"The connection {given} that the caller chose for '{of.Provider}' is not there any more, or may not be used by this run any more.");
            return child is { IsConnected: true }
                ? new RunConnection(child.Id, child.Settings)
                : new Refusal(RefusalKind.UserNotConnected, $"'{user}' has no connection of their own for '{of.Provider}' that works.");
        }

        Result<RunConnection> OrChanged(string provider, RunConnection now)
        {
            var before = lines.Where(l => l.Provider == provider && l.ConnectionId is not null).ToList();
            if (before.TrueForAll(l => IsSameAccount(l, now.Id))) return now;
            var next = before.Exists(l => l.EndedAt is null) ? "a server stopped while its last request was on its way: look in the app whether it was done, and repeat the job if it was not" : "repeat the job";
            return new Refusal(RefusalKind.Conflict, $"The connection for '{provider}' was changed while this job waited, and no run mixes two accounts: {next}.");
        }

        // Of two connections only the app can say that they are one account, and of a user's own nobody else decides. One
        // connection is another account where somebody else signed in since, as far as the app says who.
        bool IsSameAccount(JobStep line, int id) => line.ConnectionId == id ? rows.Find(r => r.Id == id) is not { IsAnother: true } same || same.AuthorizedAt <= line.StartedAt
            : (rows.Find(r => r.Id == line.ConnectionId) is { IsOfUser: false, Identity: not null } before && rows.Find(r => r.Id == id) is { IsOfUser: false } now
                && before.AuthorizedAt <= line.StartedAt && (before.Provider, before.Identity) == (now.Provider, now.Identity)
                && before.Settings.Count == now.Settings.Count && !before.Settings.Except(now.Settings).Any());
    }

    private sealed record Row(int Id, int? ParentId, string? ExternalId, Dictionary<string, string> Settings, bool IsConnected)
    {
        public string? Provider { get; init; }

        public string? Identity { get; init; }

        /// <summary>Since when it is the account it is, at the latest.</summary>
        public DateTimeOffset? AuthorizedAt { get; init; }

        /// <summary>Whether it was the account of somebody else before that.</summary>
        public bool IsAnother { get; init; }

        public bool IsOfUser => ParentId is not null && ExternalId is not null;
    }
}
