using System.Net;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SignIn;

/// <summary>The local owner signs in by a link that works once.</summary>
public abstract class OwnerLinkTests(Product product)
{
    [Fact]
    public async Task The_link_signs_in_and_leads_to_the_connections()
    {
        using var browser = new CookieClient(product);

        var answer = await browser.Http.ReadAsync(await product.OwnerLinkAsync());

        answer.Is(302).Headers.Location!.ToString().ShouldBe("/connections");
        (await browser.Http.ReadAsync("/connections")).Ok();
    }

    [Fact]
    public async Task The_link_does_not_work_a_second_time()
    {
        var link = await product.OwnerLinkAsync();
        using (var first = new CookieClient(product)) await first.Http.ReadAsync(link);
        using var second = new CookieClient(product);

        var answer = await second.Http.ReadAsync(link);

        answer.Is(302).Headers.Location!.ToString().ShouldStartWith("/sign-in?used=");
        second.Cookies.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_many_who_open_the_link_at_once_one_is_signed_in()
    {
        var link = await product.OwnerLinkAsync();

        var locations = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            using var browser = new CookieClient(product);
            return (await browser.Http.ReadAsync(link)).Is(302).Headers.Location!.ToString();
        })));

        locations.Count(l => l == "/connections").ShouldBe(1);
    }

    [Fact]
    public async Task A_new_link_ends_the_one_before()
    {
        var old = await product.OwnerLinkAsync();
        await product.OwnerLinkAsync();
        using var browser = new CookieClient(product);

        (await browser.Http.ReadAsync(old)).Is(302).Headers.Location!.ToString().ShouldStartWith("/sign-in?used=");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?token=")]
    [InlineData("?token=wrkc_0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("?token=%00")]
    public async Task Anything_else_signs_nobody_in(string query)
    {
        using var browser = new CookieClient(product);

        (await browser.Http.ReadAsync("/sign-in/owner" + query)).Is(302).Headers.Location!.ToString().ShouldStartWith("/sign-in?used=");
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_for_scripts_and_other_sites()
    {
        using var http = product.Anonymous();

        var cookie = (await http.ReadAsync(await product.OwnerLinkAsync())).Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();

        cookie.ShouldStartWith("connections-session=");
        cookie.ShouldContain("; httponly", Case.Insensitive);
        cookie.ShouldContain("; samesite=lax", Case.Insensitive);
    }

    [Fact]
    public async Task A_cookie_does_not_open_the_API()
    {
        using var browser = await CookieClient.SignedInAsync(product);

        var answer = (await browser.Http.ReadAsync("/api/connections")).Is(401);

        answer.MediaType.ShouldBe("application/problem+json");
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrkc_unknown")]
    [InlineData("Basic Ym90OnBhc3N3b3Jk")]
    public async Task A_wrong_authorization_is_401_in_words(string authorization)
    {
        using var http = product.Anonymous();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        (await http.ReadAsync("/api/users/me")).Is(401).Message.ShouldStartWith("Unauthorized");
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("token")]
    [InlineData("api_key")]
    public async Task A_token_in_the_address_opens_nothing(string parameter)
    {
        using var http = product.Anonymous();

        (await http.ReadAsync($"/api/users/me?{parameter}={Product.ApiToken}")).Is(401);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_of_this_browser()
    {
        using var browser = await CookieClient.SignedInAsync(product);
        var form = await browser.FormAsync("/connections");

        (await browser.Http.SendAsync("/sign-out", new FormUrlEncodedContent(form))).Status.ShouldBe((int)HttpStatusCode.Redirect);

        (await browser.Http.ReadAsync("/connections")).Is(302).Headers.Location!.ToString().ShouldContain("/sign-in");
    }

    [Fact]
    public async Task A_copy_of_the_cookie_opens_nothing_after_signing_out_and_the_owners_other_browser_goes_on()
    {
        using var browser = await CookieClient.SignedInAsync(product);
        using var elsewhere = await CookieClient.SignedInAsync(product);
        using var kept = new CookieClient(product, browser.Jar);
        for (var i = 0; i < 3; i++) (await kept.Http.ReadAsync("/projects")).Ok();

        await browser.SignOutAsync();

        (await kept.Http.ReadAsync("/projects")).Is(302).Headers.Location!.PathAndQuery.ShouldBe("/sign-in?return=%2Fprojects");
        kept.Cookies.ShouldNotContain("connections-session");
        (await elsewhere.Http.ReadAsync("/projects")).Ok();
    }

    [Fact]
    public async Task A_session_that_was_made_longer_is_still_the_same_session()
    {
        using var browser = await CookieClient.SignedInAsync(product);
        product.Age(browser.Jar, TimeSpan.FromDays(10));
        using var kept = new CookieClient(product, browser.Jar);
        (await browser.Http.ReadAsync("/projects")).Ok().Headers.GetValues("Set-Cookie").ShouldContain(c => c.StartsWith("connections-session=", StringComparison.Ordinal));

        await browser.SignOutAsync();

        (await kept.Http.ReadAsync("/projects")).Is(302).Headers.Location!.ToString().ShouldContain("/sign-in");
    }

    [Fact]
    public async Task A_session_of_before_sessions_had_an_id_goes_on_and_is_not_made_longer()
    {
        using var browser = await CookieClient.SignedInAsync(product);
        product.Age(browser.Jar, TimeSpan.FromDays(10), hasId: false);

        var answer = (await browser.Http.ReadAsync("/projects")).Ok();

        answer.Headers.TryGetValues("Set-Cookie", out var set);
        (set ?? []).ShouldNotContain(c => c.StartsWith("connections-session=", StringComparison.Ordinal));
    }
}

public sealed class OwnerLinksOnSqlite(ProductOnSqlite product) : OwnerLinkTests(product), IClassFixture<ProductOnSqlite>;

public sealed class OwnerLinksOnPostgres(ProductOnPostgres product) : OwnerLinkTests(product), IClassFixture<ProductOnPostgres>;
