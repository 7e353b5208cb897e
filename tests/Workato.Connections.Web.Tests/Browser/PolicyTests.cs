using Microsoft.Playwright;
using Workato.Connections.Web.Tests.Hardening;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>What a real browser makes of the policy: every page keeps to it, and what somebody slips in does not run.</summary>
public sealed class PolicyTests(Furnished product, Chromium chromium) : IClassFixture<Furnished>
{
    [Fact]
    public async Task No_page_asks_for_what_the_policy_refuses()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        foreach (var path in product.PageAddresses().Where(p => p != "/sign-in/owner"))
        {
            await owner.OpenAsync(path);
            await owner.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        }

        // A page that is not found is not the policy's doing.
        owner.Errors.Where(e => !e.Contains("status of 404", StringComparison.Ordinal) && !e.Contains("status of 400", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<img src='data:,' onerror='document.title=\"taken\"'>")]
    [InlineData("<iframe srcdoc='<script>parent.document.title=\"taken\"</script>'></iframe>")]
    [InlineData("<a id='bad' href='javascript:void(document.title=\"taken\")'>x</a>")]
    public async Task What_somebody_slips_into_a_page_does_not_run(string html)
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync("/connections");

        await owner.Page.EvaluateAsync("html => { document.body.insertAdjacentHTML('beforeend', html); document.getElementById('bad')?.click(); }", html);

        await owner.Page.WaitForTimeoutAsync(300);
        (await owner.Page.TitleAsync()).ShouldNotBe("taken");
        owner.Errors.ShouldContain(e => e.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task By_a_link_and_without_script_the_way_leads_through_a_page_that_says_where_to()
    {
        using var maker = new Traveller(product);
        var link = await maker.LinkAsync((await Traveller.ShellAsync(product)).Id);
        var profile = await chromium.NewProfileAsync(Screen.Phone, script: false);
        await using var closed = profile;
        var page = await profile.NewPageAsync();
        await page.GotoAsync(new Uri(product.Address, link).AbsoluteUri);
        var referrer = new TaskCompletionSource<string?>();
        page.Request += (_, request) =>
        {
            if (request.Url.StartsWith(product.SampleApp.Url + "/oauth2/authorize", StringComparison.Ordinal)) referrer.TrySetResult(request.Headers.GetValueOrDefault("referer"));
        };

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in at Sample app" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Allow access?" })).ToBeVisibleAsync();
        (await referrer.Task).ShouldBeNull();
    }
}
