using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Auditing;

/// <summary>The audit log over the REST API, in Workato's shape.</summary>
public abstract partial class ActivityLogTests(Product product)
{
    private const string Logs = "/api/activity_logs";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_says_who_did_what_to_what_and_from_where()
    {
        var made = await NewAsync("Billing");
        (await product.Api.ChangeAsync($"/api/connections/{made.Id}", new { name = "Billing, month end" })).Ok();

        var entry = (await LogAsync($"include_resource_types[]=SharedAccount&resource_id={made.Id}"))[0];

        entry.Select(p => p.Key).ShouldBe(["id", "timestamp", "event_type", "workspace", "user", "details", "resource", "project_id", "sequence", "hash"]);
        entry.Text("event_type").ShouldBe("connection_updated");
        entry["resource"]!.ToJsonString().ShouldBe($$"""{"id":{{made.Id}},"name":"Billing, month end","type":"SharedAccount"}""");
        entry["user"]!.ToJsonString().ShouldBe("""{"id":null,"name":"bootstrap","email":null,"type":"api_client","api_client_id":1}""");
        entry["workspace"]!["id"]!.GetValue<int>().ShouldBe((await product.Api.ReadAsync("/api/users/me")).Json.Id);
        entry["details"]!["activity"]!.GetValue<string>().ShouldBe("changed connection 'Billing, month end'");
        entry["details"]!["request"]!["ip_address"]!.GetValue<string>().ShouldBe("127.0.0.1");
        entry["details"]!["changes"]!.ToJsonString().ShouldBe("""{"name":["Billing","Billing, month end"]}""");
        entry["project_id"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Pages_follow_one_another_newest_first_without_gaps()
    {
        for (var i = 0; i < 7; i++) await NewAsync($"Paged {i}");
        var all = (await LogAsync("include_event_types[]=connection_created")).Select(e => e["id"]!.GetValue<long>()).ToList();

        var read = new List<long>();
        for (var after = ""; ;)
        {
            var page = (await LogAsync($"include_event_types[]=connection_created&page[size]=3{after}")).Select(e => e["id"]!.GetValue<long>()).ToList();
            read.AddRange(page);
            if (page.Count < 3 || read.Count >= all.Count) break;
            after = $"&page[after]={page[^1]}";
        }

        read.Take(all.Count).ShouldBe(all);
        all.ShouldBe(all.OrderDescending());
        (await product.Api.ReadAsync($"{Logs}?page[size]=2")).Ok().Json["total"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task Filters_narrow_it()
    {
        var made = await NewAsync("Narrowed");
        var before = Uri.EscapeDataString(DateTimeOffset.UtcNow.AddMinutes(-5).ToString("O"));

        (await LogAsync($"include_resource_types[]=SharedAccount&exclude_event_types[]=connection_created&resource_id={made.Id}")).ShouldBeEmpty();
        (await LogAsync($"include_resource_types[]=SharedAccount&resource_id={made.Id}&from={before}")).Count.ShouldBe(1);
        (await LogAsync($"include_resource_types[]=SharedAccount&resource_id={made.Id}&to={before}")).ShouldBeEmpty();
        (await LogAsync("exclude_resource_types[]=SharedAccount")).ShouldNotContain(e => e["resource"]!["type"]!.GetValue<string>() == "SharedAccount");
        (await LogAsync("users_ids[]=999")).ShouldBeEmpty();
        (await LogAsync($"api_client_ids[]=1&include_resource_types[]=SharedAccount&resource_id={made.Id}")).Count.ShouldBe(1);
        (await LogAsync("project_id=999")).ShouldBeEmpty();
        (await LogAsync("page[after]=999999999")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("include_event_types[]=connection_exploded", "include_event_types[]", "connection_created")]
    [InlineData("exclude_event_types[]=x", "exclude_event_types[]", "connection_created")]
    [InlineData("include_resource_types[]=Connection", "include_resource_types[]", "SharedAccount")]
    [InlineData("exclude_resource_types[]=x", "exclude_resource_types[]", "SharedAccount")]
    [InlineData("page[size]=101", "page[size]", "1 to 100")]
    [InlineData("format=csv", "format", "jsonl")]
    [InlineData("resource_id=7", "include_resource_types[]", "the one kind")]
    public async Task What_is_not_known_is_refused_and_what_is_allowed_is_named(string query, string field, string allowed)
    {
        var refused = (await product.Api.ReadAsync($"{Logs}?{query}")).Is(400);

        refused.Fields.ShouldBe([field]);
        refused.Text.ShouldContain(allowed);
    }

    [Theory]
    [InlineData("from=yesterday")]
    [InlineData("page[after]=x")]
    [InlineData("users_ids[]=anna")]
    public async Task What_is_no_time_and_no_number_is_refused(string query) => (await product.Api.ReadAsync($"{Logs}?{query}")).Is(400);

    [Theory]
    [InlineData("?format=jsonl", null)]
    [InlineData("", "application/jsonl")]
    public async Task Everything_is_exported_as_JSON_lines(string query, string? accept)
    {
        for (var i = 0; i < 3; i++) await NewAsync($"Exported {i}");
        using var request = new HttpRequestMessage(HttpMethod.Get, Logs + query);
        if (accept is not null) request.Headers.Accept.ParseAdd(accept);

        var answer = (await product.Api.AskAsync(request)).Ok();

        answer.MediaType.ShouldBe("application/jsonl");
        var lines = answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Select(l => JsonNode.Parse(l)!["id"]!.GetValue<long>()).ShouldBe((await EntriesAsync()).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Select(e => e.Id));
        JsonNode.Parse(lines[0])!.AsObject().Select(p => p.Key).ShouldBe((await LogAsync("page[size]=1"))[0].Select(p => p.Key));
    }

    [Fact]
    public async Task An_export_goes_over_more_than_one_reading()
    {
        await using (var scope = product.Services.CreateAsyncScope())
        {
            var trail = scope.ServiceProvider.GetRequiredService<AuditTrail>();
            for (var i = 0; i < 2500; i++) trail.Add(AuditEvents.FolderUpdated, new(AuditedTypes.Folder, 4711, "Many"));
            await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().SaveChangesAsync(Cancel);
        }

        var lines = (await product.Api.ReadAsync($"{Logs}?format=jsonl&include_resource_types[]=Folder&resource_id=4711")).Ok().Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Select(l => JsonNode.Parse(l)!["id"]!.GetValue<long>()).Distinct().Count().ShouldBe(2500);
    }

    [Fact]
    public async Task Whoever_has_chosen_projects_sees_what_happened_in_those()
    {
        var project = (await product.Api.SendAsync("/api/folders", new { name = $"Seen {Guid.NewGuid()}" })).Ok().Json;
        var id = project["project_id"]!.GetValue<int>();
        (await product.Api.SendAsync("/api/connections", new { name = "Inside", provider = "rest", shell_connection = true, folder_id = project.Id })).Ok();
        await NewAsync("Outside");
        using var client = await product.ProgramAsync("Owner", id);

        var seen = (await client.ReadAsync(Logs)).Ok().Json["data"]!.AsArray();

        seen.Select(e => e!["resource"]!["name"]!.GetValue<string>()).ShouldBe(["Inside", project.Text("name")], ignoreOrder: true);
        (await client.ReadAsync($"{Logs}?project_id=1")).Ok().Json["data"]!.AsArray().ShouldBeEmpty();
        (await client.ReadAsync($"{Logs}?format=jsonl")).Ok().Text.Trim().Split('\n').Length.ShouldBe(2);
    }

    private async Task<JsonObject> NewAsync(string name) => (await product.Api.SendAsync("/api/connections", new { name, provider = "rest", shell_connection = true })).Ok().Json;

    private async Task<List<JsonObject>> LogAsync(string query) => [.. (await product.Api.ReadAsync($"{Logs}?{query}")).Ok().Json["data"]!.AsArray().Select(e => e!.AsObject())];

    private async Task<List<AuditEntry>> EntriesAsync()
    {
        await using var scope = product.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().Set<AuditEntry>().AsNoTracking().OrderBy(e => e.Id).ToListAsync(Cancel);
    }
}

public sealed class ActivityLogOnSqlite(ProductOnSqlite product) : ActivityLogTests(product), IClassFixture<ProductOnSqlite>;

public sealed class ActivityLogOnPostgres(ProductOnPostgres product) : ActivityLogTests(product), IClassFixture<ProductOnPostgres>;
