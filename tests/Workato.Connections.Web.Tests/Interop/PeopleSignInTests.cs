using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Workato.Connections.Auditing;
using Workato.Connections.Web.Tests.Browser;
using Workato.Connections.Web.Tests.SignIn;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Interop;

/// <summary>People sign in to us by a provider nobody here wrote, at a browser.</summary>
public sealed class PeopleSignInTests(SignInProduct product, Chromium chromium) : IClassFixture<SignInProduct>
{
    [Fact]
    public async Task The_first_comes_from_a_deep_link_back_to_it_as_owner_and_the_second_gets_the_default_role()
    {
        // Whatever other tests of this class were quicker: what matters is that there is no owner twice.
        await using var first = await chromium.NewProfileAsync(Screen.Desktop);
        var ada = await first.NewPageAsync();
        await ada.GotoAsync(At("/projects?from=a-link"));
        await SignInAsync(ada, "ada");
        await Expect(ada).ToHaveURLAsync(At("/projects?from=a-link"));
        await using var second = await chromium.NewProfileAsync(Screen.Phone);
        var grace = await second.NewPageAsync();
        await grace.GotoAsync(At("/recipes"));
        await SignInAsync(grace, "grace");
        await Expect(grace).ToHaveURLAsync(At("/recipes"));

        (await product.MemberAsync("grace"))!.Role.Name.ShouldBe("Operator");
        (await product.DbAsync(db => db.Set<Privileges.Member>().CountAsync(m => !m.IsLocal && m.Role.Name == "Owner"))).ShouldBe(1);
        (await grace.GotoAsync(At("/connections")))!.Status.ShouldBe(403);
    }

    [Fact]
    public async Task Groups_of_the_provider_give_roles_and_take_them_away()
    {
        await FirstAsync();
        await product.Provider.SetGroupsAsync("radia", "builders", "others");
        await using (var profile = await chromium.NewProfileAsync(Screen.Desktop))
        {
            var page = await profile.NewPageAsync();
            await page.GotoAsync(At("/connections"));
            await SignInAsync(page, "radia");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Connections");
        }

        var radia = (await product.MemberAsync("radia"))!;
        (radia.Role.Name, radia.Email, radia.Name).ShouldBe(("Analyst", "radia@oidc.example", "radia of the tests"));

        await product.Provider.SetGroupsAsync("radia");
        await using var again = await chromium.NewProfileAsync(Screen.Desktop);
        var denied = await again.NewPageAsync();
        await denied.GotoAsync(At("/connections"));
        await SignInAsync(denied, "radia");
        await Expect(denied.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("This is not yours to do");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Signing_out_ends_the_session_at_both_ends(bool script)
    {
        await using var profile = await chromium.NewProfileAsync(Screen.Desktop, script);
        var page = await profile.NewPageAsync();
        await page.GotoAsync(At("/projects"));
        await SignInAsync(page, $"edsger-{script}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).Locator("visible=true").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, sign me out" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(At("/signed-out"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are signed out");
        await page.GotoAsync(At("/projects"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with" }).ClickAsync();
        await Expect(page.GetByPlaceholder("Enter any login")).ToBeVisibleAsync();
        var id = (await product.MemberAsync($"edsger-{script}"))!.Id;
        (await product.DbAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Event == AuditEvents.SignedOut && e.ActorId == id))).ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_turns_round_at_the_provider_is_told_so_and_can_try_again()
    {
        await using var profile = await chromium.NewProfileAsync(Screen.Desktop);
        var page = await profile.NewPageAsync();
        await page.GotoAsync(At("/projects"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with" }).ClickAsync();
        await new OidcTrip(page).CancelAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("did not let you in here");
        await page.GetByRole(AriaRole.Link, new() { Name = "Try again" }).ClickAsync();
        await new OidcTrip(page).AgreeAsAsync("barbara");
        await Expect(page).ToHaveURLAsync(At("/projects"));
    }

    [Fact]
    public async Task The_request_is_left_with_the_provider_beforehand_and_the_code_is_bound_to_this_server()
    {
        await using var profile = await chromium.NewProfileAsync(Screen.Desktop);
        var page = await profile.NewPageAsync();
        await page.GotoAsync(At("/sign-in"));
        var carried = new TaskCompletionSource<string>();
        page.Request += (_, request) =>
        {
            if (request.Url.StartsWith(product.Provider.Url + "/auth?", StringComparison.Ordinal)) carried.TrySetResult(request.Url);
        };
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with" }).ClickAsync();

        System.Web.HttpUtility.ParseQueryString(new Uri(await carried.Task).Query).AllKeys.ShouldBe(["client_id", "request_uri"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(Screen.Desktop, ColorScheme.Light)]
    [InlineData(Screen.Phone, ColorScheme.Dark)]
    public async Task The_pages_around_it_are_readable_by_everybody(Screen screen, ColorScheme colors)
    {
        await using var profile = await chromium.NewProfileAsync(screen, colors: colors);
        var page = await profile.NewPageAsync();
        await page.GotoAsync(At("/projects"));
        await LookAsync(page, $"sign-in-{screen}");
        await page.GotoAsync(At("/sign-in/callback?error=access_denied"));
        await LookAsync(page, $"sign-in-refused-{screen}");
        await page.GotoAsync(At("/signed-out"));
        await LookAsync(page, $"signed-out-{screen}");
    }

    private static async Task LookAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        result.Violations.SelectMany(v => v.Nodes, (v, node) => $"{name}: {v.Id}: {v.Help}: {node.Html}").ShouldBeEmpty();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0);
    }

    private static async Task SignInAsync(IPage page, string account)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with" }).ClickAsync();
        await new OidcTrip(page).AgreeAsAsync(account);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
    }

    private async Task FirstAsync()
    {
        await using var profile = await chromium.NewProfileAsync(Screen.Desktop);
        var page = await profile.NewPageAsync();
        await page.GotoAsync(At("/projects"));
        await SignInAsync(page, "ada");
        await Expect(page).ToHaveURLAsync(At("/projects"));
    }

    private string At(string path) => new Uri(product.Address, path).AbsoluteUri;
}
