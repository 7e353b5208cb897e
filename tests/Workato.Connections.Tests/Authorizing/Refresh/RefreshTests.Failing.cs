using Workato.Connections.Tests.Authorizing.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing.Refresh;

/// <summary>What becomes of a connection that gets no new tokens.</summary>
public abstract partial class RefreshTests
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_permission_that_was_taken_back_loses_the_connection_with_time_and_reason()
    {
        var made = await ConnectedAsync();
        App.Instead = IssuingApp.Refuses("invalid_grant");

        var refusal = (await RenewAsync(made)).ShouldNotBeNull();

        var row = await RowAsync(made);
        (row.Status, row.LostAt, row.RefreshDueAt, row.RefreshHolder, row.CredentialVersion).ShouldBe((AuthorizationStatus.Failed, Now, null, null, made.CredentialVersion));
        (row.Error, row.LostReason).ShouldBe((refusal.Message, refusal.Message));
        refusal.Kind.ShouldBe(RefusalKind.NotConnected);
        refusal.Message.ShouldStartWith("Test Suite has taken back the permission (invalid_grant).");
    }

    [Fact]
    public async Task An_app_is_not_asked_again_for_what_is_lost()
    {
        var made = await ConnectedAsync();
        App.Instead = IssuingApp.Refuses("invalid_grant");
        await RenewAsync(made);
        App.Instead = null;
        Workspace.Time.Advance(TimeSpan.FromDays(1));

        (await RenewAsync(made)).ShouldNotBeNull().Kind.ShouldBe(RefusalKind.NotConnected);

        App.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_refresh_token_the_end_of_the_access_token_is_the_end()
    {
        var made = await ConnectedAsync(IssuingApp.First(Now) with { RefreshToken = null });
        Workspace.Time.Advance(TimeSpan.FromHours(2));

        (await RenewAsync(made)).ShouldNotBeNull().Message.ShouldContain("Connect again");

        var row = await RowAsync(made);
        (row.Status, row.LostAt, App.Asked.Count).ShouldBe((AuthorizationStatus.Failed, Now, 0));
    }

    [Fact]
    public async Task While_the_old_token_lives_an_app_that_is_down_says_nothing_about_the_connection()
    {
        var made = await ConnectedAsync();
        App.Instead = TestApp.Says(503, "");

        var refusal = (await RenewAsync(made)).ShouldNotBeNull();

        var row = await RowAsync(made);
        (row.Status, row.Error, row.LostAt).ShouldBe((AuthorizationStatus.Success, null, null));
        (row.RefreshFailures, row.RefreshProblem, row.RefreshDueAt, row.RefreshHolder).ShouldBe((1, refusal.Message, Now + FirstWait, null));
        (refusal.Kind, refusal.RetryAfter).ShouldBe((RefusalKind.NotNow, FirstWait));
    }

    [Fact]
    public async Task When_the_old_token_has_ended_it_is_an_exception_and_still_not_lost()
    {
        var made = await ConnectedAsync();
        App.Instead = TestApp.Says(503, "");
        Workspace.Time.Advance(TimeSpan.FromHours(2));

        var refusal = (await RenewAsync(made)).ShouldNotBeNull();

        var row = await RowAsync(made);
        (row.Status, row.Error, row.LostAt, row.LostReason).ShouldBe((AuthorizationStatus.Exception, refusal.Message, null, null));
    }

    [Theory]
    [InlineData(403, "<html>Blocked</html>", "text/html")]
    [InlineData(404, "", "text/plain")]
    [InlineData(403, """{"message":"Forbidden"}""", "application/json")]
    public async Task What_stands_before_the_app_cannot_lose_a_connection(int status, string body, string type)
    {
        var made = await ConnectedAsync();
        App.Instead = TestApp.Says(status, body, type);
        Workspace.Time.Advance(TimeSpan.FromHours(2));

        var refusal = (await RenewAsync(made)).ShouldNotBeNull();

        (refusal.Kind, refusal.RetryAfter).ShouldBe((RefusalKind.NotNow, FirstWait));
        var row = await RowAsync(made);
        (row.Status, row.Error, row.LostAt, row.RefreshDueAt).ShouldBe((AuthorizationStatus.Exception, refusal.Message, null, Now + FirstWait));
    }

    [Fact]
    public async Task It_clears_by_itself_when_the_app_is_back()
    {
        var made = await ConnectedAsync();
        App.Instead = TestApp.Says(503, "");
        Workspace.Time.Advance(TimeSpan.FromHours(2));
        await RenewAsync(made);
        App.Instead = null;
        Workspace.Time.Advance(FirstWait);

        (await RenewAsync(made)).ShouldBeNull();

        var row = await RowAsync(made);
        (row.Status, row.Error, row.LostAt, row.RefreshFailures, row.RefreshProblem).ShouldBe((AuthorizationStatus.Success, null, null, 0, null));
    }

    [Fact]
    public async Task A_client_the_app_does_not_know_can_be_put_right_without_connecting_again()
    {
        var made = await ConnectedAsync();
        App.Instead = IssuingApp.Refuses("invalid_client", 401);
        Workspace.Time.Advance(TimeSpan.FromHours(2));
        await RenewAsync(made);
        var failed = await RowAsync(made);
        App.Instead = null;
        Workspace.Time.Advance(FirstWait);

        (await RenewAsync(made)).ShouldBeNull();

        (failed.Status, failed.RefreshDueAt is not null).ShouldBe((AuthorizationStatus.Failed, true));
        (await RowAsync(made)).Status.ShouldBe(AuthorizationStatus.Success);
    }

    [Fact]
    public async Task Within_the_wait_the_app_is_left_alone_and_everybody_told_how_long()
    {
        var made = await ConnectedAsync();
        App.Instead = TestApp.Says(503, "");
        await RenewAsync(made);
        Workspace.Time.Advance(TimeSpan.FromSeconds(2));

        var refusal = (await RenewAsync(made)).ShouldNotBeNull();

        (refusal.Kind, refusal.RetryAfter, App.Asked.Count).ShouldBe((RefusalKind.NotNow, TimeSpan.FromSeconds(3), 1));
    }

    [Fact]
    public async Task After_the_wait_it_is_tried_again_and_the_next_wait_is_longer()
    {
        var made = await ConnectedAsync();
        App.Instead = TestApp.Says(503, "");
        await RenewAsync(made);
        Workspace.Time.Advance(FirstWait);

        (await RenewAsync(made)).ShouldNotBeNull().RetryAfter.ShouldBe(FirstWait * 2);

        App.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_app_may_say_how_long_to_wait()
    {
        var made = await ConnectedAsync();
        App.Instead = context =>
        {
            context.Response.Headers.RetryAfter = "120";
            return TestApp.Says(429, "")(context);
        };

        (await RenewAsync(made)).ShouldNotBeNull().RetryAfter.ShouldBe(TimeSpan.FromMinutes(2));

        (await RowAsync(made)).RefreshDueAt.ShouldBe(Now.AddMinutes(2));
    }

    [Fact]
    public async Task An_answer_that_never_came_is_remembered_when_the_app_refuses_next()
    {
        var made = await ConnectedAsync();
        var gate = new Gate();
        App.Meanwhile = gate.PassAsync;
        var unknown = Refresher(Workspace.Services).Begin(made.Id, made.CredentialVersion);
        await gate.Reached;
        (await RunClockAsync(unknown, TimeSpan.FromSeconds(5))).Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.NotNow);
        var between = await RowAsync(made);
        gate.Open();
        App.Meanwhile = () => Task.CompletedTask;
        Workspace.Time.Advance(FirstWait);

        // The app issued them then: rt-0 is used.
        var words = (await RenewAsync(made)).ShouldNotBeNull().Message;

        (between.Status, between.LostAt).ShouldBe((AuthorizationStatus.Success, null));
        words.ShouldContain("Test Suite has taken back the permission");
        words.ShouldContain("An earlier attempt to get new tokens never got its answer");
    }

    [Fact]
    public async Task What_the_app_said_to_a_request_is_not_taken_back_by_new_tokens()
    {
        var made = await ConnectedAsync();
        App.Instead = TestApp.Says(503, "");
        await RenewAsync(made);
        await MarkAsync(made, AuthorizationStatus.Failed, "Your account is locked.");
        App.Instead = null;
        Workspace.Time.Advance(FirstWait);

        (await RenewAsync(made)).ShouldBeNull();

        var row = await RowAsync(made);
        (row.Status, row.Error, row.RefreshProblem).ShouldBe((AuthorizationStatus.Failed, "Your account is locked.", null));
    }

    [Fact]
    public async Task Nor_by_trouble_that_came_afterwards_and_passed()
    {
        var made = await ConnectedAsync();
        await MarkAsync(made, AuthorizationStatus.Failed, "Your account is locked.");
        Workspace.Time.Advance(TimeSpan.FromHours(2));
        App.Instead = TestApp.Says(503, "");
        await RenewAsync(made);
        App.Instead = null;
        Workspace.Time.Advance(FirstWait);

        (await RenewAsync(made)).ShouldBeNull();

        var row = await RowAsync(made);
        (row.Status, row.Error, row.RefreshProblem).ShouldBe((AuthorizationStatus.Failed, "Your account is locked.", null));
    }
}
