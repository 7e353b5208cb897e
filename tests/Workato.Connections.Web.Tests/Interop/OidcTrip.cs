using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Browser;

namespace Workato.Connections.Web.Tests.Interop;

/// <summary>A person at the provider's own pages.</summary>
internal sealed class OidcTrip(IPage page)
{
    /// <summary>Chooses Connect and is at the provider, in a window of its own.</summary>
    public static async Task<OidcTrip> BeginAsync(Owner owner)
    {
        // The window of a trip that came to nothing stays for a moment, and would be taken again.
        foreach (var before in owner.Page.Context.Pages.Where(p => p != owner.Page).ToArray()) await ClosedAsync(before);
        return new(await owner.Page.RunAndWaitForPopupAsync(() => owner.PressAsync("Connect")));
    }

    /// <summary>Signs in there; any password is good.</summary>
    public async Task SignInAsync(string account)
    {
        await page.GetByPlaceholder("Enter any login").FillAsync(account);
        await page.GetByPlaceholder("and password").FillAsync("any");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign-in" }).ClickAsync();
    }

    public Task AgreeAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

    public Task CancelAsync() => page.GetByRole(AriaRole.Link, new() { Name = "[ Cancel ]" }).ClickAsync();

    /// <summary>The whole trip.</summary>
    public async Task AgreeAsAsync(string account)
    {
        await SignInAsync(account);
        await AgreeAsync();
    }

    private static async Task ClosedAsync(IPage page)
    {
        var closed = new TaskCompletionSource();
        page.Close += (_, _) => closed.TrySetResult();
        if (!page.IsClosed) await closed.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
