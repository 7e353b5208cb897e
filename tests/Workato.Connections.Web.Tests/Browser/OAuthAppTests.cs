using Microsoft.Playwright;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>OAuth apps at a browser.</summary>
public sealed class OAuthAppTests(OAuthOnPostgres product, Chromium chromium) : IClassFixture<OAuthOnPostgres>
{
    private const string NewDesk = "/settings/oauth-apps/new?provider=" + OAuthDesk.Provider;

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task An_operator_finds_the_callback_url_and_adds_an_oauth_app(Screen screen)
    {
        await using var owner = await Owner.SignedInAsync(product, chromium, screen);
        await owner.OpenAsync("/settings/oauth-apps/new");
        await owner.FollowAsync("OAuth Desk");
        await Expect(owner.Page.Locator("#callback-url")).ToHaveTextAsync(await CallbackAsync());
        await Expect(owner.Page.Locator(".guide")).ToContainTextAsync("Register a client there");

        await owner.TypeAsync("Name", $"Added on a {screen}");
        await owner.TypeAsync("Client id", "client-9");
        await owner.TypeAsync("Client secret", "hush");
        await owner.PressAsync("Save");

        await Expect(owner.Page.GetByRole(AriaRole.Status)).ToContainTextAsync($"“Added on a {screen}” is saved");
        var row = owner.Page.Locator("tbody tr", new() { HasText = $"Added on a {screen}" });
        await Expect(row).ToContainTextAsync("client-9");
        await Expect(row).ToContainTextAsync("nothing yet");
        owner.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_comes_from_the_wizard_goes_back_to_it()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync("/settings/oauth-apps/new?return=/connections/new/oauth_desk");
        await owner.FollowAsync("OAuth Desk");
        await owner.TypeAsync("Client id", "client-9");
        await owner.PressAsync("Save");

        await Expect(owner.Page).ToHaveURLAsync(new Uri(product.Address, "/connections/new/oauth_desk").AbsoluteUri);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task Nobody_is_sent_to_another_server(string where)
    {
        using var browser = await CookieClient.SignedInAsync(product);
        var page = $"{NewDesk}&return={Uri.EscapeDataString(where)}";
        var form = await browser.FormAsync(page, ("name", "Not led away"), ("clientId", "client-9"));

        (await browser.Http.SendAsync(page, new FormUrlEncodedContent(form))).Is(302).Headers.Location!.ToString().ShouldStartWith("/settings/oauth-apps?made=");
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_box_and_nothing_typed_is_lost()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync(NewDesk);
        await owner.TypeAsync("Client secret", "typed once");
        await owner.PressAsync("Save");

        await Expect(owner.Alert).ToContainTextAsync("Not saved yet");
        await Expect(owner.Box("Client id")).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("can't be blank"));
        await Expect(owner.Box("Client secret")).ToHaveValueAsync("typed once");
    }

    [Fact]
    public async Task Without_script_an_oauth_app_is_added_and_changed_all_the_same()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium, script: false);
        await owner.OpenAsync(NewDesk);
        await owner.TypeAsync("Name", "Scriptless");
        await owner.TypeAsync("Client id", "client-9");
        await owner.PressAsync("Save");
        await owner.FollowAsync("Scriptless");
        await owner.TypeAsync("Name", "Scriptless, renamed");
        await owner.PressAsync("Save");

        await Expect(owner.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Scriptless, renamed");
    }

    [Fact]
    public async Task A_changed_name_leaves_the_secret_where_it_is()
    {
        var made = await product.AddOAuthAppAsync("Before");
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync($"/settings/oauth-apps/{made.Id}");
        await Expect(owner.Box("Client secret")).ToHaveAttributeAsync("placeholder", "Unchanged");
        await owner.TypeAsync("Name", "After");
        await owner.PressAsync("Save");

        await Expect(owner.Page.Locator("tbody")).ToContainTextAsync("After");
    }

    [Fact]
    public async Task Removing_names_the_connections_it_would_hurt_and_waits_until_there_are_none()
    {
        var made = await product.AddOAuthAppAsync("To remove");
        var connection = await product.ConnectByAsync(made, "Month end");
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync($"/settings/oauth-apps/{made.Id}/remove");
        await Expect(owner.Page.GetByRole(AriaRole.Link, new() { Name = "Month end" })).ToBeVisibleAsync();
        await Expect(owner.Page.GetByRole(AriaRole.Button, new() { Name = "Remove" })).ToBeDisabledAsync();

        (await product.Api.RemoveAsync($"/api/connections/{connection.Id}")).Ok();
        await owner.Page.ReloadAsync();
        await owner.PressAsync("Remove");

        await Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("OAuth apps");
        (await product.Api.ReadAsync($"/api/custom_oauth_profiles/{made.Id}")).Is(404);
    }

    [Fact]
    public async Task An_app_that_needs_none_has_no_form()
    {
        using var browser = await CookieClient.SignedInAsync(product);

        (await browser.Http.ReadAsync("/settings/oauth-apps/new?provider=rest")).Is(404);
        (await browser.Http.ReadAsync("/settings/oauth-apps/new?provider=oauth_desk_secondary")).Ok().Text.ShouldContain("Add an OAuth app for OAuth Desk");
    }

    private async Task<string> CallbackAsync() => (await product.Api.ReadAsync("/api/setup_check")).Ok().Json.Text("callback_url")!;
}

/// <summary>Where there is nothing yet.</summary>
public sealed class FirstOAuthAppTests(OAuthOnSqlite product, Chromium chromium) : IClassFixture<OAuthOnSqlite>
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_empty_list_says_what_an_oauth_app_is_and_begins_the_job(ColorScheme colors)
    {
        await using var owner = await Owner.SignedInAsync(product, chromium, Screen.Phone, colors: colors);
        await owner.OpenAsync("/settings/oauth-apps");
        await Expect(owner.Page.Locator(".empty")).ToContainTextAsync("a client id, and a secret");
        (await Deque.AxeCore.Playwright.PageExtensions.RunAxe(owner.Page)).Violations.ShouldBeEmpty();
        await owner.FollowAsync("Choose the app");

        await Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("For which app?");
    }

    [Fact]
    public async Task The_set_up_check_tells_somebody_who_came_by_another_address_what_to_write()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium, Screen.Phone);
        await owner.OpenAsync("/settings/oauth-apps");
        await owner.FollowAsync("Check the callback URL first");

        await Expect(owner.Page.Locator("#callback-url")).ToContainTextAsync("/oauth/callback");
        await Expect(owner.Page.Locator(".findings")).ToContainTextAsync($"PublicUrl={product.Address.GetLeftPart(UriPartial.Authority)}");
    }
}
