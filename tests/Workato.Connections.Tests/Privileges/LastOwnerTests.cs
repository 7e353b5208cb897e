using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Privileges;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Privileges;

/// <summary>There is always an owner. Every test has a workspace of its own.</summary>
public abstract class LastOwnerTests(Workspace workspace) : IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_owner_is_neither_removed_nor_given_another_role()
    {
        var owner = await LocalAsync();

        (await ChangeAsync(owner, RoleIds.Admin)).Refused().Message.ShouldBe(
            "'Workspace owner' cannot be given another role: nobody else is an owner who has signed in, and there must always be one. Make somebody else an owner first.");
        (await RemoveAsync(owner)).Refused().Kind.ShouldBe(RefusalKind.Forbidden);

        (await OwnersAsync()).ShouldBe(1);
        (await workspace.AuditAsync(AuditEvents.AccessRefused, owner)).ShouldHaveSingleItem().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_was_invited_as_an_owner_and_never_came_does_not_count()
    {
        var invited = (await workspace.AskAsync<Members, Result<Member>>(m => m.InviteAsync(new("slip@exampel.com", null, new(RoleIds.Owner, AllProjects: true)), Cancel))).Granted();

        (await RemoveAsync(await LocalAsync())).Refused().Kind.ShouldBe(RefusalKind.Forbidden);
        (await RemoveAsync(invited.Id)).Granted();
    }

    [Fact]
    public async Task The_last_but_one_may_go()
    {
        await workspace.JoinAsync("second@example.com", RoleIds.Owner);

        (await RemoveAsync(await LocalAsync())).Granted();

        (await OwnersAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task The_local_owner_is_no_way_back_for_those_who_sign_in_by_a_provider()
    {
        var bound = await workspace.JoinAsync("bound@example.com", RoleIds.Owner);
        await workspace.DbAsync(db => db.Set<Member>().Where(m => m.Id == bound.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Issuer, "https://login.example").SetProperty(m => m.Subject, "1"), Cancel));

        (await RemoveAsync(bound.Id)).Refused().Message.ShouldContain("there must always be one");
        (await ChangeAsync(bound.Id, RoleIds.Admin)).Refused().Kind.ShouldBe(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task Of_the_last_two_who_go_at_once_one_stays()
    {
        for (var round = 0; round < 5; round++)
        {
            var one = (await OwnerIdsAsync()).Single();
            var other = (await workspace.JoinAsync($"round{round}@example.com", RoleIds.Owner)).Id;

            var gone = await Task.WhenAll(Task.Run(() => RemoveAsync(one), Cancel), Task.Run(() => ChangeAsync(other, RoleIds.Admin), Cancel));

            gone.Count(g => g.Refusal is null).ShouldBe(1);
            gone.Single(g => g.Refusal is not null).Refused().Message.ShouldContain("there must always be one");
            (await OwnersAsync()).ShouldBe(1);
        }
    }

    public ValueTask InitializeAsync() => workspace.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return workspace.DisposeAsync();
    }

    private Task<Result<Member>> ChangeAsync(int id, int role) => workspace.AskAsync<Members, Result<Member>>(m => m.ChangeAsync(id, new(role), Cancel));

    private Task<Result<Member>> RemoveAsync(int id) => workspace.AskAsync<Members, Result<Member>>(m => m.RemoveAsync(id, Cancel));

    private Task<int> LocalAsync() => workspace.DbAsync(db => db.Set<Member>().Where(m => m.IsLocal).Select(m => m.Id).SingleAsync(Cancel));

    private async Task<int> OwnersAsync() => (await OwnerIdsAsync()).Count;

    private Task<List<int>> OwnerIdsAsync() => workspace.DbAsync(db => db.Set<Member>().Where(m => m.RemovedAt == null && m.RoleId == RoleIds.Owner).Select(m => m.Id).ToListAsync(Cancel));
}

public sealed class LastOwnerOnSqlite() : LastOwnerTests(new SqliteWorkspace());

public sealed class LastOwnerOnPostgres(PostgresCluster cluster) : LastOwnerTests(new PostgresWorkspace(cluster));
