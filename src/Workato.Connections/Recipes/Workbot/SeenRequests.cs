using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;

namespace Workato.Connections.Recipes.Workbot;

/// <summary>Requests that were received, so that each counts once. When they are due they are too old to count anyway, and are forgotten.</summary>
internal sealed class SeenRequests(IServiceScopeFactory scopes) : IWorker
{
    /// <summary>The kind of work.</summary>
    public const string Work = "workbot_request";

    public string Kind => Work;

    public int AtOnce => 8;

    public async Task DoAsync(WorkItem item, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().Set<WorkItem>().Where(w => w.Id == item.Id && w.Holder == item.Holder).ExecuteDeleteAsync(cancel);
    }
}
