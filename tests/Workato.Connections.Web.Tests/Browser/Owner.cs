using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>The owner at a browser: what a person does, by the words the person reads.</summary>
public sealed class Owner : IAsyncDisposable
{
    private readonly Product product;
    private readonly IBrowserContext profile;

    private Owner(Product product, IBrowserContext profile, IPage page)
    {
        (this.product, this.profile, Page) = (product, profile, page);
        page.PageError += (_, error) => Errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") Errors.Add(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>What went wrong in the browser: errors of scripts and of what they fetch.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>What tells the state of a connection.</summary>
    public ILocator State => Page.Locator("#state");

    public ILocator Alert => Page.GetByRole(AriaRole.Alert);

    public static async Task<Owner> SignedInAsync(Product product, Chromium chromium, Screen screen = Screen.Desktop, bool script = true, ColorScheme colors = ColorScheme.Light)
    {
        var profile = await chromium.NewProfileAsync(screen, script, colors);
        var owner = new Owner(product, profile, await profile.NewPageAsync());
        await owner.OpenAsync(await product.OwnerLinkAsync());
        return owner;
    }

    public Task OpenAsync(string path) => Page.GotoAsync(new Uri(product.Address, path).AbsoluteUri);

    public Task FollowAsync(string link) => Page.GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task ChooseAsync(string option) => Page.GetByRole(AriaRole.Radio, new() { Name = option }).CheckAsync();

    /// <summary>The box to type into that is called so; a choice of the same name is none.</summary>
    public ILocator Box(string label) => Page.GetByLabel(label, new() { Exact = true }).And(Page.Locator("input:not([type=radio]), textarea")).Locator("visible=true");

    public Task TypeAsync(string label, string text) => Box(label).FillAsync(text);

    /// <summary>Connects the sample app as its dedicated user, from the wizard's second page.</summary>
    public async Task ConnectSampleAppAsync(string name)
    {
        await OpenAsync("/connections/new/sample_app");
        await TypeAsync("API key", "sample-key-bot");
        await TypeAsync("Name of the connection", name);
        await PressAsync("Connect");
        await Assertions.Expect(State).ToContainTextAsync("knows us as bot@sample.example");
    }

    public async ValueTask DisposeAsync() => await profile.DisposeAsync();
}
