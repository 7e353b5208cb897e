using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Calling;
using Workato.Connections.Data;
using Workato.Connections.Health;
using Workato.Connections.Projects;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests;

/// <summary>The life of a connection, on whichever database, against an app on a real socket.</summary>
public abstract class ConnectionServiceTests(Workspace workspace) : IAsyncLifetime
{
    private TestApp app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        app.Answer = TestApp.Wants("bot", "right");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return app.DisposeAsync();
    }

    // Making.

    [Fact]
    public async Task A_new_connection_is_proved_and_knows_whose_account_it_is()
    {
        var made = (await CreateAsync("right")).Granted();

        var row = (await workspace.RowAsync(made.Id))!;
        row.Status.ShouldBe(AuthorizationStatus.Success);
        row.Identity.ShouldBe("bot@app.example");
        row.AuthorizedAt.ShouldBe(workspace.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_new_connection_lies_in_Home_where_nothing_else_is_said()
    {
        var made = (await CreateAsync("right")).Granted();

        made.FolderId.ShouldBe(await workspace.DbAsync(db => db.Folders.Where(f => f.ParentId == null).Select(f => f.Id).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task The_secret_is_in_no_column_of_the_row()
    {
        var made = (await CreateAsync("right")).Granted();

        var row = (await workspace.RowAsync(made.Id))!;
        row.Settings.ShouldBe(new Dictionary<string, string> { ["url"] = app.Url, ["username"] = "bot" });
        Convert.ToHexString(row.SealedSecrets!).ShouldNotContain(Convert.ToHexString("right"u8));
    }

    [Fact]
    public async Task Where_proving_is_required_a_connection_that_fails_is_not_made()
    {
        var before = await CountAsync();

        var refused = (await CreateAsync("wrong", Proving.Required)).Refused();

        refused.Kind.ShouldBe(RefusalKind.Unproved);
        refused.Message.ShouldStartWith("Test Desk did not accept the credentials (401 Unauthorized).");
        (await CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Where_proving_is_recorded_a_connection_that_fails_is_made_and_says_so()
    {
        var row = (await workspace.RowAsync((await CreateAsync("wrong", Proving.Recorded)).Granted().Id))!;

        row.Status.ShouldBe(AuthorizationStatus.Failed);
        row.Error.ShouldNotBeNull().ShouldStartWith("Test Desk did not accept the credentials");
        row.AuthorizedAt.ShouldBeNull();
        row.LostAt.ShouldBeNull();
    }

    [Fact]
    public async Task Where_proving_is_skipped_the_app_is_not_asked()
    {
        var asked = false;
        app.Answer = context =>
        {
            asked = true;
            return TestApp.Says(200, "{}")(context);
        };

        var row = (await workspace.RowAsync((await CreateAsync("right", Proving.Skipped)).Granted().Id))!;

        asked.ShouldBeFalse();
        row.Status.ShouldBeNull();
        row.HasCredentials.ShouldBeTrue();
    }

    [Fact]
    public async Task An_empty_shell_holds_no_credentials()
    {
        var row = (await workspace.RowAsync((await ShellAsync()).Id))!;

        row.HasCredentials.ShouldBeFalse();
        row.Status.ShouldBeNull();
    }

    [Fact]
    public async Task An_app_without_a_name_for_us_knows_us_by_the_user_name_we_gave()
    {
        app.Answer = TestApp.Says(200, "{}");

        (await CreateAsync("right")).Granted().Identity.ShouldBe("bot");
    }

    [Fact]
    public async Task An_unknown_provider_is_refused_with_what_was_meant() =>
        (await CreateAsync(new() { Name = "x", Provider = "zendeks" })).RefusedField("provider").ShouldBe("is not included in the list; did you mean 'zendesk'?");

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once() =>
        (await CreateAsync(new() { Name = " ", Provider = "test_desk", FolderId = int.MaxValue, ParentId = int.MaxValue, Input = new Dictionary<string, string?>() })).Refused()
            .Errors.Keys.ShouldBe(["name", "folder_id", "parent_id", "input.url", "input.username", "input.password"], ignoreOrder: true);

    [Fact]
    public async Task A_text_PostgreSQL_cannot_store_is_refused_by_field() =>
        (await CreateAsync(new() { Name = "a\0b", Provider = "test_desk", Proving = Proving.Skipped })).RefusedField("name").ShouldBe("must not contain the character U+0000");

    [Fact]
    public async Task The_longest_name_fits() => (await CreateAsync(new() { Name = new('ü', 255), Provider = "test_desk", Proving = Proving.Skipped })).Granted().Name.Length.ShouldBe(255);

    [Fact]
    public async Task A_name_that_is_too_long_is_refused() =>
        (await CreateAsync(new() { Name = new('ü', 256), Provider = "test_desk", Proving = Proving.Skipped })).RefusedField("name").ShouldBe("is too long (maximum is 255 characters)");

    [Fact]
    public async Task An_address_inside_the_network_makes_no_connection()
    {
        var before = await CountAsync();

        (await CreateAsync(New("right") with { Input = Input("right", ("url", "http://192.168.1.1")) })).RefusedField("input.url").ShouldStartWith("points inside the network");

        (await CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_folder_that_goes_while_the_app_is_asked_is_a_refusal()
    {
        var folder = await FolderAsync();
        app.Answer = async context =>
        {
            await workspace.AskAsync<ProjectService, Result<bool>>(s => s.DeleteFolderAsync(folder.Id, Cancel));
            await TestApp.Says(200, "{}")(context);
        };

        (await CreateAsync(New("right") with { FolderId = folder.Id })).RefusedField("folder_id").ShouldStartWith($"there is no folder {folder.Id}");
    }

    [Fact]
    public async Task Long_words_of_the_app_can_be_stored_on_either_database()
    {
        app.Answer = TestApp.Says(401, $$"""{"message":"{{new string('x', 199)}}😀"}""");

        var made = (await CreateAsync("right", Proving.Recorded)).Granted();

        (await workspace.RowAsync(made.Id))!.Error!.ShouldContain("xxx…");
    }

    // Changing.

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

    // Testing.

    [Fact]
    public async Task A_working_connection_that_is_refused_is_lost_with_time_and_reason()
    {
        var made = (await CreateAsync("right")).Granted();
        app.Answer = TestApp.Says(401, "{}");

        await TestAsync(made.Id);

        var row = (await workspace.RowAsync(made.Id))!;
        (row.Status, row.LostAt).ShouldBe((AuthorizationStatus.Failed, workspace.Time.GetUtcNow()));
        row.LostReason.ShouldBe(row.Error);
    }

    [Fact]
    public async Task An_app_that_is_down_does_not_make_a_connection_lost()
    {
        var made = (await CreateAsync("right")).Granted();
        app.Answer = TestApp.Says(503, "{}");

        await TestAsync(made.Id);

        var row = (await workspace.RowAsync(made.Id))!;
        (row.Status, row.LostAt).ShouldBe((AuthorizationStatus.Exception, null));
    }

    [Fact]
    public async Task A_test_that_succeeds_finds_a_lost_connection_again()
    {
        var made = (await CreateAsync("right")).Granted();
        app.Answer = TestApp.Says(401, "{}");
        await TestAsync(made.Id);
        app.Answer = TestApp.Wants("bot", "right");

        await TestAsync(made.Id);

        var row = (await workspace.RowAsync(made.Id))!;
        (row.Status, row.Error, row.LostAt, row.LostReason).ShouldBe((AuthorizationStatus.Success, null, null, null));
    }

    [Fact]
    public async Task A_test_is_not_a_change_by_somebody()
    {
        var made = (await CreateAsync("right")).Granted();
        workspace.Time.Advance(TimeSpan.FromHours(1));

        await TestAsync(made.Id);

        var row = (await workspace.RowAsync(made.Id))!;
        row.TestedAt.ShouldBe(workspace.Time.GetUtcNow());
        row.UpdatedAt.ShouldBe(made.UpdatedAt);
    }

    [Fact]
    public async Task What_an_app_says_about_replaced_credentials_changes_nothing()
    {
        var made = (await CreateAsync("right")).Granted();
        var first = true;
        app.Answer = async context =>
        {
            if (!first)
            {
                await TestApp.Says(200, "{}")(context);
                return;
            }

            first = false;
            (await UpdateAsync(made.Id, new() { Input = Given(("password", "newer")) })).Granted();
            await TestApp.Says(401, "{}")(context);
        };

        (await TestAsync(made.Id)).Refused().Kind.ShouldBe(RefusalKind.Conflict);

        (await workspace.RowAsync(made.Id))!.Status.ShouldBe(AuthorizationStatus.Success);
    }

    [Fact]
    public async Task A_test_that_succeeds_clears_what_a_call_marked_while_the_app_was_asked()
    {
        var made = (await CreateAsync("right")).Granted();
        app.Answer = async context =>
        {
            await workspace.AskAsync<ConnectionsDbContext, int>(db => db.Connections.ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, AuthorizationStatus.Failed), Cancel));
            await TestApp.Says(200, "{}")(context);
        };

        (await TestAsync(made.Id)).Granted().Succeeded.ShouldBeTrue();

        (await workspace.RowAsync(made.Id))!.Status.ShouldBe(AuthorizationStatus.Success);
    }

    [Fact]
    public async Task A_connection_without_credentials_cannot_be_tested() =>
        (await TestAsync((await ShellAsync()).Id)).Refused().Kind.ShouldBe(RefusalKind.NotConnected);

    // Credentials that cannot be read.

    [Fact]
    public async Task Altered_credentials_are_reported()
    {
        var made = await AlteredAsync();

        var refused = (await TestAsync(made.Id)).Refused();

        refused.Kind.ShouldBe(RefusalKind.NotConnected);
        refused.Message.ShouldBe("The credentials of the connection 'Desk' cannot be read: they were altered or sealed under a key that is gone. Enter them again.");
    }

    [Fact]
    public async Task Altered_credentials_are_reported_to_callers()
    {
        var made = await AlteredAsync();

        var refused = (await workspace.Services.GetRequiredService<ConnectionSnapshots>().GetAsync(made.Id)).Refused();

        refused.Message.ShouldContain("cannot be read");
    }

    [Fact]
    public async Task Altered_credentials_are_repaired_by_giving_everything_again()
    {
        var made = await AlteredAsync();

        (await UpdateAsync(made.Id, new() { Input = Input("right") })).Granted();

        (await TestAsync(made.Id)).Granted().Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Altered_credentials_are_not_repaired_by_giving_less()
    {
        var made = await AlteredAsync();

        (await UpdateAsync(made.Id, new() { Input = Given(("region", "eu")) })).RefusedField("input.password").ShouldBe("can't be blank");
    }

    [Fact]
    public async Task Credentials_copied_to_another_row_do_not_open_there()
    {
        var (one, other) = ((await CreateAsync("right")).Granted(), (await CreateAsync("right")).Granted());
        var stolen = (await workspace.RowAsync(one.Id))!.SealedSecrets;
        await workspace.DbAsync(db => db.Connections.Where(c => c.Id == other.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.SealedSecrets, stolen), Cancel));

        (await TestAsync(other.Id)).Refused().Kind.ShouldBe(RefusalKind.NotConnected);
    }

    // Disconnecting and deleting.

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
        var node = workspace.StartNode(configure: services => BeforeDeleting(services, () => CreateAsync(Shell() with { ParentId = parent.Id, ExternalId = "u-1" })));

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

    private static Dictionary<string, string?> Given(params (string Name, string Value)[] fields) => fields.ToDictionary(f => f.Name, f => (string?)f.Value);

    private static NewConnection Shell() => new() { Name = "Shell", Provider = "test_desk", Proving = Proving.Skipped };

    // The command interceptor sits between the service's last question and its DELETE.
    private static void BeforeDeleting(IServiceCollection services, Func<Task> act)
    {
        var before = new BeforeDelete(act);
        services.ConfigureDbContext<SqliteDbContext>(o => o.AddInterceptors(before));
        services.ConfigureDbContext<PostgresDbContext>(o => o.AddInterceptors(before));
    }

    private Dictionary<string, string?> Input(string password, params (string Name, string Value)[] more)
    {
        var input = Given(("auth_type", "basic"), ("url", app.Url), ("username", "bot"), ("password", password));
        foreach (var (name, value) in more) input[name] = value;
        return input;
    }

    private NewConnection New(string password, Proving proving = Proving.Recorded) =>
        new() { Name = "Desk", Provider = "test_desk", Input = Input(password), Proving = proving };

    private Task<Result<Connection>> CreateAsync(string password, Proving proving = Proving.Recorded) => CreateAsync(New(password, proving));

    private Task<Result<Connection>> CreateAsync(NewConnection wanted) => workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.CreateAsync(wanted, Cancel));

    private async Task<Connection> ShellAsync() => (await CreateAsync(Shell())).Granted();

    private Task<Result<Connection>> UpdateAsync(int id, ConnectionChange change) => workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.UpdateAsync(id, change, Cancel));

    private Task<Result<Proof>> TestAsync(int id) => workspace.AskAsync<ConnectionService, Result<Proof>>(s => s.TestAsync(id, Cancel));

    private Task<Result<bool>> DisconnectAsync(int id, bool force = false) => workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DisconnectAsync(id, force, Cancel));

    private Task<Result<bool>> DeleteAsync(int id) => workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DeleteAsync(id, Cancel));

    private Task<int> CountAsync() => workspace.DbAsync(db => db.Connections.CountAsync(Cancel));

    // In a project of its own, because only a folder that is no project can be deleted as one.
    private async Task<Folder> FolderAsync()
    {
        var project = (await workspace.AskAsync<ProjectService, Result<Folder>>(s => s.CreateAsync($"P {Guid.NewGuid()}", null, Cancel))).Granted();
        return (await workspace.AskAsync<ProjectService, Result<Folder>>(s => s.CreateAsync("F", project.Id, Cancel))).Granted();
    }

    private async Task<Connection> AlteredAsync()
    {
        var made = (await CreateAsync("right")).Granted();
        var altered = (await workspace.RowAsync(made.Id))!.SealedSecrets!;
        altered[^1] ^= 1;
        await workspace.DbAsync(db => db.Connections.Where(c => c.Id == made.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.SealedSecrets, altered), Cancel));
        return made;
    }

    private sealed class BeforeDelete(Func<Task> act) : DbCommandInterceptor
    {
        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            System.Data.Common.DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.StartsWith("DELETE", StringComparison.Ordinal)) await act();
            return result;
        }
    }
}

public sealed class ConnectionServiceOnSqlite(SqliteWorkspace workspace) : ConnectionServiceTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class ConnectionServiceOnPostgres(PostgresWorkspace workspace) : ConnectionServiceTests(workspace), IClassFixture<PostgresWorkspace>;
