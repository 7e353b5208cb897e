using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SignIn;

/// <summary>A session ends with its member and when its person signs out, well before snapshots would expire by themselves, which takes five seconds.</summary>
public sealed class SessionEndTests(ProviderOnSqlite embedded, ProviderOnPostgres cluster) : IClassFixture<ProviderOnSqlite>, IClassFixture<ProviderOnPostgres>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_removed_members_session_ends_with_the_next_request()
    {
        using var browser = new CookieClient(embedded);
        await browser.TripAsync(embedded.Provider, "to-be-removed");
        for (var i = 0; i < 3; i++) (await browser.Http.ReadAsync("/projects")).Ok();

        await RemoveAsync(embedded, "to-be-removed");

        (await browser.Http.ReadAsync("/projects")).Is(302).Headers.Location!.ToString().ShouldContain("/sign-in");
        browser.Cookies.ShouldNotContain("connections-session");
        var back = (await browser.TripAsync(embedded.Provider, "to-be-removed")).Is(302).Headers.Location!.ToString();
        (await browser.Http.ReadAsync(back)).Ok().Text.ShouldContain("You were removed from this workspace. Ask an owner to invite you again.");
    }

    [Fact]
    public async Task A_member_removed_on_one_node_is_out_on_the_other_within_seconds()
    {
        await using var node = cluster.AnotherNode();
        using var browser = new CookieClient(cluster);
        await browser.TripAsync(cluster.Provider, "to-be-removed");
        using var other = node.Browser(browser.Jar);
        for (var i = 0; i < 3; i++) (await other.ReadAsync("/projects")).Ok();

        await RemoveAsync(cluster, "to-be-removed");

        await SoonAsync(async () => (await other.ReadAsync("/projects")).Status == 302);
    }

    [Fact]
    public async Task A_session_that_was_signed_out_of_on_one_node_is_over_on_the_other_and_the_members_other_one_is_not()
    {
        await using var node = cluster.AnotherNode();
        using var browser = new CookieClient(cluster);
        await browser.TripAsync(cluster.Provider, "in-two-browsers");
        using var elsewhere = new CookieClient(cluster);
        await elsewhere.TripAsync(cluster.Provider, "in-two-browsers");
        using var kept = new CookieClient(cluster, browser.Jar);
        using var keptThere = node.Browser(kept.Jar);
        using var elsewhereThere = node.Browser(elsewhere.Jar);
        for (var i = 0; i < 3; i++) (await keptThere.ReadAsync("/projects")).Ok();

        await browser.SignOutAsync();

        await SoonAsync(async () => (await keptThere.ReadAsync("/projects")).Status == 302);
        (await elsewhereThere.ReadAsync("/projects")).Ok();
    }

    [Fact]
    public async Task A_trip_begun_on_one_node_ends_on_the_other()
    {
        await using var node = cluster.AnotherNode();
        using var browser = new CookieClient(cluster);
        var (state, nonce) = await browser.LeaveAsync("/projects");
        using var other = node.Browser(browser.Jar);

        var code = cluster.Provider.Give(nonce, new() { ["sub"] = "traveller" });
        (await other.ReadAsync($"/sign-in/callback?code={code}&state={Uri.EscapeDataString(state)}")).Is(302).Headers.Location!.ToString().ShouldBe("/projects");
    }

    private static async Task RemoveAsync(Product product, string subject)
    {
        var id = (await product.MemberAsync(subject))!.Id;
        await product.DbAsync(db => db.Set<Member>().Where(m => m.Id == id).ExecuteUpdateAsync(u => u.SetProperty(m => m.RemovedAt, DateTimeOffset.UtcNow)));
        product.Services.GetRequiredService<ChangeFeed>().Announce(Member.Table, id);
    }

    private static async Task SoonAsync(Func<Task<bool>> happened)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Limit; await Task.Delay(10, TestContext.Current.CancellationToken))
        {
            if (await happened()) return;
        }

        throw new TimeoutException($"It did not happen within {Limit.TotalSeconds} seconds.");
    }
}
