using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Hardening;

/// <summary>What browsers are told to refuse.</summary>
public sealed partial class HeaderTests(Furnished product) : IClassFixture<Furnished>, IAsyncLifetime
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

    private CookieClient owner = null!;

    public async ValueTask InitializeAsync() => owner = await CookieClient.SignedInAsync(product);

    [Fact]
    public async Task Every_page_says_what_browsers_are_to_refuse()
    {
        var pages = product.PageAddresses();
        pages.Length.ShouldBeGreaterThan(20);
        foreach (var path in pages.Append("/no/such/page"))
        {
            var headers = (await owner.Http.ReadAsync(path)).Headers;

            Value(headers, "Content-Security-Policy").ShouldBe(Policy, path);
            Value(headers, "X-Content-Type-Options").ShouldBe("nosniff", path);
            Value(headers, "X-Frame-Options").ShouldBe("DENY", path);
            Value(headers, "Referrer-Policy").ShouldBe("no-referrer", path);
            Value(headers, "Permissions-Policy").ShouldContain("camera=()", Case.Sensitive, path);
            Value(headers, "Cross-Origin-Resource-Policy").ShouldBe("same-origin", path);
            // The window that comes back from an app must stay the one that was opened.
            Value(headers, "Cross-Origin-Opener-Policy").ShouldBe(path == "/oauth/callback" ? "unsafe-none" : "same-origin-allow-popups", path);
        }
    }

    [Fact]
    public async Task What_was_seen_or_exported_while_signed_in_is_kept_by_no_browser()
    {
        foreach (var path in product.PageAddresses().Append("/settings/audit?handler=Export"))
        {
            if (await owner.Http.ReadAsync(path) is { Status: 200 } page) page.Headers.CacheControl.ShouldNotBeNull(path).NoStore.ShouldBeTrue(path);
        }
    }

    [Fact]
    public async Task No_page_has_script_or_style_inside()
    {
        foreach (var path in product.PageAddresses())
        {
            var page = (await owner.Http.ReadAsync(path)).Text;

            Inline().Matches(page).Select(m => m.Value).ShouldBeEmpty(path);
        }
    }

    [Theory]
    [InlineData("/connections")]
    [InlineData("/no/such/page")]
    public async Task Strangers_are_told_too(string path)
    {
        using var stranger = product.Anonymous();

        Value((await stranger.ReadAsync(path)).Is(302).Headers, "Content-Security-Policy").ShouldBe(Policy);
    }

    [Theory]
    [InlineData("/css/site.css")]
    [InlineData("/js/part.js")]
    public async Task Assets_are_what_they_say_they_are(string path) =>
        Value((await owner.Http.ReadAsync(path)).Ok().Headers, "X-Content-Type-Options").ShouldBe("nosniff");

    [Theory]
    [InlineData("/api/connections", 200)]
    [InlineData("/api/connections/1", 200)]
    [InlineData("/api/connections/999", 404)]
    [InlineData("/api/connections?per_page=x", 400)]
    [InlineData("/api/connections/999/call/api/me", 404)]
    [InlineData("/api/no/such/thing", 404)]
    [InlineData("/openapi/v1.json", 200)]
    public async Task What_the_API_says_is_kept_by_nobody(string path, int status)
    {
        var headers = (await product.Api.ReadAsync(path)).Is(status).Headers;

        headers.CacheControl!.NoStore.ShouldBeTrue();
        Value(headers, "X-Content-Type-Options").ShouldBe("nosniff");
        Value(headers, "Content-Security-Policy").ShouldBe("default-src 'none'; frame-ancestors 'none'");
    }

    [Fact]
    public async Task What_an_app_says_is_passed_on_as_it_is()
    {
        await using var app = await TinyApp.StartAsync(context =>
        {
            context.Response.Headers.CacheControl = "public, max-age=60";
            context.Response.Headers.ContentSecurityPolicy = "default-src https:";
            context.Response.Headers["Referrer-Policy"] = "origin";
            return context.Response.WriteAsync("hello");
        });
        var id = (await product.CreateAsync("rest", new { auth_type = "no_auth", base_uri = app.Url })).Id;

        var headers = (await product.Api.ReadAsync($"/api/connections/{id}/call/anything")).Ok().Headers;

        headers.CacheControl!.ToString().ShouldBe("public, max-age=60");
        Value(headers, "Content-Security-Policy").ShouldBe("default-src https:");
        Value(headers, "Referrer-Policy").ShouldBe("origin");
        headers.Contains("X-Frame-Options").ShouldBeFalse();
    }

    [Fact]
    public async Task The_sample_app_speaks_for_itself() =>
        (await owner.Http.ReadAsync("/sample-app")).Ok().Headers.Contains("Content-Security-Policy").ShouldBeFalse();

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Value(System.Net.Http.Headers.HttpResponseHeaders headers, string name) => headers.GetValues(name).ShouldHaveSingleItem();

    // A script without an address, a style, an attribute of either kind, an address that is script.
    [GeneratedRegex("""<script(?![^>]*\ssrc=)[^>]*>|<style|<[a-z][^>]*\s(?:style|on[a-z]+)\s*=[^>]*>|(?:href|src|action)\s*=\s*["']?\s*javascript:[^>]*""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}
