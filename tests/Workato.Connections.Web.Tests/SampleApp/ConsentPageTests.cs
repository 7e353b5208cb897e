using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Browser;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>The sample app's pages as a person sees them.</summary>
public sealed class ConsentPageTests(ClockedSampleApp app, Chromium chromium) : OAuth2Scene(app)
{
    [Theory]
    [InlineData(Screen.Phone, ColorScheme.Light)]
    [InlineData(Screen.Phone, ColorScheme.Dark)]
    [InlineData(Screen.Desktop, ColorScheme.Light)]
    [InlineData(Screen.Desktop, ColorScheme.Dark)]
    public async Task Every_page_is_accessible_and_as_wide_as_the_screen(Screen screen, ColorScheme colors)
    {
        await using var profile = await chromium.NewProfileAsync(screen, colors: colors);
        var page = await profile.NewPageAsync();
        foreach (var path in new[] { "/", Question(("scope", "notes.read notes.write profile")), Question(("client_id", "stranger")), "/device", "/device?user_code=nonsense" })
        {
            await page.GotoAsync(App.Url + path);

            (await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] })).Violations.Select(each => $"{path}: {each.Id}: {each.Help}").ShouldBeEmpty();
            (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue(path);
        }
    }

    [Fact]
    public async Task A_person_chooses_an_account_and_allows_it()
    {
        await using var profile = await chromium.NewProfileAsync(Screen.Phone);
        var page = await profile.NewPageAsync();
        await page.RouteAsync(Callback + "**", route => route.FulfillAsync(new() { Body = "back" }));
        await page.GotoAsync(App.Url + Question());

        await page.GetByRole(AriaRole.Radio, new() { Name = "Ada Lovelace" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(Callback + "?**");

        var code = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(page.Url).Query)["code"].Single()!;
        var tokens = (await RedeemAsync(code)).Json;
        (await CallAsync("/api/me", tokens)).Json["name"]!.GetValue<string>().ShouldBe("Ada Lovelace");
    }

    [Fact]
    public async Task A_person_types_in_the_code_of_a_device()
    {
        var device = (await PostAsync("/oauth2/device", [], ("client_id", "sample-public"))).Json;
        await using var profile = await chromium.NewProfileAsync(Screen.Phone);
        var page = await profile.NewPageAsync();
        await page.GotoAsync(App.Url + "/device");

        await page.GetByLabel("The code that the device shows").FillAsync(device["user_code"]!.GetValue<string>());
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Allowed" })).ToBeVisibleAsync();
    }
}
