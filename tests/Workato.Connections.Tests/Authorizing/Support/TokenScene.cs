using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Authorizing;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Authorizing.Refresh;
using Workato.Connections.AuthMethods;
using Workato.Connections.Data;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing.Support;

/// <summary>Connections that live by tokens, on whichever database, and an app that issues them.</summary>
public abstract class TokenScene(Workspace workspace) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected Workspace Workspace => workspace;

    protected DateTimeOffset Now => workspace.Time.GetUtcNow();

    protected IssuingApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await IssuingApp.StartAsync();
        // PostgreSQL keeps microseconds; on a whole second both databases say the same.
        workspace.Time.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerSecond - (Now.Ticks % TimeSpan.TicksPerSecond)));
        await workspace.AskAsync<ConnectionsDbContext, int>(async db =>
        {
            if (await db.CustomOAuthProfiles.AnyAsync(Cancel)) return 0;
            var profile = new CustomOAuthProfile { Name = "Ours", Provider = TestSuite.Provider, ClientId = "client-1", CreatedAt = Now, UpdatedAt = Now };
            db.Add(profile);
            await db.SaveChangesAsync(Cancel);
            profile.SealedSecret = workspace.Services.GetRequiredService<StoredCredentials>().SealProfile(profile.Id, new("hush-hush"), null);
            return await db.SaveChangesAsync(Cancel);
        });
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        // What a test leaves behind would be due for new tokens in the next.
        await workspace.DbAsync(db => db.Connections.ExecuteDeleteAsync(CancellationToken.None));
        await App.DisposeAsync();
    }

    protected Dictionary<string, string?> Input(string way = "code", params (string Name, string Value)[] more)
    {
        var input = new Dictionary<string, string?> { ["auth_type"] = way, ["url"] = App.Url };
        foreach (var (name, value) in more) input[name] = value;
        return input;
    }

    /// <summary>A connection that works, with tokens that were issued just now.</summary>
    protected async Task<Connection> ConnectedAsync(Tokens? tokens = null, Dictionary<string, string?>? input = null, bool brings = true, string provider = TestSuite.Provider) =>
        (await workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.CreateAsync(
            new() { Name = "Suite", Provider = provider, Input = input ?? Input(), Tokens = brings ? tokens ?? IssuingApp.First(Now) : null }, Cancel))).Granted();

    /// <summary>Somebody connects it again, at the app, and brings other tokens.</summary>
    protected Task<Result<Connection>> ReconnectAsync(int id, string token = "at-again", IServiceProvider? node = null) =>
        workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.UpdateAsync(
            id, new() { Input = Input(), Tokens = new() { AccessToken = new(token), RefreshToken = new("rt-again"), IssuedAt = Now, ExpiresAt = Now.AddHours(1) } }, Cancel), node);

    protected static TokenRefresher Refresher(IServiceProvider node) => node.GetRequiredService<TokenRefresher>();

    protected async Task<Refusal?> RenewAsync(Connection connection, IServiceProvider? node = null) =>
        (await Refresher(node ?? workspace.Services).RenewAsync(connection.Id, connection.CredentialVersion, Cancel)).Refusal;

    protected async Task<Connection> RowAsync(Connection connection) => (await workspace.RowAsync(connection.Id)).ShouldNotBeNull();

    /// <summary>The app said something about it elsewhere.</summary>
    protected Task<int> MarkAsync(Connection connection, AuthorizationStatus status, string words) => workspace.DbAsync(db => db.Connections.Where(c => c.Id == connection.Id)
        .ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, status).SetProperty(c => c.Error, words).SetProperty(c => c.LostAt, Now).SetProperty(c => c.LostReason, words), Cancel));

    /// <summary>The access token that is stored.</summary>
    protected async Task<string> TokenAsync(Connection connection) => Opened(await RowAsync(connection)).AccessToken.Reveal();

    protected Tokens Opened(Connection row) => workspace.Services.GetRequiredService<CredentialProtector>().OpenTokens(row.Id, row.SealedTokens.ShouldNotBeNull()).ShouldNotBeNull();

    /// <summary>Lets the clock run until something is done.</summary>
    protected async Task<T> RunClockAsync<T>(Task<T> until, TimeSpan? step = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!until.IsCompleted)
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience) throw new TimeoutException("The clock ran, and nothing came of it.");
            workspace.Time.Advance(step ?? TimeSpan.FromSeconds(1));
            // For the work the clock set off; nothing depends on how long this is.
            await Task.WhenAny(until, Task.Delay(10, Cancel));
        }

        return await until;
    }

    /// <summary>Looks until something is so.</summary>
    protected static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience) throw new TimeoutException("It never came to be so.");
            await Task.Delay(10, Cancel);
        }
    }

    /// <summary>Another process on the same database.</summary>
    protected IServiceProvider Node(params IInterceptor[] interceptors) => workspace.StartNode(configure: services =>
    {
        services.ConfigureDbContext<SqliteDbContext>(o => o.AddInterceptors(interceptors));
        services.ConfigureDbContext<PostgresDbContext>(o => o.AddInterceptors(interceptors));
    });
}
