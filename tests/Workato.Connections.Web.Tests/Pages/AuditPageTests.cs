using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Pages;

/// <summary>The audit log as a page.</summary>
public sealed class AuditPageTests(ProductOnSqlite product) : IClassFixture<ProductOnSqlite>
{
    [Fact]
    public async Task Entries_are_sentences_with_before_and_after()
    {
        var made = (await product.Api.SendAsync("/api/connections", new { name = "Billing <b>", provider = "rest", shell_connection = true })).Ok().Json;
        (await product.Api.ChangeAsync($"/api/connections/{made.Id}", new { name = "Billing, month end" })).Ok();
        using var browser = await CookieClient.SignedInAsync(product);

        var page = (await browser.Http.ReadAsync($"/settings/audit?kind=SharedAccount&thing={made.Id}")).Ok().Text;

        page.ShouldContain("<strong>bootstrap</strong>");
        page.ShouldContain("from 127.0.0.1");
        page.ShouldContain("<del>Billing &lt;b&gt;</del>");
        page.ShouldContain("<ins>Billing, month end</ins>");
        page.ShouldContain("Only connection number");
        page.ShouldNotContain("one-time link");
    }

    [Fact]
    public async Task Filters_that_find_nothing_say_so()
    {
        using var browser = await CookieClient.SignedInAsync(product);

        (await browser.Http.ReadAsync("/settings/audit?to=2001-01-01")).Ok().Text.ShouldContain("Nothing like that was written down");
        (await browser.Http.ReadAsync("/settings/audit?who=member-999")).Ok().Text.ShouldContain("Nothing like that was written down");
        (await browser.Http.ReadAsync("/settings/audit?what=no_such_thing&kind=x&who=-&from=x&project=x")).Ok();
    }

    [Fact]
    public async Task Older_entries_are_a_page_away_with_the_same_filters()
    {
        for (var i = 0; i < 60; i++) (await product.Api.SendAsync("/api/connections", new { name = $"Many {i}", provider = "rest", shell_connection = true })).Ok();
        using var browser = await CookieClient.SignedInAsync(product);

        var page = (await browser.Http.ReadAsync("/settings/audit?what=connection_created")).Ok().Text;
        var older = System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(page, "href=\"(?<to>[^\"]+)\">Older entries").Groups["to"].Value);

        older.ShouldContain("What=connection_created", Case.Insensitive);
        (await browser.Http.ReadAsync(older)).Ok().Text.ShouldContain("Back to the newest");
    }

    [Fact]
    public async Task The_export_has_the_same_filters_and_is_a_file()
    {
        var made = (await product.Api.SendAsync("/api/connections", new { name = "In the file", provider = "rest", shell_connection = true })).Ok().Json;
        using var browser = await CookieClient.SignedInAsync(product);

        using var answer = await browser.Http.GetAsync($"/settings/audit?handler=Export&kind=SharedAccount&thing={made.Id}", TestContext.Current.CancellationToken);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/jsonl");
        answer.Content.Headers.ContentDisposition!.FileName!.ShouldMatch("audit-.*\\.jsonl");
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("In the file");
    }
}
