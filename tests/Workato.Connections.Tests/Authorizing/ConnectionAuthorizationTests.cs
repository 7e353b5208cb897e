using System.Web;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Authorizing;
using Workato.Connections.Tests.Authorizing.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing;

/// <summary>The trip to an app and back, on whichever database.</summary>
public abstract partial class ConnectionAuthorizationTests(Workspace workspace) : TokenScene(workspace)
{
    private const string Browser = "browser-1";
    private const string Callback = "https://here.example/oauth/callback";

    [Fact]
    public async Task Who_agrees_has_a_connection()
    {
        var ended = await ComeBackAsync(await SetOutAsync());

        var made = ended.Connection.ShouldNotBeNull();
        (made.Name, made.Status, made.Identity, made.RequestedScopes).ShouldBe(("Suite", AuthorizationStatus.Success, "bot@suite.example", "read"));
        (await TokenAsync(made)).ShouldBe("at-1");
    }

    [Fact]
    public async Task The_verifier_that_is_sent_is_that_of_the_challenge()
    {
        var away = await SetOutAsync();

        await ComeBackAsync(away);

        var form = App.Asked.ShouldHaveSingleItem();
        AuthorizationRequests.Challenge(form["code_verifier"]).ShouldBe(away["code_challenge"]);
        (form["redirect_uri"], away["redirect_uri"]).ShouldBe((Callback, Callback));
    }

