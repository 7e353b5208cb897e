using Workato.Connections.Web.Tests.Browser;
using Workato.Connections.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Interop;

/// <summary>Trips to the provider that come to nothing, and what people are told.</summary>
[Collection(nameof(WithOidcProvider))]
public sealed class OidcRefusalTests(OidcProduct product, Chromium chromium)
{
    [Fact]
    public async Task Who_does_not_agree_is_told_that_nothing_was_changed_and_nothing_is_left_behind()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync($"/connections/new/{OidcProduct.Basic.Provider}");
        await owner.TypeAsync("Name of the connection", "Never agreed to");
        var trip = await OidcTrip.BeginAsync(owner);
        await trip.SignInAsync("niklaus");
        await trip.CancelAsync();

        await Expect(owner.Alert).ToContainTextAsync($"Access was denied at {OidcProduct.Basic.Title}. {OidcProduct.Basic.Title} says: “End-User aborted interaction”. Nothing was changed.");
        (await product.Api.ReadAsync("/api/connections?text=Never%20agreed")).Ok().Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_client_secret_is_told_as_what_it_is_and_put_right()
    {
        var app = await product.AddOAuthAppAsync(OidcProduct.Mistyped, "mistyped");
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync($"/connections/new/{OidcProduct.Mistyped.Provider}");
        await (await OidcTrip.BeginAsync(owner)).AgreeAsAsync("frances");
        await Expect(owner.Alert).ToContainTextAsync("does not accept the OAuth app itself (invalid_client)");

        (await product.Api.ChangeAsync($"/api/custom_oauth_profiles/{app}", new { data = new { client_secret = OidcProduct.Mistyped.Client.Secret } })).Ok();
        var trip = await OidcTrip.BeginAsync(owner);
        // Who is signed in there is not asked again who it is.
        await trip.AgreeAsync();
        await Expect(owner.State).ToContainTextAsync("knows us as frances@oidc.example");
    }

    [Fact]
    public async Task An_answer_of_another_issuer_is_refused_before_its_code_is_redeemed()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync($"/connections/new/{OidcProduct.Elsewhere.Provider}");
        await (await OidcTrip.BeginAsync(owner)).AgreeAsAsync("mallory");

        await Expect(owner.Alert).ToContainTextAsync("The answer came from another sign-in service");
        (await product.Provider.HappenedAsync("mallory")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_came_back_counts_once()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium, script: false);
        await owner.OpenAsync($"/connections/new/{OidcProduct.Basic.Provider}");
        await owner.PressAsync("Connect");
        var callback = new Uri(product.Address, "/oauth/callback").AbsoluteUri;
        var back = await owner.Page.RunAndWaitForRequestAsync(() => new OidcTrip(owner.Page).AgreeAsAsync("shafi"), r => r.Url.StartsWith(callback, StringComparison.Ordinal));
        await Expect(owner.State).ToContainTextAsync("knows us as shafi@oidc.example");

        await owner.Page.GotoAsync(back.Url);

        await Expect(owner.Alert).ToContainTextAsync("This was used already");
        (await product.Provider.HappenedAsync("shafi")).ShouldBe(["tokens issued: authorization_code"]);
    }
}
