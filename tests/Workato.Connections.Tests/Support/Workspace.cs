using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Workato.Connections.Egress;
using Workato.Connections.Connectors;
using Workato.Connections.Data;

namespace Workato.Connections.Tests.Support;

/// <summary>
/// The library on a database of its own, prepared as at a first start. Tests of storage are written against this class
/// and run once for each of its two kinds.
/// </summary>
public abstract class Workspace : IAsyncLifetime
{
    private readonly TempDirectory directory = new();
    private readonly List<ServiceProvider> nodes = [];
    private DatabaseOptions database = new();

    /// <summary>The clock of every node.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>What is said to use connections.</summary>
    public StubUsers Users { get; } = new();

    /// <summary>The services of the first node.</summary>
    public IServiceProvider Services => nodes[0];

    public async ValueTask InitializeAsync()
    {
        await OpenAsync();
        await PrepareAsync(StartNode());
    }

    /// <summary>The database and nothing in it.</summary>
    public async Task OpenAsync() => database = await DatabaseAsync();

    /// <summary>The library once more on the same database, as another process would have it. Nothing is prepared or started yet.</summary>
    public IServiceProvider StartNode(X509Certificate2? certificate = null, ConnectorCatalog? catalog = null, Action<IServiceCollection>? configure = null, X509Certificate2? other = null)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Time).AddSingleton<IConnectionUsers>(Users);
        services.AddConnections(database, directory.Path, certificate ?? TestCertificate.Shared, catalog ?? TestCatalog.Instance, new EgressRules(["127.0.0.0/8"]), other);
        configure?.Invoke(services);
        nodes.Add(services.BuildServiceProvider(validateScopes: true));
        return nodes[^1];
    }

    /// <summary>What a start does before the first request.</summary>
    public static async Task PrepareAsync(IServiceProvider node)
    {
        await using var scope = node.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<WorkspaceSetup>().PrepareAsync(null, TestContext.Current.CancellationToken);
    }

    /// <summary>Lets a service work in a scope of its own, as a request does.</summary>
    public async Task<TResult> AskAsync<TService, TResult>(Func<TService, Task<TResult>> ask, IServiceProvider? node = null)
        where TService : notnull
    {
        await using var scope = (node ?? Services).CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Reads or writes past all services.</summary>
    public Task<T> DbAsync<T>(Func<ConnectionsDbContext, Task<T>> work) => AskAsync(work);

    /// <summary>The row as it is in the database now, or null.</summary>
    public Task<Connection?> RowAsync(int id) =>
        DbAsync(db => db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, TestContext.Current.CancellationToken));

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var node in nodes)
        {
            foreach (var service in node.GetServices<IHostedService>().OfType<PostgresChangeListener>()) await service.StopAsync(CancellationToken.None);
            await node.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        directory.Dispose();
    }

    protected abstract Task<DatabaseOptions> DatabaseAsync();
}

/// <summary>The embedded default, a file.</summary>
public sealed class SqliteWorkspace : Workspace
{
    protected override Task<DatabaseOptions> DatabaseAsync() => Task.FromResult(new DatabaseOptions());
}

/// <summary>A real PostgreSQL.</summary>
public sealed class PostgresWorkspace(PostgresCluster cluster) : Workspace
{
    protected override async Task<DatabaseOptions> DatabaseAsync() => new() { ConnectionString = await cluster.CreateDatabaseAsync() };
}

/// <summary>Says of some connections that something uses them.</summary>
public sealed class StubUsers : IConnectionUsers
{
    private readonly List<(int Connection, ConnectionUser User)> uses = [];

    public void Use(int connectionId, ConnectionUser user) => uses.Add((connectionId, user));

    public Task LetGoAsync(IReadOnlyCollection<int> connectionIds, ConnectionEnd end, CancellationToken cancel) => Task.CompletedTask;

    public Task<IReadOnlyList<ConnectionUser>> FindAsync(IReadOnlyCollection<int> connectionIds, int limit, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ConnectionUser>>([.. uses.Where(u => connectionIds.Contains(u.Connection)).Select(u => u.User).Take(limit)]);
}
