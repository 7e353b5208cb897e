using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Browser;
using Workato.Connections.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Interop;

/// <summary>Connecting by a code that a script shows and a person enters at the provider (RFC 8628).</summary>
[Collection(nameof(WithOidcProvider))]
public sealed class OidcDeviceTests(OidcProduct product, Chromium chromium)
{
    [Fact]
    public async Task A_script_shows_a_code_a_person_agrees_and_the_connection_is_there_to_stay()
    {
        var id = await product.AddConnectionAsync(OidcProduct.Basic);
        var code = (await product.Api.SendAsync($"/api/connections/{id}/device_authorization")).Ok().Json;
        (await StateAsync(id)).ShouldBe("waiting");
        await using var profile = await chromium.NewProfileAsync(Screen.Phone);
        var page = await profile.NewPageAsync();
        await EnterAsync(page, code.Text("verification_uri")!, code.Text("user_code")!);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await new OidcTrip(page).AgreeAsAsync("margaret");
        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Sign-in Success");

        (await StateAsync(id)).ShouldBe("done");
        (await product.ConnectionAsync(id)).Text("connected_as").ShouldBe("margaret@oidc.example");
        await product.Provider.EndAccessAsync("margaret");
        (await product.CallAsync(id)).Ok();
        // Asked once too often, it is said that nothing waits, and what was connected stays so.
        (await product.Api.SendAsync($"/api/connections/{id}/device_authorization/state")).Is(409);
        (await product.ConnectionAsync(id)).Text("authorization_status").ShouldBe("success");
        (await product.Provider.HappenedAsync("margaret")).ShouldNotContain("grant revoked");
    }

    [Fact]
    public async Task Who_does_not_agree_is_told_to_the_script()
    {
        var id = await product.AddConnectionAsync(OidcProduct.Basic);
        var code = (await product.Api.SendAsync($"/api/connections/{id}/device_authorization")).Ok().Json;
        await using var profile = await chromium.NewProfileAsync(Screen.Phone);
        var page = await profile.NewPageAsync();
        await EnterAsync(page, code.Text("verification_uri")!, code.Text("user_code")!);
        await page.GetByRole(AriaRole.Button, new() { Name = "Abort" }).ClickAsync();
        await Expect(page.Locator("body")).ToContainTextAsync("interrupted");

        var asked = (await product.Api.SendAsync($"/api/connections/{id}/device_authorization/state")).Ok().Json;
        asked.Text("state").ShouldBe("failed");
        asked.Text("problem").ShouldStartWith($"Access was denied at {OidcProduct.Basic.Title}.");
    }

    private static async Task EnterAsync(IPage page, string address, string code)
    {
        await page.GotoAsync(address);
        await page.Locator("input[name=user_code]").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(page.Locator("body")).ToContainTextAsync(code);
    }

    private async Task<string?> StateAsync(int id) => (await product.Api.SendAsync($"/api/connections/{id}/device_authorization/state")).Ok().Json.Text("state");
}
