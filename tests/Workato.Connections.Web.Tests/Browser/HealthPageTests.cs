using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>How all connections stand, at a browser. With <c>CONNECTIONS_PICTURES</c> naming a folder, a picture is taken.</summary>
public sealed class HealthPageTests(ProductOnPostgres product, Chromium chromium) : IClassFixture<ProductOnPostgres>
{
    [Fact]
    public async Task Who_comes_first_is_told_what_will_stand_here()
    {
        await using var fresh = new FreshProduct();
        await fresh.InitializeAsync();
        await using var owner = await Owner.SignedInAsync(fresh, chromium);
        await owner.OpenAsync("/health");

        await Expect(owner.Page.Locator(".empty")).ToContainTextAsync("tested by themselves every few hours");
        await owner.FollowAsync("Connect an app");
        await Expect(owner.Page).ToHaveURLAsync(new Uri(fresh.Address, "/connections/new").AbsoluteUri);
    }

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_lost_connection_stands_there_within_seconds_with_its_cause_and_the_recipe_that_fails(Screen screen)
    {
        await product.SampleApp.ResetAsync();
        var id = await product.ConnectionAsync($"Month end {screen}");
        await product.RecipeAsync($"Invoices {screen}", id);
        await product.SampleApp.BehaveAsync("reject");
        await product.Api.ReadAsync($"/api/connections/{id}/call/api/me");

        await using var owner = await Owner.SignedInAsync(product, chromium, screen);
        var incident = await ComesAsync(owner, owner.Page.Locator(".incident", new() { HasText = $"Month end {screen}" }));

        await Expect(incident).ToContainTextAsync("did not accept the credentials");
        await Expect(incident).ToContainTextAsync($"Used by Invoices {screen} (running, its jobs fail)");
        await Expect(owner.Page.Locator(".chart g title").Last).ToContainTextAsync("Now: ");
        if (Environment.GetEnvironmentVariable("CONNECTIONS_PICTURES") is { Length: > 0 } folder && screen == Screen.Desktop)
            await owner.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, "health.jpg"), Type = ScreenshotType.Jpeg, Quality = 70 });
        await incident.GetByRole(AriaRole.Link, new() { Name = "Repair" }).ClickAsync();
        await Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"Month end {screen}");
        await Expect(owner.Page.Locator(".timeline li").First).ToContainTextAsync("Lost");
        owner.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_came_back_stands_apart_from_what_is_broken_and_the_recipe_says_that_its_connection_was_lost()
    {
        await product.SampleApp.ResetAsync();
        var id = await product.ConnectionAsync("Comes back");
        await product.RecipeAsync("Waits for it", id);
        await product.SampleApp.BehaveAsync("reject");
        await product.Api.ReadAsync($"/api/connections/{id}/call/api/me");
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await ComesAsync(owner, owner.Page.Locator(".incident", new() { HasText = "Comes back" }));
        await owner.OpenAsync("/recipes?text=waits");
        await Expect(owner.Page.Locator("tr", new() { HasText = "Waits for it" })).ToContainTextAsync("Running, connection lost");

        await product.SampleApp.ResetAsync();
        (await product.Api.SendAsync($"/api/connections/{id}/test")).Ok();

        var again = await ComesAsync(owner, owner.Page.GetByRole(AriaRole.Region, new() { Name = "Works again" }).Locator(".incident", new() { HasText = "Comes back" }));
        await Expect(again).ToContainTextAsync("It works. What it was: credentials not accepted.");
        await Expect(again.GetByRole(AriaRole.Link, new() { Name = "Repair" })).ToHaveCountAsync(0);
        await owner.OpenAsync("/recipes?text=waits");
        await Expect(owner.Page.Locator("tr", new() { HasText = "Waits for it" })).Not.ToContainTextAsync("connection lost");
    }

    [Fact]
    public async Task An_end_somebody_knows_is_entered_and_shown_and_what_is_no_day_is_said_at_its_box()
    {
        await product.SampleApp.ResetAsync();
        var id = await product.ConnectionAsync("With an end");
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync($"/connections/{id}/edit");
        await owner.Page.GetByLabel("Key, secret or certificate ends on").FillAsync("2031-01-31");
        await owner.PressAsync("Save");
        await owner.OpenAsync($"/connections/{id}/edit");

        await Expect(owner.Page.GetByLabel("Key, secret or certificate ends on")).ToHaveValueAsync("2031-01-31");
        (await product.Api.ReadAsync($"/api/connections/{id}")).Ok().Json.Text("credentials_end_at").ShouldBe("2031-01-31T00:00:00+00:00");
        (await product.Api.ChangeAsync($"/api/connections/{id}", new { credentials_end_on = "soon" })).Is(400).Text.ShouldContain("must be a day such as 2027-01-31");
    }

    // The product looks every few seconds whether incidents begin or end.
    private static async Task<ILocator> ComesAsync(Owner owner, ILocator incident)
    {
        for (var i = 0; i < 40 && (i == 0 || await incident.CountAsync() == 0); i++)
        {
            if (i > 0) await owner.Page.WaitForTimeoutAsync(250);
            await owner.OpenAsync("/health");
        }

        return incident;
    }

    private sealed class FreshProduct : ProductOnSqlite, IAsyncDisposable;
}
