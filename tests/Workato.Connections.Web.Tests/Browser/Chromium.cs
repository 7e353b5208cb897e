using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Browser;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>The installed Chromium, started once for all tests that look at pages. Every test gets a browser profile of its own.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> started = new(StartAsync);

    /// <summary>A profile without cookies, as wide as a desktop or a phone.</summary>
    public async Task<IBrowserContext> NewProfileAsync(Screen screen, bool script = true, ColorScheme colors = ColorScheme.Light) =>
        await (await started.Value).Browser.NewContextAsync(new()
        {
            ViewportSize = screen == Screen.Phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 900 },
            JavaScriptEnabled = script,
            ColorScheme = colors,
            ReducedMotion = ReducedMotion.Reduce,
        });

    public async ValueTask DisposeAsync()
    {
        if (!started.IsValueCreated) return;
        var (playwright, browser) = await started.Value;
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private static async Task<(IPlaywright, IBrowser)> StartAsync()
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? "/usr/bin/chromium";
        if (!File.Exists(path)) throw new InvalidOperationException($"There is no Chromium at {path}. Run the tests by tests/run.sh, which installs it.");
        // How long a page may take is not what these tests are about: a busy machine is given its time.
        Assertions.SetDefaultExpectTimeout(30_000);
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments }));
    }
}

/// <summary>How wide it is.</summary>
public enum Screen
{
    Desktop,
    Phone,
}
