using Microsoft.Playwright;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>
/// The pages of a connection as each role sees them: what may be done is offered, what may not is not. With
/// <c>CONNECTIONS_PICTURES</c> naming a folder, the pictures of the documentation are taken anew into it.
/// </summary>
public sealed class RolePagesTests(ProductOnSqlite product, Chromium chromium) : IClassFixture<ProductOnSqlite>
{
    private static readonly (string Page, string Name)[] Offers =
    [
        ("list", "Create connection"),
        ("wizard", "Connect"), ("wizard", "Save for somebody to connect"),
        ("detail", "Edit"), ("detail", "Test now"), ("detail", "Enter credentials again"), ("detail", "Disconnect…"), ("detail", "Delete…"),
    ];

    private static readonly string[] Builds = ["Create connection", "Connect", "Edit", "Test now", "Enter credentials again", "Disconnect…", "Delete…"];

    public static TheoryData<string, string[]> Roles => new()
    {
        { "Owner", Builds },
        { "Admin", Builds },
        { "Analyst", Builds },
        { "Operator", [] },
        { "Preparer", ["Create connection", "Save for somebody to connect", "Edit", "Disconnect…"] },
        { "Looker", [] },
    };

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Pages_offer_what_the_role_may_do(string role, string[] offered)
    {
        var connection = await FurnishAsync();
        await using var profile = await chromium.NewProfileAsync(Screen.Desktop);
        await profile.AddCookiesAsync([product.SessionCookie(await product.MemberAsync(role))]);
        var page = await profile.NewPageAsync();
        var seen = new List<string>();
        foreach (var (name, path) in new[] { ("list", "/connections"), ("wizard", "/connections/new/sample_app"), ("detail", $"/connections/{connection}") })
        {
            await page.GotoAsync(new Uri(product.Address, path).AbsoluteUri);
            foreach (var offer in Offers.Where(o => o.Page == name))
            {
                var found = page.Locator("main").GetByRole(AriaRole.Link, new() { Name = offer.Name, Exact = true }).Or(page.Locator("main").GetByRole(AriaRole.Button, new() { Name = offer.Name, Exact = true }));
                if (await found.CountAsync() > 0) seen.Add(offer.Name);
            }

            if (Environment.GetEnvironmentVariable("CONNECTIONS_PICTURES") is { Length: > 0 } folder && role is not "Looker")
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{role.ToLowerInvariant()}.jpg"), Type = ScreenshotType.Jpeg, Quality = 70, Clip = new() { X = 0, Y = 0, Width = 1280, Height = 760 } });
        }

        seen.ShouldBe(offered);
    }

    [Fact]
    public async Task What_is_not_offered_is_refused_in_words_that_name_the_privilege()
    {
        var connection = await FurnishAsync();
        await using var profile = await chromium.NewProfileAsync(Screen.Phone);
        await profile.AddCookiesAsync([product.SessionCookie(await product.MemberAsync("Looker"))]);
        var page = await profile.NewPageAsync();

        var answer = await page.GotoAsync(new Uri(product.Address, $"/connections/{connection}/edit").AbsoluteUri);

        answer!.Status.ShouldBe(403);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("You may not change or disconnect connections. It takes the privilege 'Connections: update', which the role 'Looker' does not give.");
    }

    private async Task<int> FurnishAsync()
    {
        await product.EnsureRoleAsync("Preparer", Privilege.ReadProjects, Privilege.ReadConnections, Privilege.CreateConnections, Privilege.UpdateConnections);
        await product.EnsureRoleAsync("Looker", Privilege.ReadProjects, Privilege.ReadConnections);
        var there = (await product.Api.ReadAsync("/api/connections")).Ok().Items;
        return there.Count > 0
            ? there[0]!["id"]!.GetValue<int>()
            : (await product.Api.SendAsync("/api/connections", new { name = "Orders", provider = "sample_app", input = new { auth_type = "api_key", api_key = "sample-key-bot" } })).Ok().Json.Id;
    }
}
