using System.Net;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Hardening;

namespace Workato.Connections.Web.Authorization;

/// <summary>Finds the API client a bearer token belongs to. Remembers it for seconds, and forgets it at once when the client changes.</summary>
internal sealed class ApiTokens : IDisposable
{
    private readonly SnapshotCache<string, KnownClient> cache;
    private readonly IServiceScopeFactory scopes;
    private readonly TokenGuesses guesses;

    public ApiTokens(IServiceScopeFactory scopes, ChangeFeed feed, TimeProvider time, TokenGuesses guesses)
    {
        (this.scopes, this.guesses, cache) = (scopes, guesses, new(time));
        // Clients change rarely: forgetting all of them is simpler than knowing which token was whose.
        feed.RowChanged += (table, _) =>
        {
            if (table is ApiClients.Table or Role.Table) cache.Clear();
        };
        feed.Lost += cache.Clear;
    }

    public ValueTask<KnownClient?> FindAsync(string token)
    {
        var hash = Token.Hash(token);
        return cache.GetAsync(Convert.ToHexString(hash), async _ =>
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
            var client = await db.Set<ApiClient>().AsNoTracking().Include(c => c.Role).SingleOrDefaultAsync(c => c.TokenHash == hash);
            guesses.Learn(token, isGood: client is not null);
            return client is null ? null : new KnownClient(client);
        });
    }

    public void Dispose() => cache.Dispose();
}

/// <summary>An API client as of one moment; what it may do is worked out once.</summary>
internal sealed class KnownClient(ApiClient client)
{
    private volatile Seen? seen;

    public int Id => client.Id;

    public string Name => client.Name;

    public DateTimeOffset? ExpiresAt => client.ExpiresAt;

    public IReadOnlyList<IPNetwork> Networks { get; } = [.. client.AllowedNetworks.Select(IPNetwork.Parse)];

    public Access Access { get; } = client.Access;

    /// <summary>It, with where its request comes from. Most programs call from one place, so the last is remembered.</summary>
    public Actor At(HttpContext context)
    {
        var (address, agent, last) = (context.Connection.RemoteIpAddress, context.Request.Headers.UserAgent.ToString(), seen);
        if (last is not null && Equals(last.Address, address) && last.Agent == agent) return last.Actor;
        var actor = new Actor(ActorKind.ApiClient, Id, Name).At(context);
        seen = new(address, agent, actor);
        return actor;
    }

    private sealed record Seen(IPAddress? Address, string Agent, Actor Actor);
}
