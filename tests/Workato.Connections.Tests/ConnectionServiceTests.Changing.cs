using Workato.Connections.Projects;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests;

/// <summary>Connections are changed and reconnected.</summary>
public abstract partial class ConnectionServiceTests
{
    [Fact]
    public async Task New_credentials_that_work_replace_the_old_ones_under_the_same_id()
    {
        var made = (await CreateAsync("right")).Granted();
        app.Answer = TestApp.Wants("bot", "newer");

        (await UpdateAsync(made.Id, new() { Input = Given(("password", "newer")) })).Granted().Id.ShouldBe(made.Id);

        (await TestAsync(made.Id)).Granted().Succeeded.ShouldBeTrue();
    }

    [Theory]
    [InlineData(Proving.Required)]
    [InlineData(Proving.Recorded)]
    public async Task New_credentials_that_fail_change_nothing_at_all(Proving proving)
    {
        var made = (await CreateAsync("right")).Granted();
        var before = await workspace.RowAsync(made.Id);

        var refused = (await UpdateAsync(made.Id, new() { Name = "Renamed", Description = "x", Input = Given(("password", "wrong")), Proving = proving })).Refused();

        refused.Kind.ShouldBe(RefusalKind.Unproved);
        refused.Message.ShouldEndWith("Nothing was changed: the connection keeps the credentials it had.");
        (await workspace.RowAsync(made.Id)).ShouldBeEquivalentTo(before);
    }

    [Fact]
    public async Task Credentials_in_use_are_not_replaced_by_untested_ones()
    {
        var made = (await CreateAsync("right")).Granted();

        (await UpdateAsync(made.Id, new() { Input = Given(("password", "newer")), Proving = Proving.Skipped })).RefusedField("shell_connection").ShouldStartWith("must be false here");
    }

    [Fact]
    public async Task A_wrong_name_keeps_new_credentials_out_too()
    {
        var made = (await CreateAsync("right")).Granted();
        var before = await workspace.RowAsync(made.Id);

        (await UpdateAsync(made.Id, new() { Name = "", Input = Given(("password", "right")) })).RefusedField("name");

        (await workspace.RowAsync(made.Id)).ShouldBeEquivalentTo(before);
    }

    [Fact]
    public async Task A_secret_left_empty_stays_as_it_is()
    {
        var made = (await CreateAsync("right")).Granted();

        (await UpdateAsync(made.Id, new() { Input = Given(("password", ""), ("region", "eu")) })).Granted();

        (await TestAsync(made.Id)).Granted().Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_changed_address_demands_the_secrets_again()
    {
        await using var other = await TestApp.StartAsync();
        var made = (await CreateAsync("right")).Granted();

        (await UpdateAsync(made.Id, new() { Input = Given(("url", other.Url)) })).RefusedField("input.password")
            .ShouldBe("must be given again, because the address changes: stored secrets are not sent to another host");
    }

    [Fact]
    public async Task A_stored_secret_is_not_sent_to_a_changed_address()
    {
        await using var other = await TestApp.StartAsync();
        var asked = false;
        other.Answer = context =>
        {
            asked = true;
            return TestApp.Says(200, "{}")(context);
        };
        var made = (await CreateAsync("right")).Granted();

        await UpdateAsync(made.Id, new() { Input = Given(("url", other.Url)) });

        asked.ShouldBeFalse();
    }

    [Fact]
    public async Task A_changed_address_with_its_secrets_is_accepted()
    {
        await using var other = await TestApp.StartAsync();
        var made = (await CreateAsync("right")).Granted();

        (await UpdateAsync(made.Id, new() { Input = Given(("url", other.Url), ("password", "there")) })).Granted().Settings["url"].ShouldBe(other.Url);
    }

    [Fact]
    public async Task An_empty_shell_can_be_connected()
    {
        var shell = await ShellAsync();

        (await UpdateAsync(shell.Id, new() { Input = Input("right") })).Granted().Status.ShouldBe(AuthorizationStatus.Success);
    }

    [Fact]
    public async Task Credentials_of_another_way_to_sign_in_are_not_carried_over()
    {
        var made = (await CreateAsync("right")).Granted();

        (await UpdateAsync(made.Id, new() { Input = Given(("auth_type", "api_key")) })).RefusedField("input.api_key").ShouldBe("can't be blank");
    }

    [Fact]
    public async Task Another_way_to_sign_in_takes_the_place_of_the_first()
    {
        var made = (await CreateAsync("right")).Granted();
        app.Answer = TestApp.Says(200, "{}");

        var changed = (await UpdateAsync(made.Id, new() { Input = Given(("auth_type", "api_key"), ("api_key", "k-1")) })).Granted();

        changed.SignInBy.ShouldBe("api_key");
        changed.Settings.Keys.ShouldNotContain("username");
    }

    [Fact]
    public async Task An_update_that_comes_too_late_is_a_conflict_and_changes_nothing()
    {
        var made = (await CreateAsync("right")).Granted();
        var first = true;
        app.Answer = async context =>
        {
            if (first)
            {
                first = false;
                (await UpdateAsync(made.Id, new() { Name = "First", Input = Given(("password", "first")) })).Granted();
            }

            await TestApp.Says(200, "{}")(context);
        };

        (await UpdateAsync(made.Id, new() { Name = "Second", Input = Given(("password", "second")) })).Refused().Kind.ShouldBe(RefusalKind.Conflict);

        (await workspace.RowAsync(made.Id))!.Name.ShouldBe("First");
    }

    [Fact]
    public async Task An_update_of_a_connection_that_goes_meanwhile_does_not_find_it()
    {
        var made = (await CreateAsync("right")).Granted();
        app.Answer = async context =>
        {
            (await DeleteAsync(made.Id)).Granted();
            await TestApp.Says(200, "{}")(context);
        };

        (await UpdateAsync(made.Id, new() { Input = Given(("password", "newer")) })).Refused().Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Fact]
    public async Task A_move_into_a_folder_that_goes_meanwhile_is_a_refusal()
    {
        var (made, folder) = ((await CreateAsync("right")).Granted(), await FolderAsync());
        app.Answer = async context =>
        {
            await workspace.AskAsync<ProjectService, Result<bool>>(s => s.DeleteFolderAsync(folder.Id, Cancel));
            await TestApp.Says(200, "{}")(context);
        };

        (await UpdateAsync(made.Id, new() { FolderId = folder.Id, Input = Given(("password", "right")) })).RefusedField("folder_id").ShouldStartWith($"there is no folder {folder.Id}");
    }

    [Fact]
    public async Task A_connection_with_runtime_user_connections_cannot_become_one_itself()
    {
        var (grandparent, parent) = (await ShellAsync(), await ShellAsync());
        (await CreateAsync(Shell() with { ParentId = parent.Id, ExternalId = "u-1" })).Granted();

        (await UpdateAsync(parent.Id, new() { ParentId = grandparent.Id })).RefusedField("parent_id").ShouldBe("must be left out: this connection is a parent itself");
    }

    [Fact]
    public async Task A_connection_is_not_its_own_parent()
    {
        var shell = await ShellAsync();

        (await UpdateAsync(shell.Id, new() { ParentId = shell.Id })).RefusedField("parent_id").ShouldBe($"there is no connection {shell.Id} that could be the parent");
    }
}
