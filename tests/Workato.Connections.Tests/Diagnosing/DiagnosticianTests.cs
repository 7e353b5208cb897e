using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Workato.Connections.Answers;
using Workato.Connections.AuthMethods;
using Workato.Connections.Connectors;
using Workato.Connections.Diagnosing;
using Workato.Connections.Secrets;

namespace Workato.Connections.Tests.Diagnosing;

/// <summary>What rules make of an answer. The failures produced for real are in the tests of the web.</summary>
public class DiagnosticianTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static ConnectorCatalog Catalog { get; } = ConnectorCatalog.Load(null);

    public static TheoryData<string, string, int, string, string> AnswersOfApps => new()
    {
        { "slack", "test", 200, """{"ok":false,"error":"account_inactive"}""", Causes.AccountSuspended },
        { "slack", "test", 200, """{"ok":false,"error":"missing_scope","needed":"chat:write"}""", Causes.PermissionMissing },
        { "hubspot", "test", 403, """{"category":"MISSING_SCOPES","message":"This app hasn't been granted all required scopes."}""", Causes.PermissionMissing },
        { "salesforce", "test", 401, """[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]""", Causes.TokenRevoked },
        { "salesforce", "refresh", 400, """{"error":"invalid_grant","error_description":"expired access/refresh token"}""", Causes.TokenRevoked },
        { "gmail", "refresh", 400, """{"error":"invalid_grant","error_description":"Token has been expired or revoked."}""", Causes.TokenRevoked },
        { "outlook", "refresh", 401, """{"error":"invalid_client","error_description":"AADSTS7000222: The provided client secret keys are expired."}""", Causes.SecretExpired },
        { "outlook", "refresh", 400, """{"error":"invalid_grant","error_description":"AADSTS50173: The provided grant has expired."}""", Causes.TokenRevoked },
        { "outlook", "refresh", 400, """{"error":"invalid_grant","error_description":"AADSTS700082: The refresh token has expired due to inactivity."}""", Causes.PermissionExpired },
        { "outlook", "sign_in", 400, """{"error":"invalid_grant","error_description":"AADSTS65001: The user or administrator has not consented."}""", Causes.ConsentRequired },
        { "github", "test", 401, """{"message":"Bad credentials"}""", Causes.CredentialsRejected },
        { "shopify", "test", 402, """{"errors":"Unavailable Shop"}""", Causes.AccountSuspended },
        { "stripe", "test", 401, """{"error":{"code":"api_key_expired","message":"Expired API Key provided"}}""", Causes.SecretExpired },
    };

    [Theory]
    [MemberData(nameof(AnswersOfApps))]
    public void An_app_s_own_rules_come_first(string provider, string during, int status, string body, string cause) =>
        Diagnose(status, body, during, Catalog.Find(provider)!.Diagnosis).Cause.ShouldBe(cause);

    [Fact]
    public void A_scope_is_named_where_a_rule_knows_its_place()
    {
        var told = Diagnose(403, """{"category":"MISSING_SCOPES","errors":[{"context":{"requiredGranularScopes":["crm.objects.contacts.read","crm.lists.read"]}}]}""", rules: Catalog.Find("hubspot")!.Diagnosis);

        told.Words.ShouldContain("Missing: crm.objects.contacts.read, crm.lists.read.");
        Evidence.ScopesIn(told.Evidence).ShouldBe(["crm.objects.contacts.read", "crm.lists.read"]);
    }

    [Fact]
    public void What_was_asked_for_and_not_granted_is_named_where_the_app_names_nothing() =>
        Diagnose(403, "{}", change: a => a with { NotGranted = ["mail.read"] }).Words.ShouldContain("Missing: mail.read.");

    [Fact]
    public void A_success_is_none_only_where_a_rule_names_its_status()
    {
        DiagnosisRule rule = new() { At = "/error", Cause = Causes.TokenRevoked };

        Own(200, """{"error":"gone"}""", rule).ShouldBeNull();
        Own(200, """{"error":"gone"}""", rule with { Status = StatusRanges.Success }).ShouldNotBeNull().Cause.ShouldBe(Causes.TokenRevoked);
    }

    [Fact]
    public void An_unknown_answer_is_said_to_be_unknown_and_shown()
    {
        var told = Diagnose(418, """{"hint":"I am a teapot"}""");

        told.Cause.ShouldBe(Causes.Unknown);
        told.Evidence.ShouldNotBeNull().ShouldContain("I am a teapot");
    }

    [Fact]
    public void Evidence_holds_no_secret_however_the_app_repeats_it_and_never_grows()
    {
        var values = new FieldValues(new Dictionary<string, string>(), new Dictionary<string, Secret> { ["key"] = new("open sesame"), ["other"] = new("zimsalabim-0123456789-0123456789-0123456789") });
        var body = JsonSerializer.Serialize(new { hint = string.Concat(Enumerable.Repeat("open sesame zimsalabim-0123456789-0123456789-0123456789 ", 200)), basic = Convert.ToBase64String(Encoding.UTF8.GetBytes("open sesame")) });

        var told = Diagnose(418, body, change: a => a with { Headers = new("Bearer realm=\"open sesame\", " + new string('x', 5000), null, _ => null) }, redaction: new(values));

        told.Evidence.ShouldNotBeNull().Length.ShouldBeLessThanOrEqualTo(Diagnosis.MaxEvidence);
        $"{told.Words} {told.Evidence}".ShouldNotMatch("sesame|zimsala|b3BlbiBzZXNhbWU");
    }

    [Fact]
    public void A_wrong_clock_is_ours_only_where_the_time_matters()
    {
        var date = new AnswerHeaders(null, Now.AddHours(1), _ => null);

        Diagnose(401, "{}", change: a => a with { Headers = date, TimeMatters = true }).Cause.ShouldBe(Causes.OurClock);
        Diagnose(401, "{}", change: a => a with { Headers = date }).Cause.ShouldBe(Causes.CredentialsRejected);
        Diagnose(401, "{}", change: a => a with { Headers = date with { Date = Now.AddMinutes(4) }, TimeMatters = true }).Cause.ShouldBe(Causes.CredentialsRejected);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, "desk.example", Causes.NameNotFound)]
    [InlineData(SocketError.TryAgain, "desk.example", Causes.OurNetwork)]
    [InlineData(SocketError.TryAgain, "desk.invalid", Causes.NameNotFound)]
    [InlineData(SocketError.NetworkUnreachable, "desk.example", Causes.OurNetwork)]
    [InlineData(SocketError.ConnectionRefused, "desk.example", Causes.AppDown)]
    [InlineData(SocketError.TimedOut, "desk.example", Causes.AppDown)]
    public void A_silent_resolver_is_ours_and_a_name_that_does_not_exist_is_the_address(SocketError error, string host, string cause) =>
        NetworkFailure.Of("Desk", host, new HttpRequestException(HttpRequestError.NameResolutionError, "no", new SocketException((int)error))).Cause.ShouldBe(cause);

    [Fact]
    public void Every_cause_has_words_and_a_next_step_and_rules_name_no_other()
    {
        GeneralRules.Words.Keys.ShouldBe(Causes.All, ignoreOrder: true);
        DiagnosisRule.Known.ShouldBeSubsetOf(Causes.All);
        GeneralRules.All.ShouldNotBeEmpty();
        Causes.All.ShouldAllBe(c => NextSteps.All.Contains(NextSteps.Of(c, true)));
    }

    private static Diagnosis Diagnose(int status, string body, string during = "test", IReadOnlyList<DiagnosisRule>? rules = null, Func<Answered, Answered>? change = null, Redaction? redaction = null)
    {
        var answered = Answered(status, body, during, redaction ?? new(FieldValues.Empty));
        return Diagnostician.Of(change is null ? answered : change(answered), rules ?? [], "Words of the caller.");
    }

    private static Diagnosis? Own(int status, string body, DiagnosisRule rule) => Diagnostician.Own(Answered(status, body, "test", new(FieldValues.Empty)), [rule]);

    private static Answered Answered(int status, string body, string during, Redaction redaction)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
        var read = AppAnswer.ReadAsync(response.Content, CancellationToken.None).GetAwaiter().GetResult();
        return Workato.Connections.Diagnosing.Answered.OfTest("Desk", redaction, response, read) with { While = during, Host = "desk.example", IsRejection = status == 401, Now = Now };
    }
}
