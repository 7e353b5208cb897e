using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Recipes;

/// <summary>Recipes that run on behalf of users, each with the account that user connected, on whichever database.</summary>
public abstract partial class RuntimeUserTests(Product product) : IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_users_who_call_one_recipe_at_the_same_time_each_work_with_their_own_account()
    {
        const int each = 200;
        var recipe = await product.RecipeAsync(RuntimeUsers.WriteNote, await product.ParentAsync());
        await product.StartAsync(recipe);
        await JoinAsync(recipe, "user-1", "ada");
        await JoinAsync(recipe, "user-2", "bot");
        var authors = new ConcurrentBag<(string User, string? Author)>();
        using var within = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        within.CancelAfter(TimeSpan.FromMinutes(2));

        var calls = Enumerable.Range(0, 2 * each).Select(n => n % 2 == 0 ? "user-1" : "user-2");
        await Parallel.ForEachAsync(calls, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = within.Token }, async (user, _) =>
        {
            var called = (await product.CallAsync(recipe, user, text: user)).Ok().Json;
            called.Text("status").ShouldBe("succeeded");
            called["result"]!["text"]!.GetValue<string>().ShouldBe(user);
            authors.Add((user, called["result"]!["author"]!.GetValue<string>()));
        });

        authors.GroupBy(a => a).Select(g => (g.Key.User, g.Key.Author, g.Count())).Order().ShouldBe([("user-1", "ada", each), ("user-2", "bot", each)]);
        (await ConnectionsUsedAsync(recipe)).ShouldBe([("user-1", await ChildAsync("user-1"), each), ("user-2", await ChildAsync("user-2"), each)], ignoreOrder: true);
    }

    [Fact]
    public async Task Who_has_no_connection_yet_gets_a_link_and_nothing_is_started()
    {
        var recipe = await product.RecipeAsync(RuntimeUsers.WriteNote, await product.ParentAsync());
        await product.StartAsync(recipe);

        var refused = (await product.CallAsync(recipe, "grace")).Is(422).Json;

        var connect = refused["connect"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        connect.Text("provider").ShouldBe("sample_app");
        (await product.Api.ReadAsync($"/api/recipes/{recipe}/jobs")).Ok().Json["job_count"]!.GetValue<int>().ShouldBe(0);
        await product.ConnectAsync(connect.Text("url")!, "ada");
        (await product.CallAsync(recipe, "grace")).Ok().Json["result"]!["author"]!.GetValue<string>().ShouldBe("ada");
    }

    public async ValueTask InitializeAsync() => await product.SampleApp.ResetAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private async Task JoinAsync(int recipe, string user, string account)
    {
        var url = (await product.CallAsync(recipe, user)).Is(422).Json["connect"]![0]!["url"]!.GetValue<string>();
        (await product.ConnectAsync(url, account)).Ok().Text.ShouldContain("are connected to Sample app as");
    }

    private async Task<int> ChildAsync(string user) => (await product.Api.ReadAsync($"/api/connections?external_id={user}")).Ok().Ids.First();

    private async Task<List<(string?, int?, int)>> ConnectionsUsedAsync(int recipe)
    {
        await using var scope = product.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        var used = await db.Jobs.Where(j => j.RecipeId == recipe).Join(db.JobSteps.Where(s => s.Name == "create_note"), j => j.Id, s => s.JobId, (j, s) => new { j.ExternalId, s.ConnectionId })
            .GroupBy(u => u).Select(g => new { g.Key.ExternalId, g.Key.ConnectionId, Count = g.Count() }).ToListAsync(Cancel);
        return [.. used.Select(u => (u.ExternalId, u.ConnectionId, u.Count))];
    }
}

public sealed class RuntimeUsersOnSqlite(ProductOnSqlite product) : RuntimeUserTests(product), IClassFixture<ProductOnSqlite>;

public sealed class RuntimeUsersOnPostgres(ProductOnPostgres product) : RuntimeUserTests(product), IClassFixture<ProductOnPostgres>;
