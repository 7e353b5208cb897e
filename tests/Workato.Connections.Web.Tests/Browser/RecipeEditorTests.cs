using System.Text.Json;
using System.Text.Json.Nodes;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>
/// Recipes made and changed in the editor, their connections in its side panel. With <c>CONNECTIONS_PICTURES</c> naming a
/// folder, the pictures of the documentation are taken anew into it.
/// </summary>
public sealed class RecipeEditorTests(ProductOnSqlite product, Chromium chromium) : IClassFixture<ProductOnSqlite>, IAsyncLifetime
{
    private const string Call = """{"keyword":"trigger","provider":"workato_recipe_function","name":"execute","as":"call","block":[""";
    private const string List = """{"keyword":"action","provider":"sample_app","name":"list_notes","as":"list_notes","input":{}}""";
    private const string Create = """{"keyword":"action","provider":"sample_app","name":"create_note","as":"note","input":{"text":"Hello {{ call.name }}"}}""";
    private const string Return = """{"keyword":"action","provider":"workato_recipe_function","name":"return_result","input":{"result":"{{ note.text }}"}}""";

    public ValueTask InitializeAsync() => new(product.SampleApp.ResetAsync());

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_recipe_is_built_from_nothing_with_its_connection_made_in_the_panel_and_runs()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.CreateAsync("Greet whoever calls", "A call from a script or another recipe");
        await editor.AddAsync("Action", 0);
        await Expect(editor.Heading).ToBeFocusedAsync();
        await editor.PickAppAsync("Sample app");
        await editor.PickAsync("Create a note");
        await Expect(editor.Inputs).Not.ToBeVisibleAsync();

        await editor.FollowAsync("Make a connection");
        await owner.TypeAsync("API key", "sample-key-bot");
        await owner.TypeAsync("Name of the connection", "Notes of the bot");
        await owner.PressAsync("Connect");
        await Expect(editor.Panel).ToContainTextAsync("as bot@sample.example");
        await editor.FillAsync("Text", "Hello {{ call.name }}");
        await editor.AddAsync("Action", 1);
        await editor.PickAppAsync("Recipe function");
        await editor.PickAsync("Return a result");
        await editor.Inputs.GetByLabel("Result").ClickAsync();
        await editor.Inputs.GetByRole(AriaRole.Button, new() { Name = "{{ note }}" }).ClickAsync();
        await editor.PressAsync("Save the step");
        await editor.PressAsync("Start");

