using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>Users who connect their own accounts, and those who look after that, in a real browser.</summary>
public sealed class RuntimeUserPagesTests(ProductAtItsAddress product, Chromium chromium) : IClassFixture<ProductAtItsAddress>
{
    [Fact]
    public async Task A_user_follows_the_link_signs_in_at_the_app_and_is_taken_back_to_where_they_came_from()
    {
        await using var portal = await TinyApp.StartAsync(context => context.Response.WriteAsync("<h1>Welcome back</h1>"));
        var asked = await product.AskForAsync(await product.ParentAsync(), "ada@acme.example", redirect: $"{portal.Url}/done");
        await product.SampleApp.OAuth2Async(new { consent = "ask" });
        await using var profile = await chromium.NewProfileAsync(Screen.Phone);
        var page = await profile.NewPageAsync();

        await page.GotoAsync(asked.Text("url")!);
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("for ada@acme.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in at Sample app" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Ada Lovelace" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Welcome back");
        page.Url.ShouldBe($"{portal.Url}/done?connection_id={asked.Id}");
        (await product.GetConnectionAsync(asked.Id)).Text("connected_as").ShouldBe("ada@sample.example");
    }

    [Fact]
    public async Task Runtime_user_connections_are_switched_on_in_a_recipes_settings()
    {
        var recipe = await product.RecipeAsync(RuntimeUsers.WriteNote, await product.ParentAsync(), ofUsers: false);
        await using var owner = await Owner.SignedInAsync(product, chromium);

        await owner.OpenAsync($"/recipes/{recipe}/settings");
        await owner.Page.GetByRole(AriaRole.Switch, new() { Name = "Sample app" }).CheckAsync();
        await owner.PressAsync("Save");

        await Expect(owner.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The settings are saved.");
        await Expect(owner.Page.GetByRole(AriaRole.Switch, new() { Name = "Sample app" })).ToBeCheckedAsync();
        (await product.Api.ReadAsync($"/api/recipes/{recipe}")).Ok().Json["config"]![0]!["runtime_user_connections"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Who_looks_after_them_finds_a_users_connection_and_disconnects_it()
    {
        var parent = await product.ParentAsync();
        var (found, other) = (await product.AskForAsync(parent, "grace@acme.example"), await product.AskForAsync(parent, "linus@acme.example"));
        await product.ConnectAsync(found.Text("url")!, "ada");
        await using var owner = await Owner.SignedInAsync(product, chromium);

        await owner.FollowAsync("Runtime user connections");
        await owner.TypeAsync("User", "GRACE");
        await owner.PressAsync("Show");
        await Expect(owner.Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await owner.FollowAsync("Disconnect grace@acme.example");
        await owner.PressAsync("Disconnect");

        await Expect(owner.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("is disconnected");
        (await product.GetConnectionAsync(found.Id))["has_credentials"]!.GetValue<bool>().ShouldBeFalse();
        (await product.Api.ReadAsync($"/api/connections/{other.Id}")).Ok();
        owner.Errors.ShouldBeEmpty();
    }
}
