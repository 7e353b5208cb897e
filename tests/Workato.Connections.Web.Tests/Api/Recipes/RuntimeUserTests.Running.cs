using System.Text.Json;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Recipes;

/// <summary>What switches it on, and what a caller may choose.</summary>
public abstract partial class RuntimeUserTests
{
    private static readonly object Hourly = new
    {
        keyword = "trigger",
        provider = "clock",
        name = "scheduled_event",
        input = new { time_unit = "hours", trigger_every = "1" },
        block = new object[] { new { keyword = "action", provider = "sample_app", name = "get_me" } },
    };

    [Fact]
    public async Task Without_a_user_a_run_goes_through_the_recipes_own_connection()
    {
        var recipe = await product.RecipeAsync(RuntimeUsers.WriteNote, await product.ParentAsync());
        await product.StartAsync(recipe);

        (await product.CallAsync(recipe, null)).Ok().Json["result"]!["author"]!.GetValue<string>().ShouldBe("bot");
        (await product.CallAsync(recipe, " ")).Is(400).Fields.ShouldBe(["external_id"]);
    }

    [Fact]
    public async Task Nobody_calls_an_app_through_a_users_own_connection_but_a_recipe_on_that_users_behalf()
    {
        var recipe = await product.RecipeAsync(RuntimeUsers.WriteNote, await product.ParentAsync());
        await product.StartAsync(recipe);
        await JoinAsync(recipe, "private", "ada");

        (await product.Api.ReadAsync($"/api/connections/{await ChildAsync("private")}/call/api/me")).Is(403).Message.ShouldStartWith("This connection is the own one of the user 'private'.");
    }

    [Fact]
    public async Task A_caller_may_choose_the_recipes_own_connection_or_its_users_and_no_other()
    {
        var parent = await product.ParentAsync();
        var recipe = await product.RecipeAsync(RuntimeUsers.WriteNote, parent);
        await product.StartAsync(recipe);
        await JoinAsync(recipe, "chooser", "ada");
        await JoinAsync(recipe, "neighbour", "ada");
        var (own, others, unrelated) = (await ChildAsync("chooser"), await ChildAsync("neighbour"), await product.ParentAsync());
        async Task<string> AuthorAsync(object chosen, string? user = "chooser") => (await product.CallAsync(recipe, user, new { sample_app = chosen })).Ok().Json["result"]!["author"]!.GetValue<string>();

        (await AuthorAsync(own)).ShouldBe("ada");
        (await AuthorAsync(parent)).ShouldBe("bot");
        (await AuthorAsync("")).ShouldBe("bot");
        (await product.CallAsync(recipe, "chooser", new { sample_app = others })).Is(400).Fields.ShouldBe(["connections.sample_app"]);
        (await product.CallAsync(recipe, null, new { sample_app = own })).Is(400).Fields.ShouldBe(["connections.sample_app"]);
        (await product.CallAsync(recipe, "chooser", new { sample_app = unrelated })).Is(400).Fields.ShouldBe(["connections.sample_app"]);
        (await product.CallAsync(recipe, "chooser", new { sample_app = "x" })).Is(400).Fields.ShouldBe(["connections.sample_app"]);
    }

    [Fact]
    public async Task A_called_recipe_runs_on_behalf_of_the_same_user()
    {
        var parent = await product.ParentAsync();
        var inner = await product.RecipeAsync(RuntimeUsers.WriteNote, parent);
        await product.StartAsync(inner);
        await JoinAsync(inner, "passed-on", "ada");
        var outer = (await product.Api.SendAsync("/api/recipes", new { name = "Outer", code = JsonSerializer.Serialize(Calling(inner)) })).Ok().Json.Id;
        await product.StartAsync(outer);

        (await product.CallAsync(outer, "not-yet")).Is(422).Json["connect"]!.AsArray().ShouldHaveSingleItem();
        (await product.CallAsync(outer, "passed-on")).Ok().Json["result"]!["author"]!.GetValue<string>().ShouldBe("ada");
    }

    [Fact]
    public async Task It_is_switched_on_for_callable_and_workbot_recipes_and_apps_by_oauth_alone()
    {
        var (parent, byKey) = (await product.ParentAsync(), (await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" })).Id);
        Task<Answer> MakeAsync(object code, int? connection) => product.Api.SendAsync("/api/recipes", new { name = "R", code = JsonSerializer.Serialize(code), config = RuntimeUsers.Config(connection, true) });

        (await MakeAsync(Hourly, parent)).Is(400).Text.ShouldContain("for callable and workbot recipes");
        (await MakeAsync(RuntimeUsers.WriteNote, byKey)).Is(400).Text.ShouldContain("signs in by API key");
        (await MakeAsync(RuntimeUsers.WriteNote, null)).Is(400).Text.ShouldContain("without a connection");
        (await MakeAsync(RuntimeUsers.WriteNote, parent)).Ok();
    }

    [Fact]
    public async Task Switching_it_takes_the_privileges_for_recipes_and_for_runtime_user_connections()
    {
        var recipe = await product.RecipeAsync(RuntimeUsers.WriteNote, await product.ParentAsync(), ofUsers: false);
        await product.RoleAsync("Recipes alone", Privilege.ReadRecipes, Privilege.UpdateRecipes);
        await product.RoleAsync("Recipes of users", Privilege.ReadRecipes, Privilege.UpdateRecipes, Privilege.ReadRuntimeConnections, Privilege.UpdateRuntimeConnections);
        var change = new { config = """[{"provider":"sample_app","runtime_user_connections":true}]""" };

        (await (await product.ProgramAsync("Recipes alone")).ChangeAsync($"/api/recipes/{recipe}", change)).Is(400).Text.ShouldContain("Runtime user connections");
        (await (await product.ProgramAsync("Recipes of users")).ChangeAsync($"/api/recipes/{recipe}", change)).Ok();

        var entry = (await product.Api.ReadAsync($"/api/recipes/{recipe}")).Ok().Json["config"]![0]!;
        entry["runtime_user_connections"]!.GetValue<bool>().ShouldBeTrue();
        entry["account_id"].ShouldNotBeNull();
    }

    private static object Calling(int recipe) => new
    {
        keyword = "trigger",
        provider = "workato_recipe_function",
        name = "execute",
        @as = "call",
        block = new object[]
        {
            new { keyword = "action", provider = "workato_recipe_function", name = "call_recipe", @as = "inner", input = new { flow_id = $"{recipe}", parameters = """{"text":"passed on"}""" } },
            new { keyword = "action", provider = "workato_recipe_function", name = "return_result", input = new { result = "{{ inner }}" } },
        },
    };
}
