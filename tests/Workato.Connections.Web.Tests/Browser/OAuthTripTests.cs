using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Support;
using Workato.Connections.Web.Tests.Support.RealSoftware;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>The trip to the app and back, in a real browser.</summary>
public sealed class OAuthTripTests(ProductAtItsAddress product, Chromium chromium) : IClassFixture<ProductAtItsAddress>, IAsyncDisposable
{
    [Theory]
    [InlineData("OAuth 2.0")]
    [InlineData("OAuth 1.0")]
    public async Task In_a_window_of_its_own_somebody_agrees_and_the_page_goes_on_by_itself(string way)
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var window = await LeaveAsync(owner, way);
        await Expect(owner.Page.Locator("[data-trip]")).ToContainTextAsync("Waiting for you at Sample app");

        await AnswerAsync(window, "Allow");

        await Expect(owner.State).ToContainTextAsync("knows us as");
        owner.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whose_account_it_is_and_what_was_granted_is_shown()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await AnswerAsync(await LeaveAsync(owner, "OAuth 2.0"), "Allow");

        await Expect(owner.State).ToContainTextAsync("knows us as");
        var permission = owner.Page.GetByRole(AriaRole.Region, new() { Name = "Permission" });
        await Expect(permission).ToContainTextAsync("Read notes");
        await Expect(permission).ToContainTextAsync("By itself, in ");
    }

    [Fact]
    public async Task Less_than_was_asked_for_is_told()
    {
        await product.SampleApp.OAuth2Async(new { grant_scopes = new[] { "profile" } });
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await AnswerAsync(await LeaveAsync(owner, "OAuth 2.0"), "Allow");

        await Expect(owner.Page.GetByText("Sample app granted less than was asked for.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_denies_reads_why_and_may_begin_again_with_what_was_typed()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var window = await LeaveAsync(owner, "OAuth 2.0", name: "Kept while away");
        var closed = new TaskCompletionSource();
        window.Close += (_, _) => closed.TrySetResult();

        await AnswerAsync(window, "Deny");

        await Expect(owner.Alert).ToContainTextAsync("Access was denied at Sample app");
        await Expect(owner.Box("Name of the connection")).ToHaveValueAsync("Kept while away");
        // Before that the same window would be used again.
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await AnswerAsync(await PressConnectAsync(owner), "Allow");
        await Expect(owner.State).ToContainTextAsync("knows us as");
    }

    [Fact]
    public async Task Who_closes_the_window_leaves_nothing_half_done()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var window = await LeaveAsync(owner, "OAuth 2.0", name: "Never finished");

        await window.CloseAsync();

        await Expect(owner.Page.Locator("[data-trip]")).ToContainTextAsync("The window was closed.");
        await owner.OpenAsync("/connections");
        await Expect(owner.Page.GetByText("Never finished")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Without_script_the_whole_page_goes_and_comes_back()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium, script: false);
        await owner.OpenAsync("/connections/new/sample_app");
        await owner.ChooseAsync("OAuth 2.0");
        await owner.PressAsync("Connect");

        await owner.PressAsync("Allow");

        await Expect(owner.State).ToContainTextAsync("knows us as");
    }

    [Fact]
    public async Task A_lost_connection_is_connected_again_in_place()
    {
        var id = await Traveller.ConnectAsync(product);
        await product.SampleApp.RevokeTokensAsync("bot");
        await product.Api.SendAsync($"/api/connections/{id}/test");
        await product.SampleApp.OAuth2Async(new { consent = "ask" });
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync($"/connections/{id}");
        await Expect(owner.State).ToContainTextAsync("has taken back the permission");
        await owner.FollowAsync("Connect Sample app again");

        await AnswerAsync(await PressConnectAsync(owner), "Allow");

        await Expect(owner.State).ToContainTextAsync("Connected.");
        owner.Page.Url.ShouldContain($"/connections/{id}?");
    }

    [Fact]
    public async Task A_lost_connection_is_connected_again_in_the_panel_of_a_recipes_step()
    {
        var id = await Traveller.ConnectAsync(product);
        var recipe = await product.RecipeAsync("Notes", id, start: false);
        await product.SampleApp.RevokeTokensAsync("bot");
        await product.Api.SendAsync($"/api/connections/{id}/test");
        await product.SampleApp.OAuth2Async(new { consent = "ask" });
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var editor = new RecipeEditor(owner);
        await editor.OpenAsync(recipe, step: 1);
        await editor.FollowAsync("Connect Sample app again");
        await Expect(editor.Panel).ToContainTextAsync("The connection keeps its id and everything that uses it.");

        await AnswerAsync(await PressConnectAsync(owner), "Allow");

        await Expect(editor.Inputs).ToBeVisibleAsync();
        owner.Page.Url.ShouldContain($"/recipes/{recipe}/edit?step=1");
        (await product.ConnectionOfAsync(recipe)).ShouldBe(id);
        owner.Errors.ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync() => await product.SampleApp.ResetAsync();

    private static async Task<IPage> LeaveAsync(Owner owner, string way, string name = "By OAuth")
    {
        await owner.OpenAsync("/connections/new/sample_app");
        await owner.ChooseAsync(way);
        await owner.TypeAsync("Name of the connection", name);
        return await PressConnectAsync(owner);
    }

    private static async Task<IPage> PressConnectAsync(Owner owner)
    {
        var window = await owner.Page.RunAndWaitForPopupAsync(() => owner.PressAsync("Connect"));
        await Expect(window.GetByRole(AriaRole.Button, new() { Name = "Allow" })).ToBeVisibleAsync();
        return window;
    }

    private static Task AnswerAsync(IPage window, string answer) => window.GetByRole(AriaRole.Button, new() { Name = answer }).ClickAsync();
}

/// <summary>A product that knows where it is, so that apps send browsers back to it.</summary>
public sealed class ProductAtItsAddress : ProductOnSqlite
{
    public ProductAtItsAddress()
    {
        Port = LoopbackPort.Next();
        Settings["PublicUrl"] = $"http://127.0.0.1:{Port}";
    }
}
