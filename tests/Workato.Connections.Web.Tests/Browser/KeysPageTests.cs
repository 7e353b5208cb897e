using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>The page of the keys. With <c>CONNECTIONS_PICTURES</c> naming a folder, pictures of it are taken.</summary>
public sealed class KeysPageTests(ProductOnSqlite product, Chromium chromium) : IClassFixture<ProductOnSqlite>
{
    [Fact]
    public async Task One_button_rotates_the_data_keys_and_the_page_follows_to_the_end()
    {
        await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" });
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync("/settings/keys");

        await owner.PressAsync("Rotate data keys");

        await owner.Page.GetByRole(AriaRole.Heading, new() { Name = "Sealing everything under the new data key" }).WaitForAsync();
        await PictureAsync(owner, "keys-going-on");
        await owner.Page.GetByRole(AriaRole.Heading, new() { Name = "Done before" }).WaitForAsync(new() { Timeout = 60_000 });
        (await owner.Page.Locator("table").First.Locator("tbody tr").CountAsync()).ShouldBe(2);
        await PictureAsync(owner, "keys-done");
        owner.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_fits_a_phone()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium, Screen.Phone, colors: ColorScheme.Dark);
        await owner.OpenAsync("/settings/keys");

        (await owner.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
        await PictureAsync(owner, "keys-phone");
    }

    private static async Task PictureAsync(Owner owner, string name)
    {
        if (Environment.GetEnvironmentVariable("CONNECTIONS_PICTURES") is { Length: > 0 } folder)
            await owner.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }
}
