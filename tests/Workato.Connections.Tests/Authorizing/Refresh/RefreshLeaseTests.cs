using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Authorizing.Refresh;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing.Refresh;

/// <summary>Taking the right to refresh and reading the row in one statement, on whichever database.</summary>
public abstract class RefreshLeaseTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => workspace.Time.GetUtcNow();

    [Fact]
    public async Task A_free_lease_is_taken_once_and_gives_the_row_as_it_was()
    {
        var before = await ConnectAsync();

        var taken = await TakeAsync(before.Id, before.CredentialVersion, "1:first");
        var second = await TakeAsync(before.Id, before.CredentialVersion, "2:second");

        taken.ShouldNotBeNull().ShouldBeEquivalentTo(before);
        second.ShouldBeNull();
        var row = (await workspace.RowAsync(before.Id))!;
        (row.RefreshHolder, row.RefreshHeldUntil).ShouldBe(("1:first", Now + RefreshLease.Length));
    }

    [Fact]
    public async Task Of_many_at_once_one_gets_it()
    {
        var row = await ConnectAsync();

        var taken = await Task.WhenAll(Enumerable.Range(1, 8).Select(n => TakeAsync(row.Id, row.CredentialVersion, $"{n}:many")));

        taken.Count(t => t is not null).ShouldBe(1);
    }

    [Fact]
    public async Task It_is_not_taken_for_credentials_that_are_gone_or_that_failed_before()
    {
        var (replaced, failed) = (await ConnectAsync(), await ConnectAsync());
        await workspace.DbAsync(db => db.Connections.Where(c => c.Id == failed.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.RefreshFailures, 1), Cancel));

        (await TakeAsync(replaced.Id, replaced.CredentialVersion - 1, "1:test")).ShouldBeNull();
        (await TakeAsync(failed.Id, failed.CredentialVersion, "1:test")).ShouldBeNull();
    }

    [Fact]
    public async Task A_lease_that_somebody_left_is_not_free()
    {
        var row = await ConnectAsync();
        await TakeAsync(row.Id, row.CredentialVersion, "1:left");
        workspace.Time.Advance(TimeSpan.FromHours(1));

        (await TakeAsync(row.Id, row.CredentialVersion, "2:test")).ShouldBeNull();
    }

    [Fact]
    public async Task A_lease_that_somebody_left_is_taken_as_it_was_seen_or_not_at_all()
    {
        var row = await ConnectAsync();
        await TakeAsync(row.Id, row.CredentialVersion, "1:stopped");
        workspace.Time.Advance(TimeSpan.FromHours(1));
        var seen = (await workspace.RowAsync(row.Id))!;

        // It was only stopped, and goes on.
        await workspace.DbAsync(db => db.Connections.Where(c => c.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.RefreshHeldUntil, Now + RefreshLease.Length), Cancel));

        (await TakeLeftAsync(seen, "2:test")).ShouldBeFalse();
        (await TakeLeftAsync((await workspace.RowAsync(row.Id))!, "2:test")).ShouldBeTrue();
    }

    [Fact]
    public async Task It_is_given_back_where_the_credentials_cannot_be_read()
    {
        var row = await ConnectAsync();
        await workspace.DbAsync(db => db.Connections.Where(c => c.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.SealedTokens, [1, 2, 3]), Cancel));

        var renewal = await workspace.Services.GetRequiredService<TokenRefresher>().RenewAsync(row.Id, row.CredentialVersion, Cancel);

        renewal.Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.NotConnected);
        (await workspace.RowAsync(row.Id))!.RefreshHolder.ShouldBeNull();
    }

    private Task<Connection?> TakeAsync(int id, int version, string holder) => workspace.DbAsync(db => db.TakeFreeAsync(id, version, holder, Now, Cancel));

    private Task<bool> TakeLeftAsync(Connection seen, string holder) => workspace.DbAsync(db => db.TakeAsync(seen, holder, Now, Cancel));

    private async Task<Connection> ConnectAsync()
    {
        var made = (await workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.CreateAsync(new()
        {
            Name = "Refreshed",
            Provider = "sample_app",
            Input = new Dictionary<string, string?> { ["url"] = "http://127.0.0.1:9", ["auth_type"] = "oauth2" },
            Tokens = new() { AccessToken = new("sat_1"), RefreshToken = new("srt_1"), IssuedAt = Now, ExpiresAt = Now.AddHours(1) },
            Proving = Proving.Skipped,
        }, Cancel))).Granted();
        return (await workspace.RowAsync(made.Id))!;
    }
}

public sealed class RefreshLeaseSqliteTests(SqliteWorkspace workspace) : RefreshLeaseTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class RefreshLeasePostgresTests(PostgresWorkspace workspace) : RefreshLeaseTests(workspace), IClassFixture<PostgresWorkspace>;
