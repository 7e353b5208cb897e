using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Browser;
using Workato.Connections.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Interop;

/// <summary>What becomes of tokens the provider issued: renewed, taken back, revoked.</summary>
[Collection(nameof(WithOidcProvider))]
public sealed class OidcLifeTests(OidcProduct product, Chromium chromium)
{
    [Fact]
    public async Task However_many_are_rejected_at_once_the_refresh_token_is_redeemed_once()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var id = await ConnectAsync(owner, "leslie");
        await product.Provider.EndAccessAsync("leslie");

        await EverybodyCallsAsync(id);

        await ShouldBeRedeemedAsync("leslie", times: 1);
        (await product.ConnectionAsync(id)).Text("authorization_status").ShouldBe("success");
    }

    [Fact]
    public async Task However_many_call_when_the_token_has_run_out_the_one_rotated_in_before_is_redeemed_once()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var id = await ConnectAsync(owner, "donald");
        await GetShortLivedTokenAsync(id, "donald");
        // It may happen that it is renewed ahead of its end, with nobody calling.
        await product.Provider.UntilAsync(async () => await product.Provider.WorkingAsync("donald") == 0 || await RedeemedAsync("donald") == 2);

        await EverybodyCallsAsync(id);

        await ShouldBeRedeemedAsync("donald", times: 2);
    }

    [Fact]
    public async Task A_token_is_renewed_ahead_of_its_end_though_nobody_calls()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var id = await ConnectAsync(owner, "dorothy");
        await GetShortLivedTokenAsync(id, "dorothy");

        await product.Provider.UntilAsync(async () => await RedeemedAsync("dorothy") == 2);

        (await product.CallAsync(id)).Ok();
        await ShouldBeRedeemedAsync("dorothy", times: 2);
    }

    [Fact]
    public async Task A_permission_taken_back_at_the_provider_is_told_by_the_next_call_and_given_again_in_place()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var id = await ConnectAsync(owner, "tony");
        await product.Provider.TakeBackAsync("tony");

        (await product.CallAsync(id)).Status.ShouldBe(401);

        var lost = await product.ConnectionAsync(id);
        lost.Text("authorization_status").ShouldBe("failed");
        lost["connection_lost_at"].ShouldNotBeNull();
        lost.Text("connection_lost_reason").ShouldStartWith($"{OidcProduct.Basic.Title} has taken back the permission (invalid_grant).");
        await owner.OpenAsync($"/connections/{id}");
        await Expect(owner.State).ToContainTextAsync("has taken back the permission");

        await owner.FollowAsync($"Connect {OidcProduct.Basic.Title} again");
        await (await OidcTrip.BeginAsync(owner)).AgreeAsync();
        await Expect(owner.State).ToContainTextAsync("knows us as tony@oidc.example");
        IdOf(owner).ShouldBe(id);
        (await product.CallAsync(id)).Ok();
    }

    [Fact]
    public async Task Disconnecting_revokes_the_permission_at_the_provider()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await ConnectAsync(owner, "alan");
        await owner.FollowAsync("Disconnect…");
        await Expect(owner.Page.GetByRole(AriaRole.Main)).ToContainTextAsync($"{OidcProduct.Basic.Title} is told to end the permission");
        await owner.PressAsync("Disconnect");

        await Expect(owner.State).ToContainTextAsync("Not connected");
        (await product.Provider.HappenedAsync("alan")).ShouldContain("grant revoked");
        (await product.Provider.WorkingAsync("alan")).ShouldBe(0);
    }

    [Fact]
    public async Task A_permission_that_another_connection_lives_on_is_left_alone_until_that_one_is_deleted()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var first = await ConnectAsync(owner, "adele");
        // Who is signed in there already has given one permission, for both.
        await owner.OpenAsync($"/connections/new/{OidcProduct.Basic.Provider}");
        await (await OidcTrip.BeginAsync(owner)).AgreeAsync();
        await Expect(owner.State).ToContainTextAsync("knows us as adele@oidc.example");
        var second = IdOf(owner);

        (await product.Api.SendAsync($"/api/connections/{first}/disconnect")).Ok();
        (await product.CallAsync(second)).Ok();
        (await product.Provider.HappenedAsync("adele")).ShouldNotContain("grant revoked");

        (await product.Api.RemoveAsync($"/api/connections/{second}")).Ok();
        (await product.Provider.HappenedAsync("adele")).ShouldContain("grant revoked");
    }

    [Fact]
    public async Task A_program_is_connected_for_itself_and_gets_a_new_token_when_its_own_ends()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var client = OidcProduct.Program.Client.Id;
        await owner.OpenAsync($"/connections/new/{OidcProduct.Program.Provider}");
        await owner.PressAsync("Connect");
        await Expect(owner.State).ToContainTextAsync($"knows us as {client}");
        var id = IdOf(owner);
        (await product.CallAsync(id, "/program")).Ok().Json.Text("scope").ShouldBe("reports");

        await product.Provider.EndAccessAsync(client);

        (await product.CallAsync(id, "/program")).Ok();
        (await product.Provider.HappenedAsync(client)).ShouldBe(["tokens issued: client_credentials", "tokens issued: client_credentials"]);
    }

    private static int IdOf(Owner owner) => int.Parse(new Uri(owner.Page.Url).Segments[^1], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<int> ConnectAsync(Owner owner, string account)
    {
        await owner.OpenAsync($"/connections/new/{OidcProduct.Basic.Provider}");
        await (await OidcTrip.BeginAsync(owner)).AgreeAsAsync(account);
        await Expect(owner.State).ToContainTextAsync($"knows us as {account}@oidc.example");
        return IdOf(owner);
    }

    // A new token by a rejection, which redeems the first refresh token; those that come after live long again.
    private async Task GetShortLivedTokenAsync(int id, string account)
    {
        await product.Provider.SetLifetimeAsync(account, seconds: 4);
        await product.Provider.EndAccessAsync(account);
        (await product.CallAsync(id)).Ok();
        await product.Provider.SetLifetimeAsync(account, seconds: 3600);
    }

    private async Task<int> RedeemedAsync(string account) => (await product.Provider.HappenedAsync(account)).Count(e => e == "refresh token redeemed");

    // A refresh token that comes twice costs the whole grant.
    private async Task ShouldBeRedeemedAsync(string account, int times)
    {
        (await RedeemedAsync(account)).ShouldBe(times);
        (await product.Provider.HappenedAsync(account)).ShouldNotContain("grant revoked");
    }

    private async Task EverybodyCallsAsync(int id)
    {
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => product.CallAsync(id)))) answer.Ok();
    }
}
