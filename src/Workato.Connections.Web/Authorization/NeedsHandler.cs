using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Recipes;

namespace Workato.Connections.Web.Authorization;

/// <summary>Asks <see cref="Access"/>, which decides, for every endpoint, page and handler. What is out of reach is not there.</summary>
internal sealed class NeedsHandler(Whereabouts whereabouts) : AuthorizationHandler<NeedsAttribute>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, NeedsAttribute needs)
    {
        // Not signed in: neither fulfilled nor refused, so that the person is asked to.
        if (context.User.Identity is not Caller { Access: var access } || context.Resource is not HttpContext http) return;
        if (needs.OneOf.Count > 0 && !needs.OneOf.Any(access.May)) Refuse(access.Refuse(needs.OneOf));
        else if (needs.Of != Of.Workspace && !access.Projects.IsAll && !await IsReachedAsync(http, needs.Of, access)) Refuse(Refusal.NotFound(needs.Of.ToString()));
        else context.Succeed(needs);

        void Refuse(Refusal refusal) => context.Fail(new RefusalReason(this, refusal));
    }

    private async ValueTask<bool> IsReachedAsync(HttpContext http, Of of, Access access) =>
        int.TryParse(http.GetRouteValue("id") as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && await whereabouts.ProjectAsync(of, id) is { } project && access.Projects.Contains(project);
}

/// <summary>Why it was refused, for whoever words the answer.</summary>
internal sealed class RefusalReason(IAuthorizationHandler handler, Refusal refusal) : AuthorizationFailureReason(handler, refusal.Message)
{
    public Refusal Refusal => refusal;
}

/// <summary>In which project things lie. Remembered for seconds; a connection that moves is looked for again at once.</summary>
internal sealed class Whereabouts : IDisposable
{
    private readonly SnapshotCache<(Of, int), object> cache;
    private readonly IServiceScopeFactory scopes;

    public Whereabouts(IServiceScopeFactory scopes, ChangeFeed feed, TimeProvider time)
    {
        (this.scopes, cache) = (scopes, new(time));
        feed.RowChanged += (table, id) =>
        {
            if (table == Connection.Table) cache.Remove((Of.Connection, id));
        };
        feed.Lost += cache.Clear;
    }

    public async ValueTask<int?> ProjectAsync(Of of, int id) => of == Of.Project ? id : await cache.GetAsync((of, id), key => FindAsync(key.Item1, key.Item2)) as int?;

    public void Dispose() => cache.Dispose();

    private async Task<object?> FindAsync(Of of, int id)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        var (connections, recipes) = (db.Connections, db.Recipes);
        var folders = of switch
        {
            Of.Folder => db.Folders.Where(f => f.Id == id),
            Of.Recipe => db.Folders.Where(f => recipes.Any(r => r.Id == id && r.FolderId == f.Id)),
            _ => db.Folders.Where(f => connections.Any(c => c.Id == id && c.FolderId == f.Id)),
        };
        return await folders.Select(f => (int?)f.ProjectId).SingleOrDefaultAsync();
    }
}
