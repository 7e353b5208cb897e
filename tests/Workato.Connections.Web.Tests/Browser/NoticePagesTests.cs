using Microsoft.Playwright;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>Notice channels at a browser, also without script.</summary>
public sealed class NoticePagesTests(ProductOnSqlite product, Chromium chromium) : IClassFixture<ProductOnSqlite>
{
    [Theory]
    [InlineData(Screen.Desktop, true)]
    [InlineData(Screen.Phone, false)]
    public async Task A_webhook_is_made_tried_switched_off_and_removed(Screen screen, bool script)
    {
        await using var receiver = await TestReceiver.StartAsync();
        await using var owner = await Owner.SignedInAsync(product, chromium, screen, script);
        await owner.OpenAsync("/settings/notices");
        await Expect(owner.Page.Locator("main")).ToContainTextAsync("Nobody is told yet");
        await PictureAsync(owner, $"empty-{screen}");
        await owner.FollowAsync("Add the first channel");
        await Expect(owner.Page.Locator("main")).ToContainTextAsync("this server knows no mail server");
        await owner.FollowAsync("Webhook");
        await owner.TypeAsync("Name", "Operations");
        await owner.TypeAsync("URL", "nowhere");
        await owner.TypeAsync("From", "22:00");
        await owner.PressAsync("Add channel");
        await Expect(owner.Alert).ToContainTextAsync("must be a URL such as");
        await Expect(owner.Alert).ToContainTextAsync("must be a time of day");
        await PictureAsync(owner, $"wrong-{screen}");

        await owner.TypeAsync("URL", receiver.Url);
        await owner.TypeAsync("To", "22:01");
        await owner.PressAsync("Add channel");
        await Expect(owner.Page.Locator("#token")).ToContainTextAsync("whsec_");
        await PictureAsync(owner, $"made-{screen}");
        await owner.FollowAsync("Go on to the channel");
        await owner.PressAsync("Send a trial message");
        await Expect(owner.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The trial message arrived");
        receiver.Answer = _ => 500;
        await owner.PressAsync("Send a trial message");
        await Expect(owner.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The receiver answered 500.");
        await PictureAsync(owner, $"details-{screen}");

        await owner.PressAsync("Switch off");
        await Expect(owner.Page.Locator("main")).ToContainTextAsync("This channel is off");
        await owner.FollowAsync("Edit");
        await owner.TypeAsync("Name", "Operations, by day");
        await owner.PressAsync("Save");
        await Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Operations, by day");
        await owner.OpenAsync("/settings/notices");
        await PictureAsync(owner, $"list-{screen}");
        await owner.FollowAsync("Operations, by day");
        await owner.FollowAsync("Remove…");
        await owner.PressAsync("Remove");
        await Expect(owner.Page.Locator("main")).ToContainTextAsync("Nobody is told yet");
        owner.Errors.ShouldBeEmpty();
    }

    private static async Task PictureAsync(Owner owner, string name)
    {
        if (Environment.GetEnvironmentVariable("NOTICE_PICTURES") is { } directory) await owner.Page.ScreenshotAsync(new() { Path = Path.Combine(directory, name + ".png"), FullPage = true });
    }
}
