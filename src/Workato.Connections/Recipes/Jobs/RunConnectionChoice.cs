using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>Decides which connections a job uses.</summary>
public sealed class RunConnectionChoice(ConnectionsDbContext db)
{
    /// <summary>By connector, for one job.</summary>
    public async Task<RunConnections> OfAsync(Job job, IReadOnlyList<RecipeConnection> config, CancellationToken cancel)
    {
        var overrides = job.Overrides is { } chosen ? JsonSerializer.Deserialize<Dictionary<string, int>>(chosen)! : [];
        var own = config.Select(c => c.ConnectionId).OfType<int>().Concat(overrides.Values).ToList();
        var user = job.ExternalId;
        var rows = await db.Connections.AsNoTracking().Where(c => own.Contains(c.Id) || (user != null && c.ExternalId == user && c.ParentId != null && own.Contains(c.ParentId.Value)))
            .Select(c => new { c.Id, c.Provider, c.ParentId, c.ExternalId, c.Settings }).ToListAsync(cancel);
        return new(config.ToDictionary(c => c.Provider, Choose));

        Result<RunConnection> Choose(RecipeConnection of)
        {
            if (overrides.TryGetValue(of.Provider, out var other))
                return rows.Find(r => r.Id == other && r.Provider == of.Provider && (r.ParentId is null || r.ExternalId is null || r.ExternalId == user)) is { } given ? new RunConnection(given.Id, given.Settings) : new Refusal(RefusalKind.NotConnected, $"The connection {other} that the caller chose for '{of.Provider}' is not there any more.");
            if (of.RuntimeUserConnections && user is not null)
                return rows.Find(r => r.ParentId == of.ConnectionId && r.ExternalId == user) is { } child ? new RunConnection(child.Id, child.Settings) : new Refusal(RefusalKind.NotFound, $"'{user}' has no connection of their own for '{of.Provider}' yet.");
            return rows.Find(r => r.Id == of.ConnectionId) is { } usual ? new RunConnection(usual.Id, usual.Settings) : new Refusal(RefusalKind.NotConnected, $"No connection is chosen for '{of.Provider}'. Choose one in the recipe.");
        }
    }
}
