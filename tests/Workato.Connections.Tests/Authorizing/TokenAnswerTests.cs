using System.Text;
using Workato.Connections.Answers;
using Workato.Connections.Authorizing;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth2;

namespace Workato.Connections.Tests.Authorizing;

/// <summary>What a token endpoint's answer means, RFC 6749 sections 5.1 and 5.2.</summary>
public sealed class TokenAnswerTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly OAuth2Terms Terms = new() { TokenUrl = Template.Parse("https://suite.example/token") };

    private static readonly Tokens Before = new() { AccessToken = new("at-0"), RefreshToken = new("rt-0"), Scope = "read", Learned = new Dictionary<string, string> { ["tenant"] = "t-0" } };

    [Fact]
    public void Tokens_are_taken_as_they_are_issued()
    {
        var tokens = Granted("""{"access_token":"at-1","refresh_token":"rt-1","token_type":"Bearer","expires_in":3600,"scope":"read write"}""");

        (tokens.AccessToken.Reveal(), tokens.RefreshToken!.Reveal(), tokens.Scope).ShouldBe(("at-1", "rt-1", "read write"));
        (tokens.IssuedAt, tokens.ExpiresAt).ShouldBe((Now, Now.AddHours(1)));
    }

    [Theory]
    [InlineData("3600", 3600)]
    [InlineData("\"3600\"", 3600)]
    [InlineData("\" 3600 \"", 3600)]
    [InlineData("3599.5", 3599.5)]
    [InlineData("3.6e3", 3600)]
    public void A_length_of_life_is_understood_as_number_and_as_text(string expiresIn, double seconds) =>
        Granted($$"""{"access_token":"at-1","expires_in":{{expiresIn}}}""").ExpiresAt.ShouldBe(Now.AddSeconds(seconds));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("\"never\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("\"NaN\"")]
    [InlineData("1e400")]
    public void What_is_no_length_of_life_says_nothing(string expiresIn) =>
        Granted($$"""{"access_token":"at-1","expires_in":{{expiresIn}}}""").ExpiresAt.ShouldBeNull();

    [Fact]
    public void Where_the_app_says_nothing_the_file_may() =>
        Granted("""{"access_token":"at-1","expires_in":0}""", Terms with { TokenLifetime = TimeSpan.FromMinutes(20) }).ExpiresAt.ShouldBe(Now.AddMinutes(20));

    [Theory]
    [InlineData("99999999999")]
    [InlineData("9223372036854775807")]
    [InlineData("1e28")]
    public void A_life_beyond_reason_is_cut_to_ten_years(string expiresIn) =>
        Granted($$"""{"access_token":"at-1","expires_in":{{expiresIn}}}""").ExpiresAt.ShouldBe(Now.AddDays(3650));

    [Fact]
    public void Where_no_refresh_token_comes_the_old_one_stays() => Granted("""{"access_token":"at-1"}""", before: Before).RefreshToken!.Reveal().ShouldBe("rt-0");

    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    public void An_empty_refresh_token_is_none(string none) =>
        Granted($$"""{"access_token":"at-1","refresh_token":{{none}}}""", before: Before).RefreshToken!.Reveal().ShouldBe("rt-0");

    [Fact]
    public void A_rotated_refresh_token_takes_the_place_of_the_old() =>
        Granted("""{"access_token":"at-1","refresh_token":"rt-1"}""", before: Before).RefreshToken!.Reveal().ShouldBe("rt-1");

    [Fact]
    public void What_was_granted_before_still_is_where_the_app_does_not_repeat_it()
    {
        var tokens = Granted("""{"access_token":"at-1"}""", before: Before);

        (tokens.Scope, tokens.Learned["tenant"]).ShouldBe(("read", "t-0"));
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    public void A_bearer_is_a_bearer_whatever_its_case(string type) => Granted($$"""{"access_token":"at-1","token_type":"{{type}}"}""").AccessToken.Reveal().ShouldBe("at-1");

    [Theory]
    [InlineData("mac")]
    [InlineData("DPoP")]
    public void A_token_of_a_type_that_is_not_understood_is_not_used(string type)
    {
        var refused = Refused(200, $$"""{"access_token":"at-1","token_type":"{{type}}"}""");

        (refused.IsFinal, refused.Words).ShouldBe((false, $"Test Suite issued a token of the type “{type}”, which cannot be put on requests here. Only bearer tokens can."));
    }

    [Fact]
    public void The_file_may_name_other_types_that_are_bearers() =>
        Granted("""{"access_token":"at-1","token_type":"user"}""", Terms with { Answer = new() { TokenTypes = ["user"] } }).AccessToken.Reveal().ShouldBe("at-1");

    [Fact]
    public void Tokens_may_stand_in_odd_places()
    {
        var places = new TokenAnswerPlaces { AccessToken = "/data/0/user/token", RefreshToken = "/data/0/user/again", ExpiresIn = "/data/0/life", Scope = "/data/0/may", TokenType = "/data/0/kind" };

        var tokens = Granted("""{"access_token":"not this","data":[{"user":{"token":"at-1","again":"rt-1"},"life":60,"may":"read","kind":"bearer"}]}""", Terms with { Answer = places });

        (tokens.AccessToken.Reveal(), tokens.RefreshToken!.Reveal(), tokens.ExpiresAt, tokens.Scope).ShouldBe(("at-1", "rt-1", Now.AddMinutes(1), "read"));
    }

    [Fact]
    public void Values_are_learned_from_the_answer() =>
        Granted("""{"access_token":"at-1","team":{"id":7}}""", Learning("tenant", "/team/id")).Learned["tenant"].ShouldBe("7");

    [Fact]
    public void A_value_learned_anew_takes_the_place_of_the_old() =>
        Granted("""{"access_token":"at-1","tenant":"t-1"}""", Learning("tenant", "/tenant"), Before).Learned["tenant"].ShouldBe("t-1");

    [Theory]
    [InlineData("""{"access_token":"at-1","error":"stale"}""")]
    public void Where_a_token_comes_beside_an_error_the_token_decides(string body) => Granted(body).AccessToken.Reveal().ShouldBe("at-1");

    [Theory]
    [InlineData("""{"ok":false,"error":"invalid_grant"}""", true)]
    [InlineData("""{"error":"bad_verification_code"}""", false)]
    [InlineData("""{"error":{"code":"expired","message":"Too late."}}""", false)]
    public void An_error_that_comes_as_200_is_one(string body, bool isFinal) => Refused(200, body).IsFinal.ShouldBe(isFinal);

    [Theory]
    [InlineData(400, "invalid_grant", true)]
    [InlineData(401, "invalid_grant", true)]
    [InlineData(401, "invalid_client", false)]
    [InlineData(400, "unauthorized_client", false)]
    [InlineData(400, "invalid_scope", false)]
    [InlineData(400, "invalid_request", false)]
    [InlineData(400, "unsupported_grant_type", false)]
    public void Only_a_grant_that_is_gone_is_final(int status, string code, bool isFinal)
    {
        var refused = Refused(status, $$"""{"error":"{{code}}"}""");

        (refused.Code, refused.IsFinal).ShouldBe((code, isFinal));
    }

    [Fact]
    public void The_file_says_which_codes_mean_that_the_grant_is_gone()
    {
        var terms = Terms with { Answer = new() { Error = "/reason", Lost = ["token_revoked"] } };

        Refused(200, """{"reason":"token_revoked"}""", terms).IsFinal.ShouldBeTrue();
        Refused(200, """{"reason":"invalid_grant"}""", terms).IsFinal.ShouldBeFalse();
    }

    [Theory]
    [InlineData(500, """{"error":"invalid_grant"}""")]
    [InlineData(503, """{"error":"server_error"}""")]
    [InlineData(429, """{"error":"invalid_grant"}""")]
    [InlineData(400, """{"error":"temporarily_unavailable"}""")]
    [InlineData(400, """{"error":"slow_down"}""")]
    [InlineData(500, "")]
    [InlineData(502, "<html>")]
    [InlineData(200, """{"hello":"world"}""")]
    [InlineData(200, """["at-1"]""")]
    [InlineData(200, "\"at-1\"")]
    [InlineData(204, "")]
    [InlineData(302, "")]
    [InlineData(302, """{"moved":"yes"}""")]
    [InlineData(307, """{"error":"invalid_grant"}""")]
    [InlineData(408, "")]
    public void An_endpoint_in_trouble_says_nothing_about_the_grant(int status, string body) => Read(status, body).ShouldBeOfType<TokenOutcome.InTrouble>();

    // A firewall or a proxy before it, or an address that serves something else now: the app has not said a word.
    [Theory]
    [InlineData(403, "<html>")]
    [InlineData(404, "<html>")]
    [InlineData(401, "<html>")]
    [InlineData(400, "")]
    [InlineData(405, "")]
    [InlineData(407, "Proxy authentication required")]
    [InlineData(400, """{"message":"Blocked by policy"}""")]
    [InlineData(403, """{"message":"Forbidden"}""")]
    [InlineData(404, """{"status":404,"error":"Not Found"}""")]
    [InlineData(403, """{"error":"access_denied","message":"Your address is not allowed."}""")]
    public void At_a_renewal_a_refusal_that_is_no_error_of_OAuth_says_nothing_about_the_grant(int status, string body) =>
        Read(status, body, before: Before).ShouldBeOfType<TokenOutcome.InTrouble>().Words.ShouldContain("It is tried again by itself", Case.Insensitive);

    [Theory]
    [InlineData(400, "invalid_request", false)]
    [InlineData(400, "of_its_own", false)]
    [InlineData(401, "invalid_client", false)]
    [InlineData(403, "invalid_client", false)]
    [InlineData(403, "invalid_grant", true)]
    [InlineData(404, "unauthorized_client", false)]
    [InlineData(200, "of_its_own", false)]
    public void At_a_renewal_the_app_s_own_error_is_a_refusal(int status, string code, bool isFinal)
    {
        var refused = Read(status, $$"""{"error":"{{code}}"}""", before: Before).ShouldBeOfType<TokenOutcome.Refused>();

        (refused.Code, refused.IsFinal).ShouldBe((code, isFinal));
    }

    [Fact]
    public void At_a_renewal_a_code_the_file_calls_lost_is_final_whatever_the_status() =>
        Read(403, """{"error":"token_revoked"}""", Terms with { Answer = new() { Lost = ["token_revoked"] } }, Before).ShouldBeOfType<TokenOutcome.Refused>().IsFinal.ShouldBeTrue();

    // Signing in, a person is there who can read it.
    [Theory]
    [InlineData(404, "<html>", "a web page")]
    [InlineData(403, "", "an empty answer")]
    public void When_signing_in_a_refusal_without_a_code_is_told_as_what_it_is(int status, string body, string what)
    {
        var refused = Refused(status, body);

        (refused.Code, refused.IsFinal).ShouldBe((null, false));
        refused.Words.ShouldContain(what);
    }

    [Theory]
    [InlineData(true, "did not accept what came back from signing in")]
    [InlineData(false, "has taken back the permission")]
    public void The_same_code_means_another_thing_when_signing_in_than_later(bool isFirst, string words) =>
        Read(400, """{"error":"invalid_grant"}""", before: isFirst ? null : Before).Problem.ShouldNotBeNull().ShouldContain(words);

    [Theory]
    [InlineData("""{"error":"invalid_client","error_description":"Who are you?"}""")]
    [InlineData("""{"error":{"code":"invalid_client","message":"Who are you?"}}""")]
    [InlineData("""{"code":"invalid_client","message":"Who are you?"}""")]
    public void The_app_s_own_words_are_told(string body) => Refused(401, body).Words.ShouldContain("Test Suite says: “Who are you?”.");

    [Fact]
    public void Half_a_character_in_an_answer_is_no_token() => Read(200, """{"access_token":"\ud800"}""").ShouldBeOfType<TokenOutcome.InTrouble>();

    [Theory]
    [InlineData("at-1\\r\\nX-Admin: yes")]
    [InlineData("at\\u0000")]
    public void A_token_that_cannot_stand_in_a_header_is_none(string token) => Read(200, $$"""{"access_token":"{{token}}"}""").ShouldBeOfType<TokenOutcome.InTrouble>();

    [Theory]
    [InlineData("""{"access_token":"a","refresh_token":"r","refresh_token_expires_in":60}""")]
    [InlineData("""{"access_token":"a","refresh_token":"r","refresh_expires_in":"60"}""")]
    [InlineData("""{"access_token":"a","refresh_token":"r","x_refresh_token_expires_in":60}""")]
    public void The_end_of_the_permission_is_learned_where_the_app_says_it(string body) => Granted(body).PermissionEndsAt.ShouldBe(Now.AddSeconds(60));

    [Fact]
    public void A_permission_whose_refresh_token_is_kept_ends_when_it_did() =>
        Granted("""{"access_token":"b"}""", before: new() { AccessToken = new("a"), RefreshToken = new("r"), PermissionEndsAt = Now.AddDays(3) }).PermissionEndsAt.ShouldBe(Now.AddDays(3));

    [Fact]
    public void A_file_may_say_how_long_a_refresh_token_lives() =>
        Granted("""{"access_token":"a","refresh_token":"r"}""", Terms with { RefreshLifetime = TimeSpan.FromDays(90) }).PermissionEndsAt.ShouldBe(Now.AddDays(90));

    private static OAuth2Terms Learning(string name, string at) => Terms with { Learn = [new(name, LearnedFrom.Token, at, null)] };

    private static TokenOutcome Read(int status, string body, OAuth2Terms? terms = null, Tokens? before = null) =>
        new TokenAnswer("Test Suite", terms ?? Terms, new Redaction(FieldValues.Empty), Now).Read(status, Encoding.UTF8.GetBytes(body), body.StartsWith('<') ? "text/html" : "application/json", before);

    private static Tokens Granted(string body, OAuth2Terms? terms = null, Tokens? before = null) => Read(200, body, terms, before).ShouldBeOfType<TokenOutcome.Granted>().Tokens;

    private static TokenOutcome.Refused Refused(int status, string body, OAuth2Terms? terms = null) => Read(status, body, terms).ShouldBeOfType<TokenOutcome.Refused>();
}
