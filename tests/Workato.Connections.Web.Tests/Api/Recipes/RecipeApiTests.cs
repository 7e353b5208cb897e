using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Recipes;

/// <summary>Recipes as Workato's clients and people's scripts know them.</summary>
public abstract class RecipeApiTests(Product product)
{
    private const string Webhook = """{"keyword":"trigger","provider":"workato_webhooks","name":"new_event","as":"event","input":{},"block":[{"keyword":"action","provider":"logger","name":"log_message","input":{"message":"{{ event.n }}"}}]}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_start_with_an_unconnected_connection_is_refused_exactly_as_Workato_does_it()
    {
        var connection = (await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" })).Id;
        var recipe = await product.RecipeAsync("Live", connection, start: false);
        (await product.Api.SendAsync($"/api/connections/{connection}/disconnect", new { force = true })).Ok();

        var answer = (await product.Api.ChangeAsync($"/api/recipes/{recipe}/start", new { })).Ok().Json;

        answer.ToJsonString().ShouldBe(
            $$$"""{"success":false,"code_errors":[],"config_errors":[[1,[["account_id",{{{connection}}},"unconnected",{"key":"packages.recipe_source_code.flow_validations.errors.config_unconnected"}]]]]}""");
    }

    [Fact]
    public async Task A_start_with_a_wrong_step_names_step_and_field()
    {
        var recipe = await MadeAsync("""{"keyword":"trigger","provider":"workato_webhooks","name":"new_event","block":[{"keyword":"action","provider":"sample_app","name":"search_records","input":{}}]}""");

        (await product.Api.ChangeAsync($"/api/recipes/{recipe}/start", new { })).Ok().Json["code_errors"]!.ToJsonString().ShouldBe("""[[1,[["name","search_records","is invalid"]]]]""");
    }

    [Fact]
    public async Task A_running_recipe_is_refused_with_200_as_Workato_does_it()
    {
        var recipe = await MadeAsync(Webhook);
        (await product.Api.ChangeAsync($"/api/recipes/{recipe}/start", new { })).Ok();

        var refused = (await product.Api.ChangeAsync($"/api/recipes/{recipe}", new { recipe = new { name = "x" } })).Ok().Json;
        (refused["success"]!.GetValue<bool>(), refused["errors"]!["running"]![0]!.GetValue<string>()).ShouldBe((false, "can't modify running recipe"));
        (await product.Api.RemoveAsync($"/api/recipes/{recipe}")).Ok().Json["errors"]!["running"]![0]!.GetValue<string>().ShouldBe("Can't change the recipe state: invalid state running");
        (await product.Api.ChangeAsync($"/api/recipes/{recipe}/connect", new { adapter_name = "sample_app", connection_id = 1 })).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("not json", "must be JSON")]
    [InlineData("\"text\"", "step 0 must be an object")]
    [InlineData("""{"keyword":"trigger","input":{"a":"\ud800"}}""", null)]
    public async Task Code_that_cannot_be_is_named_and_nothing_is_made(string code, string? problem)
    {
        var answer = await product.Api.SendAsync("/api/recipes", new { name = "Wrong", code });

        if (problem is null) answer.Status.ShouldBe(200);
        else answer.Json["errors"]!["code"]![0]!.GetValue<string>().ShouldStartWith(problem);
    }

    [Theory]
    [InlineData("PUT", "", """{"config":[{"provider":"sample_app","account_id":"7x"}]}""", "config")]
    [InlineData("PUT", "", """{"config":"[{\"provider\":\"sample_app\",\"account_id\":99999999999}]"}""", "config")]
    [InlineData("PUT", "", """{"config":[{"provider":"sample_app","account_id":"\ud800"}]}""", "config")]
    [InlineData("PUT", "", """{"config":"\ud800"}""", "config")]
    [InlineData("PUT", "", """{"code":"\ud800"}""", "code")]
    [InlineData("PUT", "", """{"recipe":{"folder_id":"\ud800"}}""", "folder_id")]
    [InlineData("PUT", "/connect", """{"adapter_name":"sample_app"}""", "connection_id")]
    [InlineData("PUT", "/connect", """{"adapter_name":"sample_app","connection_id":null}""", "connection_id")]
    [InlineData("POST", "/call", """{"connections":{"sample_app":"\ud800"}}""", "connections.sample_app")]
    public async Task What_cannot_be_is_named_and_the_connection_stays(string method, string path, string body, string field)
    {
        var connection = (await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" })).Id;
        var recipe = await product.RecipeAsync("Live", connection, start: false);
        using var request = new HttpRequestMessage(new(method), $"/api/recipes/{recipe}{path}") { Content = Json(body) };

        (await product.Api.AskAsync(request)).Is(400).Fields.ShouldBe([field]);

        (await product.Api.ReadAsync($"/api/recipes/{recipe}")).Ok().Json["config"]![0]!["account_id"]!.GetValue<int>().ShouldBe(connection);
    }

    [Theory]
    [InlineData("""{"input":"\ud800"}""")]
    [InlineData("""{"input":{"name":"\ud800"}}""")]
    public async Task A_call_with_half_a_character_runs_with_it_as_it_is_written(string body)
    {
        var connection = (await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" })).Id;
        var recipe = await product.RecipeAsync("Live", connection);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/recipes/{recipe}/call") { Content = Json(body) };

        (await product.Api.AskAsync(request)).Ok().Json["status"]!.GetValue<string>().ShouldBe("succeeded");
    }

    [Fact]
    public async Task A_recipe_does_not_bind_what_its_maker_may_not_see()
    {
        var elsewhere = (await product.Api.SendAsync("/api/folders", new { name = $"Elsewhere {Guid.NewGuid():N}" })).Ok().Json;
        var hidden = (await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" })).Id;
        using var program = await product.ProgramAsync("Analyst", elsewhere["project_id"]!.GetValue<int>());

        var answer = await program.SendAsync("/api/recipes", new { name = "x", folder_id = elsewhere.Id, code = """{"keyword":"trigger"}""", config = new[] { new { keyword = "application", provider = "sample_app", account_id = hidden } } });

        answer.Status.ShouldBe(400);
        answer.Json["errors"]!["config"]![0]!.GetValue<string>().ShouldBe($"there is no connection {hidden}");
    }

    [Fact]
    public async Task An_event_comes_in_by_the_address_that_the_recipe_tells()
    {
        var recipe = await MadeAsync(Webhook);
        (await product.Api.ChangeAsync($"/api/recipes/{recipe}/start", new { })).Ok();
        var address = new Uri((await product.Api.ReadAsync($"/api/recipes/{recipe}")).Ok().Json["webhook_url"]!.GetValue<string>()).AbsolutePath;
        using var app = product.Anonymous();

        (await app.PostAsync(address, Json("""{"n":7}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await app.PostAsync(address, new StringContent("a=b", Encoding.UTF8, "application/x-www-form-urlencoded"), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await app.PostAsync("/webhooks/rest/guessed", Json("{}"), Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var jobs = await EndedAsync(recipe, 2);
        jobs.Select(j => j["status"]!.GetValue<string>()).ShouldAllBe(s => s == "succeeded");
    }

    [Fact]
    public async Task Fifty_megabytes_are_not_read()
    {
        var recipe = await MadeAsync(Webhook);
        (await product.Api.ChangeAsync($"/api/recipes/{recipe}/start", new { })).Ok();
        var address = new Uri((await product.Api.ReadAsync($"/api/recipes/{recipe}")).Ok().Json["webhook_url"]!.GetValue<string>()).AbsolutePath;
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(product.Address.Host, product.Address.Port, Cancel);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {address} HTTP/1.1\r\nHost: {product.Address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {50 * 1024 * 1024}\r\n\r\n"), Cancel);
        using var reader = new StreamReader(stream, Encoding.ASCII);

        (await reader.ReadLineAsync(Cancel)).ShouldBe("HTTP/1.1 413 Payload Too Large");

        (await product.Api.ReadAsync($"/api/recipes/{recipe}/jobs")).Ok().Json["job_count"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Only_a_started_callable_recipe_is_called()
    {
        var connection = (await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" })).Id;
        var stopped = await product.RecipeAsync("Live", connection, start: false);
        var standard = await MadeAsync(Webhook);

        (await product.Api.SendAsync($"/api/recipes/{stopped}/call", new { })).Status.ShouldBe(409);
        (await product.Api.SendAsync($"/api/recipes/{standard}/call", new { })).Json["errors"]!["id"].ShouldNotBeNull();
        var (started, other) = (await product.RecipeAsync("Live", connection), (await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" })).Id);
        (await product.Api.SendAsync($"/api/recipes/{started}/call", new { connections = new { sample_app = other } })).Json["errors"]!["connections.sample_app"]![0]!.GetValue<string>().ShouldStartWith("has no runtime user connections switched on");
    }

    [Fact]
    public async Task The_list_is_narrowed_in_Workatos_ways()
    {
        var connection = (await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" })).Id;
        var (uses, not) = (await product.RecipeAsync("Live", connection, start: false), await MadeAsync(Webhook));

        (await IdsAsync("adapter_names_any=sample_app,jira")).ShouldContain(uses);
        (await IdsAsync("adapter_names_any=sample_app,jira")).ShouldNotContain(not);
        (await IdsAsync("adapter_names_all=sample_app,jira")).ShouldNotContain(uses);
        (await IdsAsync("running=true")).ShouldNotContain(not);
        (await IdsAsync($"since_id={not}&per_page=1")).ShouldBe([uses]);
        (await IdsAsync($"connection_id={connection}")).ShouldBe([uses]);

        async Task<List<int>> IdsAsync(string query) => [.. (await product.Api.ReadAsync($"/api/recipes?{query}")).Ok().Json["items"]!.AsArray().Select(r => r!["id"]!.GetValue<int>())];
    }

    private async Task<int> MadeAsync(string code) => (await product.Api.SendAsync("/api/recipes", new { name = "Recipe", code })).Ok().Json.Id;

    private async Task<List<JsonNode>> EndedAsync(int recipe, int count)
    {
        while (true)
        {
            var jobs = (await product.Api.ReadAsync($"/api/recipes/{recipe}/jobs")).Ok().Json["items"]!.AsArray().Select(j => j!).ToList();
            if (jobs.Count == count && jobs.TrueForAll(j => j["completed_at"] is not null)) return jobs;
            await Task.Delay(50, Cancel);
        }
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
}

public sealed class RecipeApiOnSqlite(ProductOnSqlite product) : RecipeApiTests(product), IClassFixture<ProductOnSqlite>;

public sealed class RecipeApiOnPostgres(ProductOnPostgres product) : RecipeApiTests(product), IClassFixture<ProductOnPostgres>;
