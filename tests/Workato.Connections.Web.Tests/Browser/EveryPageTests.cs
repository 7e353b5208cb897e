using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>What holds for every page there is, taken from the running server's own routes: a new page is looked at without being asked for.</summary>
public sealed partial class EveryPageTests(OAuthOnSqlite product, Chromium chromium) : IClassFixture<OAuthOnSqlite>
{
    [Theory]
    [InlineData(Screen.Desktop, ColorScheme.Light)]
    [InlineData(Screen.Desktop, ColorScheme.Dark)]
    [InlineData(Screen.Phone, ColorScheme.Light)]
    [InlineData(Screen.Phone, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_to_complain_about(Screen screen, ColorScheme colors)
    {
        await using var owner = await FurnishedAsync(screen, colors);
        var complaints = new List<string>();
        foreach (var path in Paths())
        {
            await owner.OpenAsync(path);
            // What is folded away is read by people, too.
            await owner.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
            var result = await owner.Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
            complaints.AddRange(result.Violations.SelectMany(v => v.Nodes, (v, node) => $"{path}: {v.Id}: {v.Help}: {node.Html}"));
        }

        complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_has_to_be_scrolled_sideways_on_a_phone()
    {
        await using var owner = await FurnishedAsync(Screen.Phone, ColorScheme.Light);
        var wide = new List<string>();
        foreach (var path in Paths())
        {
            await owner.OpenAsync(path);
            if (await owner.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") > 390) wide.Add(path);
        }

        wide.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_linked_asset_is_served_from_here_and_not_empty()
    {
        await using var owner = await FurnishedAsync(Screen.Desktop, ColorScheme.Light);
        var assets = new HashSet<string>();
        foreach (var path in Paths())
        {
            await owner.OpenAsync(path);
            assets.UnionWith(await owner.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('link[href], script[src], img[src]')].map(e => e.href || e.src)"));
        }

        assets.Count.ShouldBeGreaterThan(4);
        foreach (var asset in assets)
        {
            new Uri(asset).Authority.ShouldBe(product.Address.Authority);
            (await product.Api.GetByteArrayAsync(asset, TestContext.Current.CancellationToken)).ShouldNotBeEmpty(asset);
        }
    }

    private async Task<Owner> FurnishedAsync(Screen screen, ColorScheme colors)
    {
        var owner = await Owner.SignedInAsync(product, chromium, screen, colors: colors);
        if (Paths().All(p => !p.StartsWith("/connections/1", StringComparison.Ordinal)) || !(await product.Api.GetStringAsync("/api/connections")).Contains("\"id\":1", StringComparison.Ordinal))
        {
            await product.Api.PostAsJsonAsync("/api/folders", new { name = "Finance" });
            await product.Api.PostAsJsonAsync("/api/folders", new { name = "Invoices", parent_id = 2 });
            await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" });
            await product.CreateAsync("sample_app", new { auth_type = "basic", username = "bot", password = "wrong" });
            await product.CreateAsync("rest", new { auth_type = "no_auth", base_uri = "https://nowhere.invalid" });
            await product.AddOAuthAppAsync("Desk, integrations");
            var recipe = await product.RecipeAsync("Greet", 1);
            (await product.Api.SendAsync($"/api/recipes/{recipe}/call", new { input = new { name = "Ada" } })).Ok();
            var role = await product.AddRoleAsync("Keeper", new Dictionary<string, string[]> { ["Connections"] = ["read", "use"] });
            await product.AddClientAsync(new { name = "Nightly export", api_privilege_group_id = role, folder_ids = new[] { 1 }, ip_allow_list = "192.0.2.10", expires_at = "2050-01-31T08:00:00Z" });
            (await product.Api.SendAsync("/api/notice_channels", new { kind = "webhook", name = "Operations", address = "http://127.0.0.1:1/hook", quiet_hours = new { from = "22:00", to = "07:00" } })).Ok();
            (await product.Api.SendAsync("/api/notice_channels/1/test")).Ok();
            (await product.Api.SendAsync("/api/members", new { email = "ada@example.com", name = "Ada Lovelace", role = "Analyst", folder_ids = new[] { 1 } })).Ok();
        }

        return owner;
    }

    private string[] Paths() => [.. product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
        .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
        .Where(p => p is not "/sign-in/owner" and not "/" && !p.EndsWith("/index", StringComparison.OrdinalIgnoreCase))
        .Select(Filled).Append($"/settings/oauth-apps/new?provider={OAuthDesk.Provider}")
        .Concat(["/settings/roles/5", "/settings/roles/5/remove", "/settings/members/2", "/settings/api-clients/2", "/settings/members?text=nobody", "/settings/notices/new/webhook"]).Distinct().Order(StringComparer.Ordinal)];

    // Connection 1, project 2, API client 1 and OAuth app 1 are those made by FurnishedAsync and at the first start.
    private static string Filled(string pattern) => Parameter().Replace(pattern, match => match.Value switch
    {
        "{provider}" => "rest",
        "{status:int}" => "404",
        _ => pattern.StartsWith("/projects", StringComparison.Ordinal) ? "2" : "1",
    });

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