        await Expect(owner.Page.Locator("#editor")).ToContainTextAsync("It runs, so it cannot be changed.");
        var called = (await product.Api.SendAsync($"/api/recipes/{editor.Id}/call", new { input = new { name = "Ada" } })).Ok().Json;
        (called.Text("status"), called["result"]!["text"]!.GetValue<string>()).ShouldBe(("succeeded", "Hello Ada"));
        // What the job recorded is offered from then on.
        await editor.PressAsync("Stop");
        await editor.ChooseStepAsync(2);
        await Expect(editor.Inputs.Locator("[data-insert]", new() { HasText = "{{ note.text }}" })).ToContainTextAsync("Hello Ada");
        await Expect(editor.Inputs.Locator("[data-insert]", new() { HasText = "{{ call.name }}" })).ToContainTextAsync("Ada");
        owner.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_connection_says_which_steps_change_before_it_is_taken_and_can_be_undone()
    {
        var (first, second) = (await ConnectAsync("First"), await ConnectAsync("Second"));
        var recipe = await RecipeAsync("Overridden", $"{Call}{List},{Create},{Return}]}}", first);
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.OpenAsync(recipe, step: 2);

        await editor.FollowAsync("Change the connection");
        await editor.PickAsync("Second");

        await Expect(owner.Alert).ToContainTextAsync("Also changes step 1 List notes.");
        (await ConnectionAsync(recipe)).ShouldBe(first);
        await editor.PressAsync("Change it in 2 steps");
        await Expect(owner.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Second is the connection of every step of Sample app now: also step 1 List notes.");
        (await ConnectionAsync(recipe)).ShouldBe(second);
        await editor.PressAsync("Undo this choice");
        await Expect(editor.Panel).ToContainTextAsync("First");
        (await ConnectionAsync(recipe)).ShouldBe(first);
        await editor.FollowAsync("Change the connection");
        await Expect(editor.Panel).ToContainTextAsync("Sample app has no second connector");
        owner.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_step_uses_a_second_connection_where_the_app_has_a_secondary_connector()
    {
        var settings = new { auth_type = "no_auth", base_uri = product.SampleApp.Url };
        var first = (await product.CreateAsync("rest", settings, "Plain")).Id;
        await product.CreateAsync("rest_secondary", settings, "Plain, once more");
        var ask = """{"keyword":"action","provider":"rest","name":"__adhoc_http_action","as":"NAME","input":{"verb":"GET","path":"/control"}}""";
        var recipe = await RecipeAsync("Both", $"{Call}{ask.Replace("NAME", "one", StringComparison.Ordinal)},{ask.Replace("NAME", "two", StringComparison.Ordinal)}]}}", first, "rest");
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.OpenAsync(recipe, step: 2);

        await editor.FollowAsync("Change the connection");
        await editor.PressAsync("Use a second connection: HTTP (Secondary)");
        await editor.PickAsync("Plain, once more");

        await Expect(editor.Inputs).ToBeVisibleAsync();
        await Expect(editor.Inputs.GetByLabel("Path", new() { Exact = true })).ToHaveValueAsync("/control");
        await Expect(editor.Steps.Locator(".step-link").Nth(1)).Not.ToContainTextAsync("Secondary");
        var config = (await product.Api.ReadAsync($"/api/recipes/{recipe}")).Ok().Json.ToJsonString();
        config.ShouldContain("rest_secondary");
        config.ShouldContain($"{first}");
    }

    [Fact]
    public async Task A_connection_error_is_shown_at_the_step_and_repaired_from_there()
    {
        var recipe = await RecipeAsync("Repaired", $"{Call}{Create},{Return}]}}", await ConnectAsync("Broken soon"));
        await product.SampleApp.ChangeApiKeyAsync("bot", "sample-key-new");
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        (await product.Api.SendAsync($"/api/connections/{await ConnectionAsync(recipe)}/test")).Status.ShouldBeLessThan(500);
        await editor.OpenAsync(recipe);
        await editor.PressAsync("Start");
        await Expect(owner.Alert).ToContainTextAsync("Step 1, Create a note: Credentials not accepted");

        await owner.Alert.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(owner.Page.Locator("#connection-error")).ToContainTextAsync("Credentials not accepted");
        await Expect(owner.Page.Locator("#connection-error li")).ToHaveCountAsync(3);
        await Expect(editor.Inputs).Not.ToBeVisibleAsync();
        await editor.FollowAsync("Enter credentials again");
        await owner.TypeAsync("API key", "sample-key-wrong");
        await owner.PressAsync("Connect");
        await Expect(owner.Alert).ToContainTextAsync("did not accept the credentials");
        await Expect(editor.Panel).ToBeVisibleAsync();
        await owner.TypeAsync("API key", "sample-key-new");
        await owner.PressAsync("Connect");

        await Expect(editor.Heading).ToHaveTextAsync("Create a note");
        await Expect(editor.Inputs).ToBeVisibleAsync();
        await editor.PressAsync("Start");
        await Expect(owner.Page.Locator("#editor")).ToContainTextAsync("It runs, so it cannot be changed.");
        owner.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_later_of_two_saves_is_told_and_what_was_typed_is_kept()
    {
        var recipe = await RecipeAsync("Twice open", $"{Call}{Create},{Return}]}}", await ConnectAsync("Shared"));
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.OpenAsync(recipe, step: 1);
        await using var colleague = await Owner.SignedInAsync(product, chromium);
        var other = new RecipeEditor(colleague);
        await other.OpenAsync(recipe, step: 1);
        await other.FillAsync("Text", "Theirs");

        await editor.FillAsync("Text", "Mine");

        await Expect(owner.Alert).ToContainTextAsync("saved version 2 since you opened this. Your change is kept below and not saved yet");
        await Expect(editor.Inputs.GetByLabel("Text", new() { Exact = true })).ToHaveValueAsync("Mine");
        (await CodeAsync(recipe)).ShouldContain("Theirs");
        await editor.PressAsync("Save the step");
        await Expect(owner.Page.Locator(".head")).ToContainTextAsync("Version 3");
        (await CodeAsync(recipe)).ShouldContain("Mine");
        owner.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_is_undone_with_the_connection_it_took_away()
    {
        var connection = await ConnectAsync("Kept by undo");
        var recipe = await RecipeAsync("Undone", $"{Call}{Create},{Return.Replace("{{ note.text }}", "done", StringComparison.Ordinal)}]}}", connection);
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.OpenAsync(recipe, step: 1);

        await editor.PressAsync("Delete step 1");
        await Expect(editor.Steps.Locator(".step-link")).ToHaveCountAsync(2);
        await owner.Page.Keyboard.PressAsync("Control+z");

        await Expect(editor.Steps.Locator(".step-link")).ToHaveCountAsync(3);
        (await ConnectionAsync(recipe)).ShouldBe(connection);
    }

    [Fact]
    public async Task What_was_typed_and_not_saved_survives_a_reload()
    {
        var recipe = await RecipeAsync("Typed", $"{Call}{Create},{Return}]}}", await ConnectAsync("Typing"));
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.OpenAsync(recipe, step: 1);
        var text = editor.Inputs.GetByLabel("Text", new() { Exact = true });
        await text.FillAsync("A long thought");

        await owner.Page.ReloadAsync();

        await Expect(text).ToHaveValueAsync("A long thought");
        await Expect(editor.Inputs).ToContainTextAsync("What you typed and did not save is back.");
        await editor.PressAsync("Save the step");
        await Expect(owner.Page.Locator(".head")).ToContainTextAsync("Version 2");
        await owner.Page.ReloadAsync();
        await Expect(text).ToHaveValueAsync("A long thought");
        await Expect(editor.Inputs).Not.ToContainTextAsync("is back", new() { UseInnerText = true });
    }

    [Fact]
    public async Task Without_script_a_step_is_added_moved_and_filled_in()
    {
        var recipe = await RecipeAsync("By forms", $"{Call}{Create}]}}", await ConnectAsync("Forms"));
        await using var owner = await Owner.SignedInAsync(product, chromium, script: false);
        await owner.OpenAsync($"/recipes/{recipe}/edit?step=1");
        await owner.Page.Locator(".step-add").Nth(1).Locator("summary").ClickAsync();
        await owner.Page.Locator(".step-add").Nth(1).GetByRole(AriaRole.Button, new() { Name = "Action", Exact = true }).ClickAsync();
        await owner.TypeAsync("Find an app", "log");
        await owner.PressAsync("Find");
        await owner.Page.Locator(".picks button", new() { HasText = "Writes a line into the job" }).ClickAsync();
        await owner.Page.Locator(".picks button", new() { HasText = "Log a message" }).ClickAsync();
        await owner.TypeAsync("Message", "{{ note.id }}");
        await owner.PressAsync("Save the step");
        await owner.PressAsync("Move step 2 up");

        var steps = RecipeSteps(await CodeAsync(recipe));
        steps.ShouldBe(["log_message", "create_note"]);
        await Expect(owner.Page.Locator(".step-fault")).ToContainTextAsync("Message refers to 'note', which comes later");
    }

    [Fact]
    public async Task The_step_list_is_walked_by_keys()
    {
        var recipe = await RecipeAsync("Keys", $"{Call}{Create},{Return}]}}", await ConnectAsync("Keyboard"));
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.OpenAsync(recipe);
        await editor.Steps.Locator(".step-link").First.FocusAsync();

        await owner.Page.Keyboard.PressAsync("ArrowDown");
        await owner.Page.Keyboard.PressAsync("Enter");

        await Expect(editor.Heading).ToHaveTextAsync("Create a note");
        await Expect(editor.Heading).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(Screen.Desktop, ColorScheme.Light)]
    [InlineData(Screen.Phone, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_and_nothing_is_scrolled_sideways(Screen screen, ColorScheme colors)
    {
        const string branches = Call + Create + """,{"keyword":"if","input":{"type":"compound","operand":"and","conditions":[{"operand":"contains","lhs":"{{ note.text }}","rhs":"Ada"}]},"block":[""" + List +
            """,{"keyword":"foreach","source":"{{ list_notes }}","as":"item","block":[{"keyword":"action","provider":"logger","name":"log_message","as":"line","input":{"message":"{{ item.text }}"}}]}]},{"keyword":"else","block":[{"keyword":"action"}]},""" + Return + "]}";
        var recipe = await RecipeAsync("Greet whoever calls, and look back", branches, await ConnectAsync("Notes"));
        await using var owner = await Owner.SignedInAsync(product, chromium, screen, colors: colors);
        var complaints = new List<string>();
        foreach (var address in new[] { "step=0", "step=1", "step=1&pick=app", "step=1&pick=operation", "step=1&pick=connection", "step=1&pick=connect", "step=2", "step=4", "step=7" })
        {
            await owner.OpenAsync($"/recipes/{recipe}/edit?{address}");
            await PictureAsync(owner, address, screen);
            await owner.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
            var result = await owner.Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
            complaints.AddRange(result.Violations.SelectMany(v => v.Nodes, (v, node) => $"{address}: {v.Id}: {v.Help}: {node.Html}"));
            if (await owner.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") > (screen == Screen.Phone ? 390 : 1280)) complaints.Add($"{address} is too wide");
        }

        complaints.ShouldBeEmpty();
    }

    private static async Task PictureAsync(Owner owner, string address, Screen screen)
    {
        if (Environment.GetEnvironmentVariable("CONNECTIONS_PICTURES") is not { Length: > 0 } folder) return;
        var name = (address, screen) switch { ("step=1", Screen.Desktop) => "editor-desktop", ("step=1&pick=connect", Screen.Desktop) => "editor-connect", ("step=1", _) => "editor-phone", _ => null };
        if (name is not null) await owner.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = screen == Screen.Phone });
    }

    private async Task<int> ConnectAsync(string name) => (await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" }, name)).Id;

    private async Task<int> RecipeAsync(string name, string code, int connection, string provider = "sample_app") =>
        (await product.Api.SendAsync("/api/recipes", new { name, code, config = JsonSerializer.Serialize(new[] { new { keyword = "application", provider, account_id = connection } }) })).Ok().Json.Id;

    private async Task<int?> ConnectionAsync(int recipe) =>
        JsonNode.Parse((await product.Api.ReadAsync($"/api/recipes/{recipe}")).Ok().Json["config"]!.ToJsonString())!.AsArray().Select(c => c!["account_id"]).OfType<JsonValue>().Select(v => (int?)int.Parse(v.ToString(), System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();

    private async Task<string> CodeAsync(int recipe) => (await product.Api.ReadAsync($"/api/recipes/{recipe}")).Ok().Json.Text("code")!;

    private static IEnumerable<string> RecipeSteps(string code) => JsonNode.Parse(code)!["block"]!.AsArray().Select(s => s!["name"]!.GetValue<string>());
}
