using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>
/// Recipes, their jobs and what becomes of them with their connections, at a browser. With <c>CONNECTIONS_PICTURES</c>
/// naming a folder, the pictures of the documentation are taken anew into it.
/// </summary>
public sealed class RecipePagesTests(ProductOnSqlite product, Chromium chromium) : IClassFixture<ProductOnSqlite>
{
    [Fact]
    public async Task A_recipe_is_found_and_its_job_read_step_by_step()
    {
        var recipe = await product.RecipeAsync("Greet a customer", await product.ConnectionAsync("Orders"));
        (await product.Api.SendAsync($"/api/recipes/{recipe}/call", new { input = new { name = "Ada" } })).Ok();
        await using var owner = await Owner.SignedInAsync(product, chromium);

        await owner.OpenAsync("/recipes?text=greet");
        await owner.FollowAsync("Greet a customer");
        await Expect(owner.State).ToContainTextAsync("Running");
        await PictureAsync(owner, "recipe.png");
        await owner.FollowAsync("All jobs");
        await owner.FollowAsync("Call");
        var step = owner.Page.Locator(".job-step", new() { HasText = "Create a note" });
        await step.Locator("summary").ClickAsync();

        await Expect(step).ToContainTextAsync("POST /api/notes");
        await Expect(step).ToContainTextAsync("\"text\": \"Hello Ada\"");
        await Expect(step).ToContainTextAsync("\"author\": \"bot\"");
        await Expect(owner.Page.GetByText("Step 4, turn 1")).ToBeVisibleAsync();
        await PictureAsync(owner, "job.png");

        await owner.PressAsync("Repeat this job");
        await Expect(owner.Page.GetByText("Repeats")).ToBeVisibleAsync();
        await Expect(owner.Page.Locator("#job .state-line")).ToContainTextAsync("Succeeded");
        owner.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Disconnecting_names_the_recipe_it_stops_and_the_connections_return_starts_it_again()
    {
        var connection = await product.ConnectionAsync("Stock");
        var recipe = await product.RecipeAsync("Count the stock", connection);
        await using var owner = await Owner.SignedInAsync(product, chromium);

        await owner.OpenAsync($"/connections/{connection}");
        await owner.FollowAsync("Disconnect…");
        await Expect(owner.Page.Locator("main")).ToContainTextAsync("running recipe: Count the stock");
        await owner.PressAsync("Stop and disconnect");
        await Expect(owner.Page.Locator("main")).ToContainTextAsync("A recipe was stopped because of this connection: Count the stock");
        await owner.OpenAsync($"/recipes/{recipe}");
        await Expect(owner.State).ToContainTextAsync("Its connection 'Stock' was disconnected.");

        (await product.Api.ChangeAsync($"/api/connections/{connection}", new { input = new { auth_type = "api_key", api_key = "sample-key-bot" } })).Ok();
        await owner.OpenAsync($"/connections/{connection}");
        await owner.PressAsync("Start it again");

        await Expect(owner.Page.Locator("main")).ToContainTextAsync("Count the stock runs again.");
        (await product.ReadRecipeAsync(recipe))["running"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Theory]
    [InlineData(Screen.Desktop, true)]
    [InlineData(Screen.Phone, false)]
    public async Task A_connection_is_replaced_everywhere_and_that_is_undone(Screen screen, bool script)
    {
        var name = $"{screen} {Guid.NewGuid():N}";
        var (old, other) = (await product.ConnectionAsync("Old " + name), await product.ConnectionAsync("New " + name));
        var recipe = await product.RecipeAsync("Greet " + name, old);
        await using var owner = await Owner.SignedInAsync(product, chromium, screen, script);

        await owner.OpenAsync($"/connections/{old}");
        await owner.FollowAsync("Replace it everywhere…");
        await owner.Page.GetByLabel("Use instead").SelectOptionAsync(other.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await owner.PressAsync("Show what changes");
        await Expect(owner.Page.Locator("main")).ToContainTextAsync("Greet " + name);
        await Expect(owner.Page.Locator("main")).ToContainTextAsync("Create a note");
        await owner.PressAsync($"Use “New {name}” in this recipe");
        await Expect(owner.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 recipe moved to New " + name);
        (await product.ConnectionOfAsync(recipe)).ShouldBe(other);

        await owner.PressAsync("Undo");
        await Expect(owner.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 recipe uses “Old " + name + "” again.");
        (await product.ConnectionOfAsync(recipe)).ShouldBe(old);
    }

    private static async Task PictureAsync(Owner owner, string name)
    {
        if (Environment.GetEnvironmentVariable("CONNECTIONS_PICTURES") is not { Length: > 0 } folder) return;
        await owner.Page.EvaluateAsync("document.activeElement?.blur()");
        await owner.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), Clip = new() { X = 0, Y = 0, Width = 1280, Height = 900 } });
    }
}
