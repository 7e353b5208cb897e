using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Calling;
using Workato.Connections.Data;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests;

/// <summary>Connections are tested, and what happens when their credentials cannot be read.</summary>
public abstract partial class ConnectionServiceTests
{
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

    // Nobody is told to look again at what this can look at itself.
    [Fact]
    public async Task Where_credentials_were_replaced_while_the_app_was_asked_it_is_asked_about_the_new_ones()
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

        (await TestAsync(made.Id)).Granted().Succeeded.ShouldBeTrue();

        (await workspace.RowAsync(made.Id))!.Status.ShouldBe(AuthorizationStatus.Success);
    }

    [Fact]
    public async Task A_test_of_credentials_that_never_stay_the_same_comes_to_an_end()
    {
        var made = (await CreateAsync("right")).Granted();
        var asked = 0;
        app.Answer = async context =>
        {
            asked++;
            await workspace.DbAsync(db => db.Connections.Where(c => c.Id == made.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.CredentialVersion, c => c.CredentialVersion + 1), Cancel));
            await TestApp.Says(200, "{}")(context);
        };

        (await TestAsync(made.Id)).Refused().Kind.ShouldBe(RefusalKind.Conflict);

        asked.ShouldBe(5);
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
    public async Task A_test_that_succeeds_takes_nothing_back_of_a_renewal_that_failed_while_the_app_was_asked()
    {
        var made = (await CreateAsync("right")).Granted();
        app.Answer = async context =>
        {
            await workspace.AskAsync<ConnectionsDbContext, int>(db => db.Connections.Where(c => c.RefreshProblem == null).ExecuteUpdateAsync(set => set
                .SetProperty(c => c.Status, AuthorizationStatus.Failed).SetProperty(c => c.Error, "The permission is gone.").SetProperty(c => c.RefreshProblem, "The permission is gone.").SetProperty(c => c.RefreshFailures, 1), Cancel));
            await TestApp.Says(200, "{}")(context);
        };

        await TestAsync(made.Id);

        var row = (await workspace.RowAsync(made.Id))!;
        (row.Status, row.Error).ShouldBe((AuthorizationStatus.Failed, "The permission is gone."));
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
}
