using Workato.Connections.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>What is wrong with a connection, and putting it right in place, at a browser. With <c>CONNECTIONS_PICTURES</c> naming a folder pictures are taken.</summary>
public sealed class DiagnosisPageTests(ProductOnSqlite product, Chromium chromium) : IClassFixture<ProductOnSqlite>
{
    [Fact]
    public async Task The_cause_is_told_with_its_evidence_and_another_account_than_before_is_warned_of()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.ConnectSampleAppAsync("Told");
        var address = new Uri(owner.Page.Url).AbsolutePath;
        await product.SampleApp.ChangeApiKeyAsync("bot", "sample-key-new");
        await owner.PressAsync("Test now");
        await Expect(owner.State.Locator(".diagnosis strong")).ToHaveTextAsync("Credentials not accepted");
        await owner.State.GetByText("What was answered").ClickAsync();
        await Expect(owner.State.Locator(".evidence pre")).ToContainTextAsync("401 Unauthorized from 127.0.0.1");
        await PictureAsync(owner, "diagnosis.png");
        await using (var phone = await Owner.SignedInAsync(product, chromium, Screen.Phone))
        {
            await phone.OpenAsync(address);
            await PictureAsync(phone, "diagnosis-phone.png");
        }

        await owner.FollowAsync("Enter credentials again");
        await owner.TypeAsync("API key", "sample-key-ada");
        await owner.PressAsync("Connect");

        await Expect(owner.State).ToContainTextAsync("This was the account of bot@sample.example and is that of ada@sample.example now.");
        await PictureAsync(owner, "other-account.png");
        await owner.FollowAsync("Connect as bot@sample.example again");
        await Expect(owner.Page.GetByRole(Microsoft.Playwright.AriaRole.Main)).ToContainTextAsync("This was the account of bot@sample.example");
    }

    private static async Task PictureAsync(Owner owner, string name)
    {
        if (Environment.GetEnvironmentVariable("CONNECTIONS_PICTURES") is { Length: > 0 } folder) await owner.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name) });
    }
}
