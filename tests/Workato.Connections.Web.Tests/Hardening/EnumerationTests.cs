using Workato.Connections.Authorizing;
using Workato.Connections.Privileges;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;

namespace Workato.Connections.Web.Tests.Hardening;

/// <summary>Nobody learns from an answer whether a token was ever good, or a thing is there.</summary>
public sealed class EnumerationTests(ProductOnSqlite product) : IClassFixture<ProductOnSqlite>
{
    [Fact]
    public async Task Whatever_is_wrong_with_an_owners_link_the_answer_is_one()
    {
        var (used, replaced) = (await product.OwnerLinkAsync(), "");
        using (var browser = new CookieClient(product)) (await browser.Http.ReadAsync(used)).Is(302);
        replaced = await product.OwnerLinkAsync();
        var expired = await product.OwnerLinkAsync();
        await WithDatabaseAsync(db => db.Set<OwnerLink>().ExecuteUpdateAsync(set => set.SetProperty(l => l.ExpiresAt, DateTimeOffset.UtcNow.AddMinutes(-1))));

        await ShouldBeAlikeAsync([used, replaced, expired, "/sign-in/owner?token=nonsense", "/sign-in/owner?token=", "/sign-in/owner?token=%00", "/sign-in/owner"]);
    }

    [Fact]
    public async Task Whatever_is_wrong_with_a_link_to_connect_the_answer_is_one()
    {
        using var somebody = new Traveller(product);
        var (id, gone) = ((await Traveller.ShellAsync(product)).Id, (await Traveller.ShellAsync(product)).Id);
        var (used, expired, removed) = (await somebody.LinkAsync(id), await somebody.LinkAsync(id), await somebody.LinkAsync(gone));
        var form = await somebody.Browser.FormAsync(used);
        await product.SampleApp.OAuth2Async(new { consent = "allow" });
        await somebody.LeaveAsync(id, used);
        await WithDatabaseAsync(db => db.Set<AuthorizationLink>().Where(l => l.ConnectionId == id).ExecuteUpdateAsync(set => set.SetProperty(l => l.ExpiresAt, DateTimeOffset.UtcNow.AddMinutes(-1))));
        (await product.Api.RemoveAsync($"/api/connections/{gone}")).Ok();
        string[] links = [used, expired, removed, "/oauth/connect/nonsense", "/oauth/connect/%20"];

        (await ShouldBeAlikeAsync(links)).Is(404).Text.ShouldContain("This link does not work any more");
        (await ShouldBeAlikeAsync(links, path => somebody.Browser.Http.SendAsync(path, new FormUrlEncodedContent(form)))).Is(404).Text.ShouldContain("This link does not work any more");
    }

    [Fact]
    public async Task A_trip_of_another_browser_is_none()
    {
        using var somebody = new Traveller(product);
        await product.SampleApp.OAuth2Async(new { consent = "allow" });
        await somebody.LeaveAsync((await Traveller.ShellAsync(product)).Id);
        using var owner = await CookieClient.SignedInAsync(product);
        await owner.Http.ReadAsync("/connections");

        await ShouldBeAlikeAsync(["/oauth/attempts/1", "/oauth/attempts/999999"], owner.Http.ReadAsync);
    }

    [Fact]
    public async Task A_token_that_was_removed_is_answered_like_one_that_never_was()
    {
        var token = (await product.AddClientAsync(new { name = "Short-lived", api_privilege_group_id = RoleIds.Analyst, all_folders = true })).Token;
        await WithDatabaseAsync(db => db.Set<ApiClient>().Where(c => c.Name == "Short-lived").ExecuteDeleteAsync());
        using var http = product.Anonymous();

        await ShouldBeAlikeAsync([token, "wrkc_" + new string('0', 64)], each =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/users/me") { Headers = { Authorization = new("Bearer", each) } };
            return http.AskAsync(request);
        });
    }

    private async Task<Answer> ShouldBeAlikeAsync(IReadOnlyList<string> questions, Func<string, Task<Answer>>? ask = null)
    {
        using var stranger = product.Anonymous();
        var answers = new List<Answer>();
        foreach (var question in questions) answers.Add(await (ask ?? stranger.ReadAsync)(question));

        foreach (var (answer, question) in answers.Zip(questions)) Said(answer).ShouldBe(Said(answers[0]), question);
        return answers[0];
    }

    // All of it but what is another with every answer: the clock, the id of the request, the token of a form.
    private static string Said(Answer answer) => $"{answer.Status}\n{string.Join('\n', answer.Headers.Where(h => h.Key is not "Date").Select(h => $"{h.Key}: {string.Join(',', h.Value)}"))}\n"
        + System.Text.RegularExpressions.Regex.Replace(answer.Text, "\"traceId\":\"[^\"]*\"|name=\"__RequestVerificationToken\"[^>]*", "");

    private async Task WithDatabaseAsync(Func<ConnectionsDbContext, Task> use)
    {
        await using var scope = product.Services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>());
    }
}
