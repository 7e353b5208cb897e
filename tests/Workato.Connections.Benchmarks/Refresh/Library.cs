using Npgsql;
using Workato.Connections.AuthMethods;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using Workato.Connections.Egress;
using Workato.Connections.Secrets;

namespace Workato.Connections.Benchmarks.Refresh;

/// <summary>The library on a database and under a certificate that server processes use as well.</summary>
internal sealed class Library : IAsyncDisposable
{
    private readonly IHost host;

    public Library(string database, string certificate, string directory)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging().AddSingleton<IConnectionUsers, NobodyUsesThem>().AddConnections(
            new DatabaseOptions { ConnectionString = database }, directory, KeyEncryptionCertificate.Load(certificate, null), ConnectorCatalog.Load(null), new EgressRules(["127.0.0.0/8"]));
        host = builder.Build();
    }

    public IServiceProvider Services => host.Services;

    /// <summary>Starts what a server process runs in the background: listening to changes, refreshing ahead.</summary>
    public Task StartAsync() => host.StartAsync();

    /// <summary>Makes a connection to a sample app out of tokens, without asking the app.</summary>
    public Task<int> ConnectAsync(Uri app, Tokens tokens) => MakeAsync(app, "oauth2", [], tokens);

    /// <summary>The same with an API key.</summary>
    public Task<int> ConnectWithKeyAsync(Uri app, string key) => MakeAsync(app, "api_key", new() { ["api_key"] = key }, null);

    /// <summary>Leaves refreshing to those who read: otherwise the background work of some process would come first.</summary>
    public static async Task LeaveToReadersAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using (var update = source.CreateCommand("UPDATE connections SET refresh_due_at = NULL")) await update.ExecuteNonQueryAsync();
        await using var analyze = source.CreateCommand("VACUUM ANALYZE connections");
        await analyze.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
    }

    private async Task<int> MakeAsync(Uri app, string way, Dictionary<string, string?> input, Tokens? tokens)
    {
        (input["url"], input["auth_type"]) = (app.AbsoluteUri.TrimEnd('/'), way);
        await using var scope = Services.CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<ConnectionService>().CreateAsync(
            new() { Name = "Called", Provider = "sample_app", Input = input, Tokens = tokens, Proving = Proving.Skipped }, CancellationToken.None);
        return made.Value?.Id ?? throw new InvalidOperationException($"The connection could not be made: {made.Refusal!.Message}");
    }

    private sealed class NobodyUsesThem : IConnectionUsers
    {
        public Task LetGoAsync(IReadOnlyCollection<int> connectionIds, ConnectionEnd end, CancellationToken cancel) => Task.CompletedTask;

        public Task<IReadOnlyList<ConnectionUser>> FindAsync(IReadOnlyCollection<int> connectionIds, int limit, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<ConnectionUser>>([]);
    }
}
