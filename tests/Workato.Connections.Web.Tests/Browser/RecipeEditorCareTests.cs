using System.Text.Json;
using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>What the editor does for whoever does not know it yet: nothing typed is lost or passed over, nothing is red before its time.</summary>
public sealed class RecipeEditorCareTests(ProductOnSqlite product, Chromium chromium) : IClassFixture<ProductOnSqlite>, IAsyncLifetime
{
    private const string Call = """{"keyword":"trigger","provider":"workato_recipe_function","name":"execute","as":"call","block":[""";
    private const string Log = """{"keyword":"action","provider":"logger","name":"log_message","as":"line","input":{"message":"Saved"}}""";
    private const string List = """{"keyword":"action","provider":"sample_app","name":"list_notes","as":"notes","input":{}}""";

    public ValueTask InitializeAsync() => new(product.SampleApp.ResetAsync());

    public ValueTask DisposeAsync() => default;

    [Theory]
    [InlineData("Save and start", "Typed")]
    [InlineData("Start without it", "Saved")]
    public async Task A_start_asks_about_what_was_typed_and_not_saved(string answer, string runs)
    {
        var recipe = await RecipeAsync($"{Call}{Log}]}}");
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.OpenAsync(recipe, step: 1);
        var message = editor.Inputs.GetByLabel("Message", new() { Exact = true });
        await message.FillAsync("Typed");

        await owner.PressAsync("Start");
        await Expect(owner.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Not saved yet: step 1, Log a message");
        await PictureAsync(owner, "ask-" + runs);
        await editor.PressAsync(answer);

        await Expect(owner.Page.Locator("#editor")).ToContainTextAsync("It runs, so it cannot be changed.");
        await Expect(message).ToHaveValueAsync(runs);
        (await product.Api.ReadAsync($"/api/recipes/{recipe}")).Ok().Json.Text("code")!.ShouldContain(runs);
        await PictureAsync(owner, "runs-" + runs);
        owner.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_typed_at_another_step_is_saved_before_a_start_too()
    {
        var recipe = await RecipeAsync($"{Call}{Log},{Log.Replace("\"line\"", "\"other\"", StringComparison.Ordinal)}]}}");
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.OpenAsync(recipe, step: 1);
        await editor.Inputs.GetByLabel("Message", new() { Exact = true }).FillAsync("First");
        await editor.ChooseStepAsync(2);
        await editor.Inputs.GetByLabel("Message", new() { Exact = true }).FillAsync("Second");

        await owner.PressAsync("Start");
        await editor.PressAsync("Save and start");

        await Expect(owner.Page.Locator("#editor")).ToContainTextAsync("It runs, so it cannot be changed.");
        var code = (await product.Api.ReadAsync($"/api/recipes/{recipe}")).Ok().Json.Text("code")!;
        code.ShouldContain("First");
        code.ShouldContain("Second");
    }

    [Fact]
    public async Task What_was_typed_and_not_started_comes_back_when_the_recipe_is_stopped()
    {
        var recipe = await RecipeAsync($"{Call}{Log}]}}");
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.OpenAsync(recipe, step: 1);
        var message = editor.Inputs.GetByLabel("Message", new() { Exact = true });
        await message.FillAsync("Typed");
        await owner.PressAsync("Start");
        await editor.PressAsync("Start without it");
        await Expect(editor.Inputs).ToContainTextAsync("It does not run; it comes back when the recipe is stopped.");

        await editor.PressAsync("Stop");

        await Expect(message).ToHaveValueAsync("Typed");
        await editor.PressAsync("Throw it away");
        await Expect(message).ToHaveValueAsync("Saved");
    }

    [Fact]
    public async Task Undos_say_what_they_undo_and_are_redone_by_keys_and_by_button()
    {
        var recipe = await RecipeAsync($"{Call}{Log}]}}");
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.OpenAsync(recipe, step: 1);
        await editor.AddAsync("Action", 1);
        await editor.PickAppAsync("Log");
        await PictureAsync(owner, "undo");
        await editor.PressAsync("Undo: choose the app of step 2");
        await Expect(owner.Page.Locator("#undo")).ToBeFocusedAsync();
        await owner.Page.Keyboard.PressAsync("Control+z");
        await Expect(editor.Steps.Locator(".step-link")).ToHaveCountAsync(2);

        await owner.Page.Keyboard.PressAsync("Control+Shift+Z");
        await Expect(editor.Steps.Locator(".step-link")).ToHaveCountAsync(3);
        // Also from another step, which has another address.
        await editor.ChooseStepAsync(0);
        await editor.PressAsync("Redo: choose the app of step 2");
        await Expect(editor.Steps.Locator(".step-link").Nth(2)).ToContainTextAsync("Log: action not chosen");
        await Expect(owner.Page.Locator("#redo")).ToHaveCountAsync(0);
        owner.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_redone_step_has_its_connection_again()
    {
        var connection = await product.ConnectionAsync("Redone");
        var recipe = await RecipeAsync($"{Call}{List}]}}", connection);
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.OpenAsync(recipe, step: 1);
        await editor.PressAsync("Delete step 1");
        await editor.PressAsync("Undo: delete step 1");
        await editor.PressAsync("Redo: delete step 1");
        await editor.PressAsync("Undo: delete step 1");

        await Expect(editor.Steps.Locator(".step-link").Nth(1)).ToContainTextAsync("List notes");
        (await product.ConnectionOfAsync(recipe)).ShouldBe(connection);
    }

    [Fact]
    public async Task Nothing_is_red_before_it_could_be_filled_in()
    {
        var recipe = await RecipeAsync($"{Call}{List}]}}", await product.ConnectionAsync("Not red"));
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.OpenAsync(recipe, step: 1);
        await editor.AddAsync("If", 1);
        await Expect(editor.Steps).ToContainTextAsync("To be filled in: the condition");
        await editor.AddAsync("Repeat for each", 2);
        await Expect(editor.Steps).ToContainTextAsync("To be filled in: the list");
        await Expect(editor.Panel).ToContainTextAsync("for example {{ notes }}.");
        await editor.AddAsync("Action", 3);
        await editor.PickAppAsync("Log");
        await editor.PickAsync("Log a message");
        await Expect(editor.Steps).ToContainTextAsync("To be filled in: Message");
        await Expect(editor.Panel.Locator(".field-error")).ToHaveCountAsync(0);
        await Expect(editor.Steps.Locator(".step-fault:not(.yet-to-come)")).ToHaveCountAsync(0);
        await Expect(editor.Panel).Not.ToContainTextAsync("{{ notes.id }}");
        await Expect(owner.Alert).ToHaveCountAsync(0);
        await PictureAsync(owner, "grey");

        await editor.PressAsync("Save the step");
        await Expect(editor.Panel.Locator(".field-error")).ToHaveTextAsync("can't be blank");
        await editor.PressAsync("Start");
        await Expect(owner.Alert).ToContainTextAsync("Step 2, If: The condition needs a comparison");
        await Expect(editor.Steps.Locator(".step-fault:not(.yet-to-come)")).ToHaveCountAsync(3);
        await PictureAsync(owner, "red");
    }

    [Fact]
    public async Task The_places_for_a_step_are_told_apart_by_words()
    {
        var recipe = await RecipeAsync($$$"""{{{Call}}}{"keyword":"if","block":[{"keyword":"foreach","as":"item","block":[{{{Log}}}]}]}]}""");
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await new RecipeEditor(owner).OpenAsync(recipe);

        await Expect(owner.Page.Locator(".step-add summary")).ToHaveTextAsync(
            ["+ Add step as the first", "+ Add step inside the If", "+ Add step inside the loop", "+ Add step inside the loop", "+ Add step behind the loop", "+ Add step behind the If"]);
    }

    [Fact]
    public async Task The_steps_are_one_key_away_and_a_trigger_without_inputs_has_nothing_to_save()
    {
        var recipe = await RecipeAsync($"{Call}{Log}]}}");
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await new RecipeEditor(owner).OpenAsync(recipe);

        await Expect(owner.Page.GetByRole(AriaRole.Button, new() { Name = "Save the step" })).ToBeHiddenAsync();
        await owner.Page.GetByText("Name and note").ClickAsync();
        await Expect(owner.Page.GetByRole(AriaRole.Button, new() { Name = "Save the step" })).ToBeVisibleAsync();
        await owner.Page.ReloadAsync();
        await owner.Page.Keyboard.PressAsync("Tab");
        await owner.Page.Keyboard.PressAsync("Tab");
        await Expect(owner.Page.GetByRole(AriaRole.Link, new() { Name = "To the steps" })).ToBeFocusedAsync();
        await owner.Page.Keyboard.PressAsync("Enter");
        await owner.Page.Keyboard.PressAsync("Tab");
        await Expect(owner.Page.Locator(".step-link").First).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_recipe_that_was_stopped_says_when_its_connection_works_again_and_is_started_there()
    {
        var connection = await product.ConnectionAsync("Back again");
        var recipe = await product.RecipeAsync("Stopped in the editor", connection);
        (await product.Api.SendAsync($"/api/connections/{connection}/disconnect", new { force = true })).Ok();
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.OpenAsync(recipe, step: 1);
        await Expect(owner.Page.Locator("#stopped")).Not.ToContainTextAsync("works now");

        (await product.Api.ChangeAsync($"/api/connections/{connection}", new { input = new { auth_type = "api_key", api_key = "sample-key-bot" } })).Ok();
        await owner.Page.ReloadAsync();
        await Expect(owner.Page.Locator("#stopped")).ToContainTextAsync("Back again works now.");
        await PictureAsync(owner, "stopped");
        await editor.PressAsync("Start it again");

        await Expect(owner.Page.Locator("#editor")).ToContainTextAsync("It runs, so it cannot be changed.");
    }

    [Fact]
    public async Task A_recipe_is_shown_with_its_templates_as_they_are_and_its_jobs_by_what_they_were_called_with()
    {
        var recipe = await RecipeAsync(Call + Log.Replace("Saved", "Hello {{ call.name | upcase }}", StringComparison.Ordinal) + "]}");
        (await product.Api.ChangeAsync($"/api/recipes/{recipe}/start", new { })).Ok();
        (await product.Api.SendAsync($"/api/recipes/{recipe}/call", new { input = new { api_token = "hidden", name = "Eve" } })).Ok();
        await using var owner = await Owner.SignedInAsync(product, chromium);

        await owner.OpenAsync($"/recipes/{recipe}");
        await Expect(owner.Page.Locator(".recipe-step .template")).ToHaveTextAsync("{{ call.name | upcase }}");
        await PictureAsync(owner, "recipe");
        await owner.FollowAsync("Call, name Eve");

        await Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Call, name Eve");
        owner.Errors.ShouldBeEmpty();
    }

    // Of both screens, light and dark, as somebody who judges them wants to see them.
    private static async Task PictureAsync(Owner owner, string name)
    {
        if (Environment.GetEnvironmentVariable("EDITOR_PICTURES") is not { Length: > 0 } folder) return;
        foreach (var (width, colors) in new[] { (1280, ColorScheme.Light), (1280, ColorScheme.Dark), (390, ColorScheme.Light), (390, ColorScheme.Dark) })
        {
            await owner.Page.SetViewportSizeAsync(width, 900);
            await owner.Page.EmulateMediaAsync(new() { ColorScheme = colors });
            await owner.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}-{colors}.png"), FullPage = true });
        }

        await owner.Page.SetViewportSizeAsync(1280, 900);
        await owner.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    private async Task<int> RecipeAsync(string code, int? connection = null) => (await product.Api.SendAsync("/api/recipes", new
    {
        name = "Taken care of",
        code,
        config = connection is { } id ? JsonSerializer.Serialize(new[] { new { keyword = "application", provider = "sample_app", account_id = id } }) : null,
    })).Ok().Json.Id;
}
