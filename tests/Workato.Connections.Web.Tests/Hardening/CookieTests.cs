using Workato.Connections.Web.Tests.Api;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Hardening;

/// <summary>Cookies are out of reach for scripts, other sites and, where there is https, for whoever is on the way.</summary>
public sealed class CookieTests(ProductOnSqlite plain, BehindAProxy known, BehindAnUnnamedProxy unnamed)
    : IClassFixture<ProductOnSqlite>, IClassFixture<BehindAProxy>, IClassFixture<BehindAnUnnamedProxy>
{
    [Fact]
    public async Task By_http_they_have_plain_names()
    {
        var cookies = await CookiesAsync(plain, "http");

        cookies.Select(c => c.Split('=')[0]).ShouldBe(["connections-session", "connections-antiforgery", "connections-authorizing"]);
        foreach (var cookie in cookies) ShouldBeKept(cookie).ShouldNotContain("; secure");
    }

    [Theory]
    [InlineData(true, "https")]
    // A proxy that holds the certificate and was not named: the request looks like one by http, and people are served all the same.
    [InlineData(false, "https")]
    [InlineData(false, "http")]
    public async Task By_https_browsers_take_them_from_this_host_alone(bool isProxyKnown, string scheme)
    {
        var cookies = await CookiesAsync(isProxyKnown ? known : unnamed, scheme);

        cookies.Select(c => c.Split('=')[0]).ShouldBe(["__Host-connections-session", "__Host-connections-antiforgery", "__Host-connections-authorizing"]);
        foreach (var cookie in cookies)
        {
            ShouldBeKept(cookie).ShouldContain("; secure");
            cookie.ShouldContain("; path=/;", Case.Insensitive);
            cookie.ShouldNotContain("domain=", Case.Insensitive);
        }
    }

    private static string ShouldBeKept(string cookie)
    {
        cookie = cookie.ToLowerInvariant();
        cookie.ShouldContain("; httponly");
        // To come back from an app one must still be signed in; a form comes from here or from nowhere.
        cookie.ShouldContain(cookie.Contains("antiforgery=", StringComparison.Ordinal) ? "; samesite=strict" : "; samesite=lax");
        return cookie;
    }

    /// <summary>The cookies that one is given by signing in, by a page with a form, and by going to an app.</summary>
    private static async Task<string[]> CookiesAsync(Product product, string scheme)
    {
        using var http = product.Anonymous();
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        var session = Cookie((await http.ReadAsync(await product.OwnerLinkAsync())).Is(302));
        http.DefaultRequestHeaders.Add("Cookie", session.Split(';')[0]);
        const string Wizard = "/connections/new/sample_app";
        var page = (await http.ReadAsync(Wizard)).Ok();
        var antiforgery = Cookie(page);
        var token = System.Text.RegularExpressions.Regex.Match(page.Text, "name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"").Groups[1].Value;
        http.DefaultRequestHeaders.Remove("Cookie");
        http.DefaultRequestHeaders.Add("Cookie", $"{session.Split(';')[0]}; {antiforgery.Split(';')[0]}");
        var left = (await http.SendAsync(Wizard, new FormUrlEncodedContent([new("name", "By OAuth"), new("way", "oauth2"), new("input.url", product.SampleApp.Url), new("__RequestVerificationToken", token)]))).Ok();
        return [session, antiforgery, Cookie(left)];
    }

    private static string Cookie(Answer answer) => answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
}
