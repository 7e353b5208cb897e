using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Operating;

/// <summary>Secrets that were altered in the database are the trouble of one connection. Each test has a server of its own: nobody else may meet them.</summary>
public abstract class UnreadableConnectionTests(Product product)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_that_cannot_be_opened_breaks_no_list_no_page_and_no_other_connection()
    {
        var broken = await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" }, "Broken");
        var fine = await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" }, "Fine");
        await using (var scope = product.Services.CreateAsyncScope())
        {
            var id = broken["id"]!.GetValue<int>();
            var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
            var fineId = fine["id"]!.GetValue<int>();
            var others = await db.Connections.Where(c => c.Id == fineId).Select(c => c.SealedSecrets).SingleAsync(Cancel);
            await db.Connections.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.SealedSecrets, others), Cancel);
        }

        (await product.Api.ReadAsync("/api/connections")).Ok();
        (await product.Api.ReadAsync($"/api/connections/{broken["id"]}")).Ok();
        var refused = await product.Api.ReadAsync($"/api/connections/{broken["id"]}/call/api/me");
        refused.Status.ShouldBe(409, refused.Text);
        refused.Message.ShouldContain("cannot be read");
        (await product.Api.ReadAsync($"/api/connections/{fine["id"]}/call/api/me")).Ok();
        using var browser = await CookieClient.SignedInAsync(product);
        (await browser.Http.ReadAsync("/connections")).Ok();
        (await browser.Http.ReadAsync($"/connections/{broken["id"]}")).Ok();
    }
}

public sealed class UnreadableConnectionOnSqlite(ProductOnSqlite product) : UnreadableConnectionTests(product), IClassFixture<ProductOnSqlite>;

public sealed class UnreadableConnectionOnPostgres(ProductOnPostgres product) : UnreadableConnectionTests(product), IClassFixture<ProductOnPostgres>;
