using Microsoft.EntityFrameworkCore;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing.Profiles;

/// <summary>Profiles are changed and removed, while connections use them.</summary>
public abstract partial class OAuthProfilesTests
{
    [Fact]
    public async Task What_is_left_out_stays_the_secret_too()
    {
        var made = (await CreateAsync(Wanted)).Granted();
        workspace.Time.Advance(TimeSpan.FromMinutes(1));

        var changed = (await UpdateAsync(made.Id, new() { Name = "Renamed", Provider = OAuthDesk.Provider })).Granted();

        var client = (await ClientAsync(made.Id))!;
        (changed.Name, client.Id, client.Secret!.Reveal()).ShouldBe(("Renamed", "client-1", "hush"));
        changed.UpdatedAt.ShouldBe(workspace.Time.GetUtcNow());
    }

    [Fact]
    public async Task The_client_is_replaced()
    {
        var made = (await CreateAsync(Wanted)).Granted();

        (await UpdateAsync(made.Id, new() { ClientId = "client-2", ClientSecret = new("other") })).Granted();

        var client = (await ClientAsync(made.Id))!;
        (client.Id, client.Secret!.Reveal()).ShouldBe(("client-2", "other"));
    }

    [Fact]
    public async Task It_stays_with_its_app()
    {
        var made = (await CreateAsync(Wanted)).Granted();

        (await UpdateAsync(made.Id, new() { Provider = "rest" })).RefusedField("provider").ShouldBe("cannot be changed: this profile belongs to oauth_desk; create another one");
    }

    [Fact]
    public async Task A_change_that_is_wrong_changes_nothing()
    {
        var made = (await CreateAsync(Wanted)).Granted();

        (await UpdateAsync(made.Id, new() { Name = "Renamed", ClientSecret = new("") })).RefusedField("data.client_secret").ShouldBe("can't be blank; leave it out to keep the one there is");

        (await FindAsync(made.Id))!.Name.ShouldBe("Desk, month end");
    }

    [Fact]
    public async Task One_that_is_not_there_is_not_found()
    {
        (await UpdateAsync(int.MaxValue, new() { Name = "x" })).Refused().Message.ShouldBe("Custom OAuth profile not found");
        (await DeleteAsync(int.MaxValue)).Refused().Kind.ShouldBe(RefusalKind.NotFound);
        (await FindAsync(int.MaxValue)).ShouldBeNull();
    }

    [Fact]
    public async Task Connections_that_wait_because_of_the_wrong_client_are_tried_again_at_once()
    {
        var (made, other) = ((await CreateAsync(Wanted)).Granted(), (await CreateAsync(Wanted)).Granted());
        var now = workspace.Time.GetUtcNow();
        var later = now + TimeSpan.FromMinutes(10);
        var waits = await UsedByAsync(made.Id, later, failures: 3);
        var (lives, lost, others) = (await UsedByAsync(made.Id, later, failures: 0), await UsedByAsync(made.Id, null, failures: 1), await UsedByAsync(other.Id, later, failures: 3));

        (await UpdateAsync(made.Id, new() { Name = "Renamed", ClientId = "client-1" })).Granted();
        (await DueAsync(waits)).ShouldBe(later);

        (await UpdateAsync(made.Id, new() { ClientSecret = new("right") })).Granted();
        (await DueAsync(waits)).ShouldBe(now);
        (await DueAsync(lives)).ShouldBe(later);
        (await DueAsync(lost)).ShouldBeNull();
        (await DueAsync(others)).ShouldBe(later);
    }

    [Fact]
    public async Task It_tells_how_many_connections_use_it_and_which()
    {
        var made = (await CreateAsync(Wanted)).Granted();
        var (one, two) = (await UsedByAsync(made.Id), await UsedByAsync(made.Id));

        (await FindAsync(made.Id))!.Connections.ShouldBe(2);
        (await workspace.AskAsync<OAuthProfiles, IReadOnlyList<ConnectionUser>>(p => p.UsersAsync(made.Id, Cancel)))
            .ShouldBe([new("connection", one, "Uses it"), new("connection", two, "Uses it")]);
    }

    [Fact]
    public async Task One_in_use_is_not_deleted_and_the_refusal_names_what_uses_it()
    {
        var made = (await CreateAsync(Wanted)).Granted();
        var connection = await UsedByAsync(made.Id);

        var refused = (await DeleteAsync(made.Id)).Refused();

        refused.Kind.ShouldBe(RefusalKind.InUse);
        refused.Users.ShouldBe([new("connection", connection, "Uses it")]);
        refused.Message.ShouldBe($"The OAuth app 'Desk, month end' is in use by connection 'Uses it' ({connection}). Connect them by another OAuth app first, or delete them.");
        (await FindAsync(made.Id)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_many_connections_the_first_are_named_and_the_others_counted()
    {
        var made = (await CreateAsync(Wanted)).Granted();
        for (var i = 0; i < 22; i++) await UsedByAsync(made.Id);

        var refused = (await DeleteAsync(made.Id)).Refused();

        refused.Users.Count.ShouldBe(20);
        refused.Message.ShouldContain(" and 2 more. ");
    }

    [Fact]
    public async Task A_connection_that_begins_to_use_it_while_it_is_deleted_is_a_refusal()
    {
        var made = (await CreateAsync(Wanted)).Granted();
        var node = workspace.StartNode(configure: services => BeforeDelete.Do(services, () => UsedByAsync(made.Id)));

        var result = await workspace.AskAsync<OAuthProfiles, Result<bool>>(p => p.DeleteAsync(made.Id, Cancel), node);

        result.Refused().Users.ShouldHaveSingleItem().Kind.ShouldBe("connection");
        (await FindAsync(made.Id)).ShouldNotBeNull();
    }

    [Fact]
    public async Task One_that_nothing_uses_is_deleted()
    {
        var made = (await CreateAsync(Wanted)).Granted();

        (await DeleteAsync(made.Id)).Granted().ShouldBeTrue();

        (await FindAsync(made.Id)).ShouldBeNull();
    }

    private Task<Result<bool>> DeleteAsync(int id) => workspace.AskAsync<OAuthProfiles, Result<bool>>(p => p.DeleteAsync(id, Cancel));

    private async Task<DateTimeOffset?> DueAsync(int connection) => (await workspace.RowAsync(connection))!.RefreshDueAt;

    private async Task<int> UsedByAsync(int profile, DateTimeOffset? due = null, int failures = 0)
    {
        var made = (await workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.CreateAsync(new() { Name = "Uses it", Provider = OAuthDesk.Provider, Proving = Proving.Skipped }, Cancel))).Granted();
        await workspace.DbAsync(db => db.Connections.Where(c => c.Id == made.Id).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.CustomOAuthProfileId, profile).SetProperty(c => c.RefreshDueAt, due).SetProperty(c => c.RefreshFailures, failures), Cancel));
        return made.Id;
    }
}
