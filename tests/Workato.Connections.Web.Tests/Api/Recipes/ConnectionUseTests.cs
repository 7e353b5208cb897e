using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Recipes;

/// <summary>What the API answers about connections that recipes use, and about what recipes were.</summary>
public sealed class ConnectionUseTests(ProductOnSqlite product) : IClassFixture<ProductOnSqlite>
{
    [Fact]
    public async Task A_connection_of_a_running_recipe_goes_by_force_only_and_the_recipe_says_why_it_stands()
    {
        var connection = await product.ConnectionAsync("Orders");
        var recipe = await product.RecipeAsync("Greet", connection);

        var refused = (await product.Api.RemoveAsync($"/api/connections/{connection}")).Is(409);
        refused.Json["in_use_by"]![0]!.ToJsonString().ShouldBe($$"""{"kind":"running recipe","id":{{recipe}},"name":"Greet"}""");
        (await product.Api.RemoveAsync($"/api/connections/{connection}?force=true")).Ok();

        var stopped = await product.ReadRecipeAsync(recipe);
        (stopped["running"]!.GetValue<bool>(), stopped.Text("stop_cause")).ShouldBe((false, "connection_removed"));
        stopped.Text("stop_reason")!.ShouldContain("'Orders' was deleted");
        (await product.ConnectionOfAsync(recipe)).ShouldBeNull();
    }

    [Fact]
    public async Task Who_calls_a_recipe_that_was_stopped_is_told_why_it_stands()
    {
        var connection = await product.ConnectionAsync("Orders");
        var recipe = await product.RecipeAsync("Greet", connection);
        (await product.Api.RemoveAsync($"/api/connections/{connection}?force=true")).Ok();

        var refused = (await product.Api.SendAsync($"/api/recipes/{recipe}/call", new { input = new { name = "Ada" } })).Is(409);

        refused.Text.ShouldContain("'Orders' was deleted");
        refused.Text.ShouldContain("When that is put right, start it and call it.");
    }

    [Fact]
    public async Task A_connection_is_replaced_everywhere_after_a_dry_run_and_back_again()
    {
        var (old, other) = (await product.ConnectionAsync("Old"), await product.ConnectionAsync("New"));
        var recipe = await product.RecipeAsync("Greet", old);

        var dry = (await product.Api.SendAsync($"/api/connections/{old}/replace", new { with = other, dry_run = true })).Ok().Json["data"]!;
        dry["recipes"]![0]!["steps"]!.ToJsonString().ShouldBe("""[{"number":1,"title":"Create a note"},{"number":2,"title":"List notes"}]""");
        (await product.ConnectionOfAsync(recipe)).ShouldBe(old);

        var done = (await product.Api.SendAsync($"/api/connections/{old}/replace", new { with = other })).Ok().Json["data"]!;
        (await product.ConnectionOfAsync(recipe)).ShouldBe(other);
        (await product.Api.SendAsync($"/api/recipes/{recipe}/call", new { input = new { name = "Ada" } })).Ok().Json.Text("status").ShouldBe("succeeded");

        (await product.Api.SendAsync($"/api/connections/{old}/replace/undo", new { replacement_id = done["replacement_id"]!.GetValue<int>() })).Ok();
        (await product.ConnectionOfAsync(recipe)).ShouldBe(old);
    }

    [Fact]
    public async Task What_cannot_be_replaced_is_refused_by_field()
    {
        var old = await product.ConnectionAsync("Old");

        (await product.Api.SendAsync($"/api/connections/{old}/replace", new { })).Is(400).Fields.ShouldBe(["with"]);
        (await product.Api.SendAsync($"/api/connections/{old}/replace", new { with = old })).Is(400).Fields.ShouldBe(["with"]);
        (await product.Api.SendAsync($"/api/connections/{old}/replace/undo", new { replacement_id = 12345 })).Is(400).Fields.ShouldBe(["replacement_id"]);
    }

    [Fact]
    public async Task Versions_are_listed_without_their_code_and_read_with_it()
    {
        var recipe = await product.RecipeAsync("Greet", await product.ConnectionAsync("Orders"), start: false);
        (await product.Api.ChangeAsync($"/api/recipes/{recipe}", new { code = Support.Recipes.Notes.Replace("Hello", "Welcome", StringComparison.Ordinal) })).Ok();

        var listed = (await product.Api.ReadAsync($"/api/recipes/{recipe}/versions")).Ok().Json["data"]!.AsArray();

        listed.Select(v => (v!["version_no"]!.GetValue<int>(), v["author_name"]!.GetValue<string>(), v["code"])).ShouldBe([(2, "bootstrap", null), (1, "bootstrap", null)]);
        (await product.Api.ReadAsync($"/api/recipes/{recipe}/versions/1")).Ok().Json["data"]!["code"]!.GetValue<string>().ShouldContain("Hello");
        (await product.Api.ReadAsync($"/api/recipes/{recipe}/versions/9")).Is(404);
    }
}
