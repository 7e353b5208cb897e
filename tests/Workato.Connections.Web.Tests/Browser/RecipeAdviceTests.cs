using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>
/// What a recipe says of a connection that does not work: the cause, the app's own answer and the one next step, as the
/// connection's page says it, and Workato's three pieces of advice. With <c>CONNECTIONS_PICTURES</c> naming a folder, the picture of the documentation is taken into it; with <c>ADVICE_PICTURES</c>, all pages are.
/// </summary>
public sealed class RecipeAdviceTests(ProductOnSqlite product, Chromium chromium) : IClassFixture<ProductOnSqlite>, IAsyncLifetime
{
    private const string Call = """{"keyword":"trigger","provider":"workato_recipe_function","name":"execute","as":"call","block":[{"keyword":"action","provider":"sample_app","name":"create_note","as":"note","input":{"text":"Hello"}}]}""";

    public ValueTask InitializeAsync() => new(product.SampleApp.ResetAsync());

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_permission_that_was_taken_back_is_told_at_the_step_with_the_answer_and_the_next_step_before_all_else()
    {
        var connection = await Traveller.ConnectAsync(product);
        var recipe = await product.RecipeAsync("Taken back", connection, start: false, Call);
        await product.SampleApp.RevokeTokensAsync("bot");
        (await product.Api.SendAsync($"/api/connections/{connection}/test")).Ok();
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.OpenAsync(recipe, step: 1);

        await Expect(editor.Steps.Locator(".step-link").Nth(1)).ToContainTextAsync("Permission taken back");
        var error = owner.Page.Locator("#connection-error");
        await Expect(error.Locator("strong").First).ToHaveTextAsync("Permission taken back");
        await Expect(error).ToContainTextAsync("Sample app has taken back the permission");
        await error.GetByText("What was answered").ClickAsync();
        await Expect(error.Locator(".evidence pre")).ToContainTextAsync("invalid_grant");
        await Expect(error.GetByRole(AriaRole.Link).First).ToHaveTextAsync("Connect Sample app again");
        await Expect(error.GetByRole(AriaRole.Link).First).ToHaveAttributeAsync("href", $"/recipes/{recipe}/edit?step=1&pick=reconnect");
        await Expect(error.Locator(".advice-list")).ToContainTextAsync("It acts as bot@sample.example");
        await Expect(error.GetByRole(AriaRole.Link, new() { Name = "See whose account it is" })).ToBeVisibleAsync();
        await Expect(error.GetByRole(AriaRole.Button, new() { Name = "now" })).ToBeVisibleAsync();
        await Expect(editor.Inputs).Not.ToBeVisibleAsync();
        owner.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_app_that_is_down_passes_by_itself_and_nobody_is_told_to_reconnect_first()
    {
        var connection = await product.ConnectionAsync("Patient");
        var recipe = await product.RecipeAsync("Waits", connection, start: false, Call);
        await product.SampleApp.BehaveAsync("down");
        (await product.Api.SendAsync($"/api/connections/{connection}/test")).Ok();
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.OpenAsync(recipe, step: 1);

        await Expect(editor.Steps.Locator(".step-link").Nth(1)).ToContainTextAsync("App in trouble");
        var error = owner.Page.Locator("#connection-error");
        await Expect(error).ToContainTextAsync("It passes by itself: Sample app is asked again every few minutes until it answers.");
        await Expect(error).ToContainTextAsync("The recipe can be changed and started meanwhile.");
        await Expect(error.Locator(".btn-primary")).ToHaveCountAsync(0);
        (await error.GetByRole(AriaRole.Link).AllTextContentsAsync()).ShouldBe(["see whose account it is", "reconnect “Patient”"]);
        await Expect(editor.Inputs).ToBeVisibleAsync();
        await editor.PressAsync("Start");
        await Expect(error).ToContainTextAsync("The recipe runs on");

        await product.SampleApp.BehaveAsync("ok");
        await editor.PressAsync("test “Patient” now");
        await Expect(error).ToHaveCountAsync(0);
        await Expect(editor.Heading).ToHaveTextAsync("Create a note");
        owner.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_recipe_that_was_stopped_says_the_cause_and_once_repaired_that_it_can_be_started()
    {
        var connection = await product.ConnectionAsync("Changed key");
        var recipe = await product.RecipeAsync("Stopped", connection, code: Call);
        await product.SampleApp.ChangeApiKeyAsync("bot", "sample-key-new");
        await FailAsync(recipe, 5);
        await using var owner = await Owner.SignedInAsync(product, chromium);

        await owner.OpenAsync($"/recipes/{recipe}");
        var stopped = owner.Page.Locator("#stopped");
        await Expect(stopped.Locator("strong").First).ToHaveTextAsync("It was stopped: Credentials not accepted.");
        // In the words of the job, or those of the test that was made since; not in both.
        await Expect(stopped.GetByText("did not accept the credentials")).ToHaveCountAsync(1);
        await Expect(stopped).ToContainTextAsync("5 jobs in a row failed at step 1.");
        await stopped.GetByRole(AriaRole.Link, new() { Name = "Enter credentials again" }).ClickAsync();
        await owner.TypeAsync("API key", "sample-key-new");
        await owner.PressAsync("Connect");
        await Expect(owner.Page.Locator("main")).ToContainTextAsync("A recipe was stopped because of this connection");
        await owner.OpenAsync($"/recipes/{recipe}");

        await Expect(stopped).ToContainTextAsync("“Changed key” works again: start the recipe again.");
        await owner.OpenAsync($"/recipes/{recipe}/jobs");
        await owner.FollowAsync("Call");
        await Expect(owner.Page.Locator("#job-error")).ToContainTextAsync("“Changed key” works again: repeat the job.");
    }

    [Fact]
    public async Task A_job_whose_user_lacks_a_permission_says_so_though_the_connection_works()
    {
        // It was allowed to read notes, not to write them.
        var connection = await Traveller.ConnectAsync(product);
        var recipe = await product.RecipeAsync("Forbidden", connection, code: Call);
        await FailAsync(recipe, 1);
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync($"/recipes/{recipe}/jobs");
        await owner.FollowAsync("Call");

        var error = owner.Page.Locator("#job-error");
        await Expect(error.Locator("strong").First).ToHaveTextAsync("It failed at step 1: A permission is missing.");
        await Expect(error.GetByRole(AriaRole.Link).First).ToHaveTextAsync("Connect and agree again");
        await Expect(error).ToContainTextAsync("Once that is put right, repeat the job.");
    }

    [Theory]
    [InlineData(Screen.Desktop, ColorScheme.Light)]
    [InlineData(Screen.Desktop, ColorScheme.Dark)]
    [InlineData(Screen.Phone, ColorScheme.Light)]
    [InlineData(Screen.Phone, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_and_nothing_is_scrolled_sideways(Screen screen, ColorScheme colors)
    {
        var (lost, patient) = (await Traveller.ConnectAsync(product), await product.ConnectionAsync("Month end"));
        (await product.Api.ChangeAsync($"/api/connections/{lost}", new { name = "Notes of the shop" })).Ok();
        var (broken, running) = (await product.RecipeAsync("Greet a customer", lost, code: Call), await product.RecipeAsync("Count the stock", patient, code: Call));
        await product.SampleApp.RevokeTokensAsync("bot");
        await FailAsync(broken, 5);
        await product.SampleApp.BehaveAsync("down");
        (await product.Api.SendAsync($"/api/connections/{patient}/test")).Ok();
        await using var owner = await Owner.SignedInAsync(product, chromium, screen, colors: colors);
        var complaints = new List<string>();
        foreach (var (address, name) in new[]
        {
            ($"/recipes/{broken}/edit?step=1", "editor-broken"), ($"/recipes/{broken}/edit?step=1&pick=reconnect", "editor-reconnect"), ($"/recipes/{broken}", "stopped"), ($"/recipes/{broken}/jobs/{await LastJobAsync(broken)}", "job-broken"),
            ($"/recipes/{running}/edit?step=1", "editor-passing"), ($"/recipes/{running}", "running-passing"),
            ($"/connections/{lost}", "connection-broken"), ($"/connections/{patient}", "connection-passing"), ("/health", "health"),
        })
        {
            await owner.OpenAsync(address);
            if (name == "editor-broken" && (screen, colors) is (Screen.Desktop, ColorScheme.Light)) await PictureAsync(owner, "editor-broken.png");
            if (Environment.GetEnvironmentVariable("ADVICE_PICTURES") is { } all) await owner.Page.ScreenshotAsync(new() { Path = Path.Combine(all, $"{name}-{screen}-{colors}.png"), FullPage = true });
            await owner.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
            var result = await owner.Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
            complaints.AddRange(result.Violations.SelectMany(v => v.Nodes, (v, node) => $"{name}: {v.Id}: {v.Help}: {node.Html}"));
            if (await owner.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") > (screen == Screen.Phone ? 390 : 1280)) complaints.Add($"{name} is too wide");
        }

        complaints.ShouldBeEmpty();
    }

    private async Task FailAsync(int recipe, int times)
    {
        for (var i = 0; i < times; i++) (await product.Api.SendAsync($"/api/recipes/{recipe}/call", new { input = new { } })).Ok().Json.Text("status").ShouldBe("failed");
    }

    private async Task<string> LastJobAsync(int recipe) => (await product.Api.ReadAsync(string.Create(CultureInfo.InvariantCulture, $"/api/recipes/{recipe}/jobs"))).Ok().Json["items"]![0]!["id"]!.GetValue<string>();

    private static async Task PictureAsync(Owner owner, string name)
    {
        if (Environment.GetEnvironmentVariable("CONNECTIONS_PICTURES") is { Length: > 0 } folder) await owner.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), FullPage = true });
    }
}
