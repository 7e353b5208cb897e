using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests;

/// <summary>Connections are disconnected and deleted.</summary>
public abstract partial class ConnectionServiceTests
{
    [Fact]
    public async Task Disconnecting_takes_credentials_and_identity_and_leaves_the_connection()
    {
        var made = (await CreateAsync("right")).Granted();

        (await DisconnectAsync(made.Id)).Granted().ShouldBeTrue();

        var row = (await workspace.RowAsync(made.Id))!;
        (row.SealedSecrets, row.Status, row.Identity, row.AuthorizedAt, row.TestedAt, row.Error).ShouldBe((null, null, null, null, null, null));
    }

    [Fact]
    public async Task Disconnecting_twice_is_no_error()
    {
        var made = (await CreateAsync("right")).Granted();
        await DisconnectAsync(made.Id);

        (await DisconnectAsync(made.Id)).Granted().ShouldBeFalse();
    }

    [Fact]
    public async Task A_disconnected_connection_is_connected_again_under_the_same_id()
    {
        var made = (await CreateAsync("right")).Granted();
        await DisconnectAsync(made.Id);

        var again = (await UpdateAsync(made.Id, new() { Input = Given(("password", "right")) })).Granted();

        (again.Id, again.Status).ShouldBe((made.Id, AuthorizationStatus.Success));
    }

    [Fact]
    public async Task A_connection_in_use_is_not_disconnected_and_the_refusal_names_what_uses_it()
    {
        var made = (await CreateAsync("right")).Granted();
        workspace.Users.Use(made.Id, new("recipe", 17, "Sync tickets"));

        var refused = (await DisconnectAsync(made.Id)).Refused();

        refused.Kind.ShouldBe(RefusalKind.InUse);
        refused.Users.ShouldBe([new("recipe", 17, "Sync tickets")]);
        refused.Message.ShouldContain("recipe 'Sync tickets' (17)");
        (await workspace.RowAsync(made.Id))!.HasCredentials.ShouldBeTrue();
    }

    [Fact]
    public async Task Disconnecting_by_force_does_not_ask_what_uses_it()
    {
        var made = (await CreateAsync("right")).Granted();
        workspace.Users.Use(made.Id, new("recipe", 17, "Sync tickets"));

        (await DisconnectAsync(made.Id, force: true)).Granted().ShouldBeTrue();
    }

    [Fact]
    public async Task A_connection_in_use_is_not_deleted_and_the_refusal_names_what_uses_it()
    {
        var made = (await CreateAsync("right")).Granted();
        workspace.Users.Use(made.Id, new("recipe", 17, "Sync tickets"));

        var refused = (await DeleteAsync(made.Id)).Refused();

        refused.Kind.ShouldBe(RefusalKind.InUse);
        refused.Users.ShouldBe([new("recipe", 17, "Sync tickets")]);
        (await workspace.RowAsync(made.Id)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_connection_with_runtime_user_connections_is_not_deleted()
    {
        var parent = await ShellAsync();
        var child = (await CreateAsync(Shell() with { ParentId = parent.Id, ExternalId = "u-1", Name = "Of u-1" })).Granted();

        (await DeleteAsync(parent.Id)).Refused().Users.ShouldBe([new("runtime user connection", child.Id, "Of u-1")]);
    }

    [Fact]
    public async Task A_runtime_user_connection_that_comes_while_its_parent_is_deleted_is_a_refusal()
    {
        var parent = await ShellAsync();
        var node = workspace.StartNode(configure: services => BeforeDelete.Do(services, () => CreateAsync(Shell() with { ParentId = parent.Id, ExternalId = "u-1" })));

        var result = await workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DeleteAsync(parent.Id, Cancel), node);

        result.Refused().Users.ShouldHaveSingleItem().Kind.ShouldBe("runtime user connection");
    }

    [Fact]
    public async Task Deleting_takes_the_row()
    {
        var made = (await CreateAsync("right")).Granted();

        (await DeleteAsync(made.Id)).Granted().ShouldBeTrue();

        (await workspace.RowAsync(made.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task Deleting_twice_does_not_find_it_the_second_time()
    {
        var made = (await CreateAsync("right")).Granted();
        await DeleteAsync(made.Id);

        (await DeleteAsync(made.Id)).Refused().Kind.ShouldBe(RefusalKind.NotFound);
    }
}
