using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>Looking after connections at a browser.</summary>
public sealed class ConnectionPagesTests(ProductOnPostgres product, Chromium chromium) : IClassFixture<ProductOnPostgres>, IAsyncLifetime
{
    public ValueTask InitializeAsync() => new(product.SampleApp.ResetAsync());

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_changed_password_shows_at_the_next_test_and_is_repaired_in_place()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.ConnectSampleAppAsync("Repaired");
        var address = new Uri(owner.Page.Url).AbsolutePath;
        await product.SampleApp.ChangeApiKeyAsync("bot", "sample-key-new");
        await owner.PressAsync("Test now");
        await Expect(owner.State).ToContainTextAsync("Needs attention");

        await owner.FollowAsync("Enter credentials again");
        await owner.TypeAsync("API key", "sample-key-new");
        await owner.PressAsync("Connect");

        await Expect(owner.State).ToContainTextAsync("Connected.");
        new Uri(owner.Page.Url).AbsolutePath.ShouldBe(address);
    }

    [Fact]
    public async Task A_connection_is_renamed_described_and_moved()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync("/projects");
        await owner.TypeAsync("Name", "Moving target");
        await owner.PressAsync("Create project");
        await owner.ConnectSampleAppAsync("Before");
        await owner.FollowAsync("Edit");
        await owner.TypeAsync("Name of the connection", "After");
        await owner.TypeAsync("Description optional", "For the month end");
        await owner.Page.GetByLabel("Project and folder").SelectOptionAsync("Moving target");
        await owner.PressAsync("Save");

        await Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("After");
        await Expect(owner.Page.Locator(".head")).ToContainTextAsync("For the month end");
        await Expect(owner.Page.Locator(".crumbs")).ToContainTextAsync("Moving target");
    }

    [Fact]
    public async Task Disconnecting_says_what_it_means_and_keeps_the_connection()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.ConnectSampleAppAsync("Put to rest");
        await owner.FollowAsync("Disconnect…");
        await Expect(owner.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("The connection stays");
        await owner.PressAsync("Disconnect");

        await Expect(owner.State).ToContainTextAsync("Not connected");
    }

    [Fact]
    public async Task Deleting_takes_the_connection_off_the_list()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.ConnectSampleAppAsync("Stays");
        await owner.ConnectSampleAppAsync("Deleted soon");
        await owner.FollowAsync("Delete…");
        await owner.PressAsync("Delete");

        await owner.OpenAsync("/connections?text=Deleted+soon");
        await Expect(owner.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("No connection is like that");
    }

    [Fact]
    public async Task The_list_is_narrowed_while_one_types()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.ConnectSampleAppAsync("Needle");
        await owner.ConnectSampleAppAsync("Haystack");
        await owner.OpenAsync("/connections");
        await owner.Page.GetByLabel("Search").PressSequentiallyAsync("needl");

        await Expect(owner.Page.Locator("#results tbody tr")).ToHaveCountAsync(1);
        await Expect(owner.Page.Locator("#results")).ToContainTextAsync("Needle");
        owner.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_is_shown_once_and_works()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync("/settings/api-clients");
        await owner.TypeAsync("Name", "Nightly export");
        await owner.Page.GetByLabel("Role").SelectOptionAsync(["3"]);
        await owner.ChooseAsync("All projects");
        await owner.PressAsync("Create token");
        var token = await owner.Page.Locator("#token").InnerTextAsync();

        using var api = product.Anonymous();
        api.DefaultRequestHeaders.Authorization = new("Bearer", token);
        (await api.GetAsync("/api/users/me", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await owner.OpenAsync("/settings/api-clients");
        (await owner.Page.ContentAsync()).ShouldNotContain(token);
    }

    [Fact]
    public async Task A_used_link_says_so_and_what_to_do()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        var link = await product.OwnerLinkAsync();
        await owner.OpenAsync(link);
        await owner.OpenAsync(link);

        await Expect(owner.Alert).ToContainTextAsync("does not work any more");
        await Expect(owner.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("owner-link");
    }
}
