using Microsoft.EntityFrameworkCore;
using Workato.Connections.Tests.Authorizing.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing;

/// <summary>A connection that is there is connected again.</summary>
public abstract partial class ConnectionAuthorizationTests
{
    [Fact]
    public async Task Connecting_again_keeps_the_id_and_takes_the_new_tokens()
    {
        var made = await ConnectedAsync();

        (await ComeBackAsync(await SetOutAsync(made.Id))).Connection.ShouldNotBeNull().Id.ShouldBe(made.Id);

        (await TokenAsync(made), await CountAsync()).ShouldBe(("at-1", 1));
    }

    [Fact]
    public async Task Connecting_again_finds_a_lost_connection()
    {
        var made = await ConnectedAsync();
        App.Instead = IssuingApp.Refuses("invalid_grant");
        await RenewAsync(made);
        App.Instead = null;

        (await ComeBackAsync(await SetOutAsync(made.Id))).Connection.ShouldNotBeNull();

        var row = await RowAsync(made);
        (row.Status, row.Error, row.LostAt, row.LostReason, row.RefreshProblem, row.RefreshFailures).ShouldBe((AuthorizationStatus.Success, null, null, null, null, 0));
    }

    [Fact]
    public async Task Who_sets_out_and_never_comes_back_leaves_it_as_it_was()
    {
        var made = await ConnectedAsync();
        var before = await RowAsync(made);

        await SetOutAsync(made.Id);

        (await RowAsync(made)).ShouldBeEquivalentTo(before);
    }

    [Theory]
    [InlineData("error", "access_denied")]
    [InlineData("code", "made-up")]
    [InlineData("iss", "https://evil.example")]
    public async Task What_comes_to_nothing_leaves_it_as_it_was(string name, string value)
    {
        var made = await ConnectedAsync();
        var before = await RowAsync(made);

        (await ComeBackAsync(await SetOutAsync(made.Id), new() { [name] = value })).Refusal.ShouldNotBeNull();

        (await RowAsync(made)).ShouldBeEquivalentTo(before);
    }

    [Fact]
    public async Task New_tokens_the_app_does_not_accept_leave_the_old()
    {
        var made = await ConnectedAsync();
        var before = await RowAsync(made);
        App.Api = TestApp.Says(403, "{}");

        (await ComeBackAsync(await SetOutAsync(made.Id))).Refusal.ShouldNotBeNull().Message.ShouldEndWith("Nothing was changed: the connection keeps the credentials it had.");

        (await RowAsync(made)).ShouldBeEquivalentTo(before);
    }

    [Fact]
    public async Task Tokens_that_are_renewed_while_the_person_is_away_do_not_keep_the_new_ones_out()
    {
        var made = await ConnectedAsync();
        var away = await SetOutAsync(made.Id);
        (await RenewAsync(made)).ShouldBeNull();

        (await ComeBackAsync(away)).Connection.ShouldNotBeNull();

        (await TokenAsync(made)).ShouldBe("at-2");
    }

    [Fact]
    public async Task Tokens_that_are_renewed_while_the_new_ones_are_proved_do_not_keep_them_out()
    {
        var made = await ConnectedAsync();
        var away = await SetOutAsync(made.Id);
        var (answer, done) = (App.Api, 0);
        App.Api = async context =>
        {
            if (Interlocked.Exchange(ref done, 1) == 0) (await RenewAsync(made)).ShouldBeNull();
            await answer(context);
        };

        (await ComeBackAsync(away)).Refusal.ShouldBeNull();

        // at-1 came with the code, at-2 by the renewal.
        (await TokenAsync(made)).ShouldBe("at-1");
    }

    [Fact]
    public async Task A_connection_that_is_deleted_while_the_person_is_away_is_not_made_again()
    {
        var made = await ConnectedAsync();
        var away = await SetOutAsync(made.Id);
        await Workspace.DbAsync(db => db.Connections.Where(c => c.Id == made.Id).ExecuteDeleteAsync(Cancel));

        (await ComeBackAsync(away)).Refusal.ShouldNotBeNull();

        (App.Asked.Count, await CountAsync()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Nobody_is_sent_away_for_a_way_that_needs_no_trip()
    {
        var refused = (await Workspace.AskAsync<ConnectionAuthorization, Result<BegunAuthorization>>(a => a.BeginAsync(
            new NewConnection { Name = "Suite", Provider = TestSuite.Provider, Input = Input("machine", ("app_id", "a"), ("app_secret", "b")) }, new(Callback, Browser, Page: false), Cancel))).Refused();

        refused.Errors["input"].ShouldHaveSingleItem().ShouldContain("needs no trip there");
    }
}
