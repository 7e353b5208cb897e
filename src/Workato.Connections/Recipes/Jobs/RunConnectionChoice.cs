using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>Decides which connections a job uses.</summary>
public sealed class RunConnectionChoice(ConnectionsDbContext db)
{
    private static readonly CompiledQuery<int[], Row> ById = new((db, ids) => db.Set<Connection>().AsNoTracking().Where(c => ids.Contains(c.Id))
        .Select(c => new Row(c.Id, c.ParentId, c.ExternalId, c.Settings, c.Status != AuthorizationStatus.Failed && (c.UsesTokens ? c.SealedTokens != null : c.SealedSecrets != null))));

    /// <summary>By connector, for one job.</summary>
    public Task<RunConnections> OfAsync(Job job, IReadOnlyList<RecipeConnection> config, CancellationToken cancel) =>
        OfAsync(job.ExternalId, job.ReadOverrides(), config, cancel);

    /// <summary>By connector, for a run on behalf of this user, or of nobody.</summary>
    internal async Task<RunConnections> OfAsync(string? user, IReadOnlyDictionary<string, int> overrides, IReadOnlyList<RecipeConnection> config, CancellationToken cancel)
    {
        var own = config.Select(c => c.ConnectionId).OfType<int>().Concat(overrides.Values).ToArray();
        var rows = own.Length == 0 ? [] : await ById.ToListAsync(db, own, cancel);
        if (user is not null)
        {
            rows.AddRange(await db.Connections.AsNoTracking().Where(c => c.ExternalId == user && c.ParentId != null && own.Contains(c.ParentId.Value))
                .Select(c => new Row(c.Id, c.ParentId, c.ExternalId, c.Settings, c.Status != AuthorizationStatus.Failed && (c.UsesTokens ? c.SealedTokens != null : c.SealedSecrets != null))).ToListAsync(cancel));
        }

        return new(config.ToDictionary(c => c.Provider, Choose));

        Result<RunConnection> Choose(RecipeConnection of)
        {
            if (rows.Find(r => r.Id == of.ConnectionId) is not { } usual) return new Refusal(RefusalKind.NotConnected, $"No connection is chosen for '{of.Provider}'. Choose one in the recipe.");
            var given = overrides.TryGetValue(of.Provider, out var other) ? other : (int?)null;
            if (given == usual.Id || (given is null && (user is null || !of.RuntimeUserConnections))) return new RunConnection(usual.Id, usual.Settings);

            // Below the recipe's own connection, and this user's: nobody else's account is ever used.
            var child = user is null || !of.RuntimeUserConnections ? null : rows.Find(r => r.ParentId == usual.Id && r.ExternalId == user);
            if (given is not null && given != child?.Id) return new Refusal(RefusalKind.NotConnected, $"The connection {given} that the caller chose for '{of.Provider}' is not there any more, or may not be used by this run any more.");
            return child is { IsConnected: true }
                ? new RunConnection(child.Id, child.Settings)
                : new Refusal(RefusalKind.UserNotConnected, $"'{user}' has no connection of their own for '{of.Provider}' that works.");
        }
    }

    private sealed record Row(int Id, int? ParentId, string? ExternalId, Dictionary<string, string> Settings, bool IsConnected);
}
