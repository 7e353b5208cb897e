using Workato.Connections.Web.Tests.Browser;
using Workato.Connections.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Interop;

/// <summary>A connection made from a recipe's step by the trip to a provider, without leaving the recipe.</summary>
[Collection(nameof(WithOidcProvider))]
public sealed class OidcRecipeTests(OidcProduct product, Chromium chromium)
{
    [Fact]
    public async Task A_connection_is_made_in_the_panel_by_a_popup_and_the_recipe_runs_with_it()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.CreateAsync("Who is it", "A call from a script or another recipe");
        await editor.AddAsync("Action", 0);
        await editor.PickAppAsync(OidcProduct.Basic.Title);
        await editor.PickAsync("Custom action");
        await editor.FollowAsync("Make a connection");

        await (await OidcTrip.BeginAsync(owner)).AgreeAsAsync("grace");

        await Expect(editor.Panel).ToContainTextAsync("as grace@oidc.example");
        await editor.FillAsync("Path", "/me");
        await editor.PressAsync("Start");
        await Expect(owner.Page.Locator("#editor")).ToContainTextAsync("It runs, so it cannot be changed.");
        var called = (await product.Api.SendAsync($"/api/recipes/{editor.Id}/call", new { input = new { } })).Ok().Json;
        called.Text("status").ShouldBe("succeeded");
        owner.Errors.ShouldBeEmpty();
    }
}
