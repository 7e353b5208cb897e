using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>Connecting an app at a browser.</summary>
public sealed class WizardTests(ProductOnSqlite product, Chromium chromium) : IClassFixture<ProductOnSqlite>, IAsyncLifetime
{
    public ValueTask InitializeAsync() => new(product.SampleApp.ResetAsync());

    public ValueTask DisposeAsync() => default;

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_newcomer_finds_the_app_signs_in_and_sees_whose_account_it_is(Screen screen)
    {
        await using var owner = await Owner.SignedInAsync(product, chromium, screen);

        await owner.FollowAsync("Create connection");
        await owner.TypeAsync("Find an app", "try everything");
        await owner.FollowAsync("Sample app");
        await owner.TypeAsync("API key", "sample-key-bot");
        await owner.ChooseAsync("Sandbox or test data");
        await owner.TypeAsync("Name of the connection", $"Tried out on a {screen}");
        await owner.PressAsync("Connect");

        await Expect(owner.State).ToContainTextAsync("Sample app knows us as bot@sample.example");
        await Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"Tried out on a {screen}");
        await Expect(owner.Page.Locator(".facts")).ToContainTextAsync("Sandbox or test data");
        owner.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_password_is_told_on_the_spot_and_nothing_typed_is_lost()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync("/connections/new/sample_app");
        await owner.ChooseAsync("User name and password");
        await owner.TypeAsync("User name", "bot");
        await owner.TypeAsync("Password", "mistyped");
        await owner.TypeAsync("Name of the connection", "Typed twice");
        await owner.PressAsync("Connect");

        await Expect(owner.Alert).ToContainTextAsync("did not accept the credentials");
        await Expect(owner.Alert).ToBeFocusedAsync();
        await Expect(owner.Box("User name")).ToHaveValueAsync("bot");
        await Expect(owner.Box("Password")).ToHaveValueAsync("mistyped");
        await Expect(owner.Page.GetByLabel("Name of the connection")).ToHaveValueAsync("Typed twice");

        await owner.TypeAsync("Password", "tabulating-machine");
        await owner.PressAsync("Connect");
        await Expect(owner.State).ToContainTextAsync("Connected.");
    }

    [Fact]
    public async Task A_wrong_password_leaves_no_connection_behind()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync("/connections/new/sample_app");
        await owner.TypeAsync("API key", "no such key");
        await owner.TypeAsync("Name of the connection", "Never made");
        await owner.PressAsync("Connect");
        await Expect(owner.Alert).ToBeVisibleAsync();

        (await product.Api.GetStringAsync("/api/connections?text=Never%20made", TestContext.Current.CancellationToken)).ShouldBe("[]");
    }

    [Fact]
    public async Task What_is_missing_is_named_at_its_box()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync("/connections/new/sample_app");
        await owner.PressAsync("Connect");

        var box = owner.Box("API key");
        await Expect(box).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(box).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("can't be blank"));
    }

    [Fact]
    public async Task While_a_slow_app_is_asked_the_button_says_so()
    {
        await product.SampleApp.BehaveAsync("slow", 5000);
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync("/connections/new/sample_app");
        await owner.TypeAsync("API key", "sample-key-bot");
        await owner.PressAsync("Connect");

        var busy = owner.Page.GetByRole(AriaRole.Button, new() { Name = "Asking Sample app…" });
        await Expect(busy).ToHaveAttributeAsync("aria-busy", "true");
        await Expect(owner.State).ToContainTextAsync("Connected.");
    }

    [Fact]
    public async Task An_app_that_is_down_can_be_saved_for_later_without_losing_what_was_typed()
    {
        await product.SampleApp.BehaveAsync("down");
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync("/connections/new/sample_app");
        await owner.TypeAsync("API key", "sample-key-bot");
        await owner.PressAsync("Connect");
        await Expect(owner.Alert).ToContainTextAsync("is in trouble");
        await owner.PressAsync("Save without connecting");
        await Expect(owner.State).ToContainTextAsync("Not tested");

        await product.SampleApp.ResetAsync();
        await owner.PressAsync("Test now");
        await Expect(owner.State.Locator(".status")).ToContainTextAsync("Connected");
    }

    [Fact]
    public async Task Without_script_an_app_is_connected_all_the_same()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium, script: false);
        await owner.ConnectSampleAppAsync("Made without script");
    }

    [Fact]
    public async Task With_the_keyboard_alone_an_app_is_connected()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync("/connections/new");
        await Expect(owner.Page.GetByLabel("Find an app")).ToBeFocusedAsync();
        await owner.Page.Keyboard.TypeAsync("sample app");
        await Expect(owner.Page.Locator(".apps li")).ToHaveCountAsync(1);
        await TabToAsync(owner.Page, "Sample app");
        await owner.Page.Keyboard.PressAsync("Enter");
        // Not WaitForURLAsync: it looks at the address and then begins to listen, and misses what arrives in between
        // (microsoft/playwright-dotnet#3364).
        await Expect(owner.Page).ToHaveURLAsync(new Uri(product.Address, "/connections/new/sample_app").AbsoluteUri);
        await owner.Page.WaitForLoadStateAsync();
        await TabToAsync(owner.Page, "input.api_key.api_key");
        await owner.Page.Keyboard.TypeAsync("sample-key-bot");
        await owner.Page.Keyboard.PressAsync("Enter");

        await Expect(owner.State).ToContainTextAsync("Connected.");
    }

    private static async Task TabToAsync(IPage page, string nameOrText)
    {
        for (var i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("wanted => document.activeElement.name === wanted || document.activeElement.matches('.apps a') && document.activeElement.textContent.includes(wanted)", nameOrText)) return;
        }

        Assert.Fail($"Tab never reached {nameOrText}");
    }
}
