using System.Web;
using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Browser;
using Workato.Connections.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Interop;

/// <summary>Connecting an app whose OpenID provider nobody here wrote, at a browser.</summary>
[Collection(nameof(WithOidcProvider))]
public sealed class OidcSignInTests(OidcProduct product, Chromium chromium)
{
    [Fact]
    public async Task From_nothing_an_oauth_app_is_added_and_a_person_signs_in_and_agrees_in_a_window()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync($"/connections/new/{OidcProduct.Bare.Provider}");
        await owner.FollowAsync("add it here");
        await owner.TypeAsync("Client id", OidcProduct.Bare.Client.Id);
        await owner.TypeAsync("Client secret", OidcProduct.Bare.Client.Secret);
        await owner.PressAsync("Save");
        await Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"Connect {OidcProduct.Bare.Title}");

        var trip = await OidcTrip.BeginAsync(owner);
        await Expect(owner.Page.Locator(".trip")).ToContainTextAsync("Waiting for you at Desk");
        await trip.AgreeAsAsync("ada");

        await Expect(owner.State).ToContainTextAsync("knows us as ada@oidc.example");
        (await product.Provider.HappenedAsync("ada")).ShouldBe(["tokens issued: authorization_code"]);
        owner.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("oidc_basic")]
    [InlineData("oidc_post")]
    [InlineData("oidc_key")]
    [InlineData("oidc_pushing")]
    public async Task However_the_client_says_who_it_is_the_connection_is_made(string provider)
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync($"/connections/new/{provider}");
        await (await OidcTrip.BeginAsync(owner)).AgreeAsAsync($"grace-{provider}");

        await Expect(owner.State).ToContainTextAsync($"knows us as grace-{provider}@oidc.example");
    }

    [Fact]
    public async Task The_connection_says_what_was_granted_and_not_what_was_left_out()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync($"/connections/new/{OidcProduct.Basic.Provider}");
        await owner.Page.GetByText("Permissions to ask for").First.ClickAsync();
        await owner.Page.GetByRole(AriaRole.Checkbox, new() { Name = "See the e-mail address" }).UncheckAsync();
        await (await OidcTrip.BeginAsync(owner)).AgreeAsAsync("edsger");

        // Without the scope the provider does not tell the address.
        await Expect(owner.State).ToContainTextAsync("knows us as edsger of the tests");
        var permission = owner.Page.GetByRole(AriaRole.Region, new() { Name = "Permission" });
        await Expect(permission.Locator("code")).ToHaveTextAsync(["openid", "profile", "offline_access"], new() { IgnoreCase = false });
        await Expect(permission).ToContainTextAsync("Act while nobody is there");
    }

    [Fact]
    public async Task Without_script_the_whole_page_goes_there_and_comes_back()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium, script: false);
        await owner.OpenAsync($"/connections/new/{OidcProduct.Basic.Provider}");
        await owner.PressAsync("Connect");
        await new OidcTrip(owner.Page).AgreeAsAsync("barbara");

        await Expect(owner.State).ToContainTextAsync("knows us as barbara@oidc.example");
    }

    [Fact]
    public async Task A_request_that_is_pushed_leaves_nothing_for_the_browser_to_carry_but_its_name()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync($"/connections/new/{OidcProduct.Pushing.Provider}");
        var carried = new TaskCompletionSource<string>();
        owner.Page.Context.Request += (_, request) =>
        {
            if (request.Url.StartsWith(product.Provider.Url + "/auth?", StringComparison.Ordinal)) carried.TrySetResult(request.Url);
        };
        var trip = await OidcTrip.BeginAsync(owner);
        await trip.SignInAsync("karen");

        HttpUtility.ParseQueryString(new Uri(await carried.Task).Query).AllKeys.ShouldBe(["client_id", "request_uri"], ignoreOrder: true);
        (await product.Provider.HappenedToAsync(OidcProduct.Pushing.Client)).ShouldContain("request pushed");
    }

    [Fact]
    public async Task Somebody_without_an_account_here_connects_by_a_link()
    {
        var id = await product.AddConnectionAsync(OidcProduct.Basic);
        var link = (await product.Api.ReadAsync($"/api/connections/runtime_user_connections/{id}/get_oauth_url")).Ok().Json["data"]!["url"]!.GetValue<string>();
        await using var profile = await chromium.NewProfileAsync(Screen.Phone);
        var page = await profile.NewPageAsync();
        await page.GotoAsync(link);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in at" }).ClickAsync();
        await new OidcTrip(page).AgreeAsAsync("radia");

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("as radia@oidc.example");
        (await product.ConnectionAsync(id)).Text("connected_as").ShouldBe("radia@oidc.example");
    }
}
