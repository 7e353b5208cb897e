using Microsoft.EntityFrameworkCore;
using Workato.Connections.Projects;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests;

/// <summary>Connections are made.</summary>
public abstract partial class ConnectionServiceTests
{
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
}