    [Fact]
    public async Task Nothing_is_made_before_the_person_is_back()
    {
        await SetOutAsync();

        (await CountAsync()).ShouldBe(0);
        App.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_callback_counts_once()
    {
        var away = await SetOutAsync();
        (await ComeBackAsync(away)).Connection.ShouldNotBeNull();

        (await ComeBackAsync(away)).Refusal.ShouldNotBeNull().Message.ShouldStartWith("This was used already");

        (App.Asked.Count, await CountAsync()).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData("another browser")]
    [InlineData(null)]
    public async Task Somebody_else_s_browser_neither_gets_it_nor_uses_it_up(string? browser)
    {
        var away = await SetOutAsync();

        (await ComeBackAsync(away, browser: browser)).Refusal.ShouldNotBeNull();
        App.Asked.ShouldBeEmpty();

        (await ComeBackAsync(away)).Connection.ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_takes_longer_than_ten_minutes_begins_again()
    {
        var away = await SetOutAsync();
        Workspace.Time.Advance(TimeSpan.FromMinutes(10));

        (await ComeBackAsync(away)).Refusal.ShouldNotBeNull().Message.ShouldStartWith("It took longer than ten minutes");

        (App.Asked.Count, await CountAsync()).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("https://evil.example", false)]
    [InlineData("https://suite.example/", false)]
    [InlineData("https://suite.example", true)]
    [InlineData(null, true)]
    public async Task An_answer_by_another_issuer_is_an_attack(string? issuer, bool counts)
    {
        var callback = new Dictionary<string, string> { ["code"] = "code-1" };
        if (issuer is not null) callback["iss"] = issuer;

        var ended = await ComeBackAsync(await SetOutAsync(), callback);

        (ended.Refusal is null, App.Asked.Count).ShouldBe((counts, counts ? 1 : 0));
        if (!counts) ended.Refusal!.Message.ShouldStartWith("The answer came from another sign-in service than Test Suite's.");
    }

    [Theory]
    [InlineData("access_denied", null, "Access was denied at Test Suite.")]
    [InlineData("access_denied", "An administrator must grant consent", "wants an administrator of its own to agree first")]
    [InlineData("consent_required", "AADSTS65001", "wants an administrator of its own to agree first")]
    [InlineData("access_denied", "The app has not completed the verification process", "still in testing mode")]
    [InlineData("invalid_scope", "tickets.all", "does not know one of the permissions asked for")]
    [InlineData("redirect_uri_mismatch", null, "does not know the address people are sent back to")]
    [InlineData("invalid_request", "The redirect_uri is not registered", "does not know the address people are sent back to")]
    [InlineData("unauthorized_client", null, "does not know the OAuth app")]
    [InlineData("temporarily_unavailable", null, "is in trouble and could not sign anybody in")]
    [InlineData("something_else", null, "did not let anybody sign in (something_else)")]
    public async Task Why_the_app_sent_somebody_back_without_a_code_is_said_and_nothing_is_made(string error, string? said, string words)
    {
        var callback = new Dictionary<string, string> { ["error"] = error };
        if (said is not null) callback["error_description"] = said;

        var ended = await ComeBackAsync(await SetOutAsync(), callback);

        ended.Refusal.ShouldNotBeNull().Message.ShouldContain(words);
        if (said is not null) ended.Refusal!.Message.ShouldContain($"Test Suite says: “{said}”.");
        (App.Asked.Count, await CountAsync()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Without_code_and_error_nothing_is_made()
    {
        (await ComeBackAsync(await SetOutAsync(), [])).Refusal.ShouldNotBeNull().Message.ShouldContain("sent nobody back with a code");

        (App.Asked.Count, await CountAsync()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_code_the_app_does_not_take_makes_nothing()
    {
        (await ComeBackAsync(await SetOutAsync(), new() { ["code"] = "made-up" })).Refusal.ShouldNotBeNull().Message.ShouldStartWith("Test Suite did not accept what came back from signing in (invalid_grant).");

        (App.Asked.Count, await CountAsync()).ShouldBe((1, 0));
    }

    [Fact]
    public async Task The_window_that_waits_is_told_why_it_came_to_nothing()
    {
        var away = await SetOutAsync();

        var ended = await ComeBackAsync(away, new() { ["error"] = "access_denied" });

        var attempt = await Workspace.AskAsync<AuthorizationAttempts, AuthorizationAttempt?>(a => a.FindAsync(ended.Attempt!.Id, Browser, Cancel));
        (attempt.ShouldNotBeNull().Problem, attempt.FinishedAt).ShouldBe((ended.Refusal!.Message, Now));
    }

    // Closing the window ends the request. The code is used by then, and what was issued for it would be lost.
    [Fact]
    public async Task Who_closes_the_window_on_the_way_back_is_connected_all_the_same()
    {
        var away = await SetOutAsync();
        using var closed = new CancellationTokenSource();
        App.Meanwhile = () => closed.CancelAsync();

        var ended = await Workspace.AskAsync<ConnectionAuthorization, EndedAuthorization>(a => a.CompleteAsync(Sent(away), Browser, closed.Token));

        (await TokenAsync(ended.Connection.ShouldNotBeNull())).ShouldBe("at-1");
    }

    [Fact]
    public async Task A_new_connection_whose_test_fails_keeps_what_the_app_issued()
    {
        App.Api = TestApp.Says(403, "{}");

        var made = (await ComeBackAsync(await SetOutAsync())).Connection.ShouldNotBeNull();

        (made.Status, await TokenAsync(made)).ShouldBe((AuthorizationStatus.Failed, "at-1"));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(503)]
    public async Task What_works_is_not_replaced_by_what_was_not_proved(int status)
    {
        var made = await ConnectedAsync();
        var before = await TokenAsync(made);
        App.Api = TestApp.Says(status, "{}");

        var refusal = (await ReconnectAsync(made.Id)).Refused();

        refusal.Message.ShouldContain("Nothing was changed: the connection keeps the credentials it had.");
        refusal.Diagnosis.ShouldNotBeNull();
        (await TokenAsync(made)).ShouldBe(before);
    }

    [Theory]
    [InlineData(503, true)]
    [InlineData(401, false)]
    public async Task What_was_lost_is_replaced_unless_the_app_refuses(int status, bool isReplaced)
    {
        var made = await ConnectedAsync();
        await MarkAsync(made, AuthorizationStatus.Failed, "Taken back.");
        App.Api = TestApp.Says(status, "{}");

        var again = await ReconnectAsync(made.Id);

        (again.Refusal is null, await TokenAsync(made) == "at-again").ShouldBe((isReplaced, isReplaced));
    }

    private static Dictionary<string, string> Sent(Dictionary<string, string> away, Dictionary<string, string>? callback = null) =>
        new(callback ?? new() { ["code"] = "code-1" }) { ["state"] = away["state"] };

    /// <summary>The query of the address somebody is sent to.</summary>
    private async Task<Dictionary<string, string>> SetOutAsync(int? id = null)
    {
        var to = new ReturnTo(Callback, Browser, Page: false);
        var begun = (await Workspace.AskAsync<ConnectionAuthorization, Result<BegunAuthorization>>(a => id is { } there
            ? a.BeginAsync(there, Input(), to, Cancel)
            : a.BeginAsync(new NewConnection { Name = "Suite", Provider = TestSuite.Provider, Input = Input() }, to, Cancel))).Granted();
        var query = HttpUtility.ParseQueryString(new Uri(begun.Address).Query);
        return query.AllKeys.ToDictionary(k => k!, k => query[k]!);
    }

    private Task<EndedAuthorization> ComeBackAsync(Dictionary<string, string> away, Dictionary<string, string>? callback = null, string? browser = Browser) =>
        Workspace.AskAsync<ConnectionAuthorization, EndedAuthorization>(a => a.CompleteAsync(Sent(away, callback), browser, Cancel));

    private Task<int> CountAsync() => Workspace.DbAsync(db => db.Connections.CountAsync(Cancel));
}

public sealed class ConnectionAuthorizationOnSqlite(SqliteWorkspace workspace) : ConnectionAuthorizationTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class ConnectionAuthorizationOnPostgres(PostgresWorkspace workspace) : ConnectionAuthorizationTests(workspace), IClassFixture<PostgresWorkspace>;
