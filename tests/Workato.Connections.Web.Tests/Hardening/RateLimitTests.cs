using System.Net;
using System.Net.Http.Headers;
using Workato.Connections.Web.Hardening;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Hardening;

/// <summary>With limits that are as in production in kind, and small enough to be met; behind a proxy, so that a test has many addresses.</summary>
public sealed class Limited : ProductOnSqlite
{
    public Limited()
    {
        Settings["ForwardedHeaders:KnownNetworks"] = "127.0.0.0/8";
        Limits = new() { SignInPages = 5, OAuthPages = 6, UnknownTokens = 7 };
    }
}

/// <summary>How often one address may try what strangers may.</summary>
public sealed class RateLimitTests(Limited product) : IClassFixture<Limited>
{
    private static int last;

    private readonly string me = $"203.0.113.{Interlocked.Increment(ref last)}";

    [Fact]
    public void There_are_30_requests_a_minute_to_sign_in_60_to_come_back_and_100_unknown_tokens()
    {
        var limits = new RateLimits();

        (limits.SignInPages, limits.OAuthPages, limits.UnknownTokens, RateLimits.Window).ShouldBe((30, 60, 100, TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData("/sign-in", "/sign-in/owner?token=guess", 5)]
    [InlineData("/oauth/callback?state=guess", "/oauth/connect/guess", 6)]
    public async Task Pages_that_strangers_may_open_are_not_opened_for_ever(string one, string other, int limit)
    {
        for (var i = 0; i < limit; i++) (await AskAsync(me, i % 2 == 0 ? one : other)).Status.ShouldNotBe(429);

        foreach (var path in new[] { one, other }) ShouldBeRefused(await AskAsync(me, path)).Text.ShouldContain("Wait a minute, then try again.");
        (await AskAsync("198.51.100.1", one)).Status.ShouldNotBe(429);
        (await AskAsync(me, "/health/live")).Ok();
    }

    [Fact]
    public async Task A_refused_sign_in_uses_the_link_not_up()
    {
        for (var i = 0; i < 6; i++) await AskAsync(me, "/sign-in/owner?token=guess");
        var link = await product.OwnerLinkAsync();

        ShouldBeRefused(await AskAsync(me, link));

        (await AskAsync("198.51.100.2", link)).Is(302).Headers.Location!.ToString().ShouldBe("/connections");
    }

    [Fact]
    public async Task Who_guesses_tokens_is_refused_and_whoever_works_behind_the_same_address_is_not()
    {
        var good = new AuthenticationHeaderValue("Bearer", Product.ApiToken);
        (await AskAsync(me, "/api/users/me", good)).Ok();
        for (var i = 0; i < 7; i++) (await AskAsync(me, "/api/users/me", new("Bearer", $"guess-{i}"))).Is(401);

        var refused = ShouldBeRefused(await AskAsync(me, "/api/users/me", new("Bearer", "guess-7")));

        refused.MediaType.ShouldBe("application/problem+json");
        refused.Message.ShouldStartWith("Too many requests");
        (await AskAsync(me, "/api/users/me", good)).Ok();
        (await AskAsync("198.51.100.3", "/api/users/me", new("Bearer", "guess-7"))).Is(401);
        (await AskAsync(me, "/api/users/me")).Is(401);
        (await AskAsync(me, "/health/live", new("Bearer", "guess-8"))).Ok();
    }

    [Fact]
    public async Task Somebody_with_many_addresses_of_one_network_has_one_limit()
    {
        for (var i = 0; i < 5; i++) await AskAsync($"2001:db8:7:7::{i}", "/sign-in");

        ShouldBeRefused(await AskAsync("2001:db8:7:7:ffff::1", "/sign-in"));
        (await AskAsync("2001:db8:7:8::1", "/sign-in")).Ok();
    }

    [Fact]
    public void Slots_are_of_an_address_and_do_not_grow()
    {
        static int Slot(string address) => RemoteNetwork.Slot(IPAddress.Parse(address));

        Slot("::ffff:203.0.113.9").ShouldBe(Slot("203.0.113.9"));
        Enumerable.Range(0, 2000).Select(i => Slot($"10.0.{i / 250}.{i % 250}")).ShouldAllBe(slot => slot >= 0 && slot < RemoteNetwork.Slots);
        Enumerable.Range(0, 2000).Select(i => Slot($"10.0.{i / 250}.{i % 250}")).Distinct().Count().ShouldBeGreaterThan(1700);
        RemoteNetwork.Slot(null).ShouldBe(0);
    }

    private static Answer ShouldBeRefused(Answer answer)
    {
        answer.Is(429).Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), RateLimits.Window);
        return answer;
    }

    private async Task<Answer> AskAsync(string from, string path, AuthenticationHeaderValue? token = null)
    {
        using var http = product.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = token } };
        request.Headers.Add("X-Forwarded-For", from);
        return await http.AskAsync(request);
    }
}
