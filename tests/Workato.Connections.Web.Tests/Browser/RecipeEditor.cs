using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>The recipe editor as a person uses it.</summary>
internal sealed class RecipeEditor(Owner owner)
{
    public ILocator Panel => owner.Page.Locator("#panel");

    public ILocator Heading => owner.Page.Locator("#panel-title");

    public ILocator Steps => owner.Page.Locator("[data-step-list]");

    public ILocator Inputs => owner.Page.Locator("#inputs");

    /// <summary>The number of the recipe that is edited.</summary>
    public int Id => int.Parse(new Uri(owner.Page.Url).Segments[2].Trim('/'), System.Globalization.CultureInfo.InvariantCulture);

    public Task OpenAsync(int recipe, int step = 0) => owner.OpenAsync($"/recipes/{recipe}/edit?step={step}");

    /// <summary>Makes a recipe on the page for new ones and is in its editor.</summary>
    public async Task CreateAsync(string name, string start)
    {
        await owner.OpenAsync("/recipes/new");
        await owner.TypeAsync("Name", name);
        await owner.ChooseAsync(start);
        await owner.PressAsync("Create and open the editor");
        await Expect(Heading).ToBeVisibleAsync();
    }

    /// <summary>Adds a step at one of the places offered, counted from the top.</summary>
    public async Task AddAsync(string kind, int place)
    {
        var offered = owner.Page.Locator(".step-add").Nth(place);
        await offered.Locator("summary").ClickAsync();
        await ThenAsync(offered.GetByRole(AriaRole.Button, new() { Name = kind, Exact = true }).ClickAsync());
    }

    /// <summary>Chooses a step in the list.</summary>
    public Task ChooseStepAsync(int number) => ThenAsync(Steps.Locator(".step-link").Nth(number).ClickAsync());

    /// <summary>Finds an app and takes it.</summary>
    public async Task PickAppAsync(string app)
    {
        await Panel.GetByLabel("Find an app").FillAsync(app);
        await PickAsync(app);
    }

    /// <summary>Takes one of what the panel offers: an app, an action, a connection.</summary>
    public Task PickAsync(string name) => ThenAsync(Panel.Locator(".picks button:visible").Filter(new() { Has = owner.Page.Locator("strong").GetByText(name, new() { Exact = true }) }).ClickAsync());

    public Task PressAsync(string button) => ThenAsync(owner.PressAsync(button));

    public Task FollowAsync(string link) => ThenAsync(owner.Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync());

    public async Task FillAsync(string label, string text)
    {
        await Inputs.GetByLabel(label, new() { Exact = true }).FillAsync(text);
        await PressAsync("Save the step");
    }

    // The answer takes the place of what is shown; until then nothing more is done.
    private async Task ThenAsync(Task action)
    {
        await action;
        await Expect(owner.Page.Locator("#editor")).Not.ToHaveAttributeAsync("aria-busy", "true");
    }
}
