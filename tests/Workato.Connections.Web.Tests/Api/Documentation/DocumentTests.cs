using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Documentation;

/// <summary>The API document says what the server does.</summary>
public sealed partial class DocumentTests(OAuthOnSqlite product) : IClassFixture<OAuthOnSqlite>
{
    private const string Call = "/api/connections/{id}/call/{path}";

    [Fact]
    public async Task Every_endpoint_is_documented_and_every_documented_path_is_there()
    {
        var served = product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(e => "/" + Constraint().Replace(e.RoutePattern.RawText!.Trim('/'), "{${name}}")).Where(r => r.StartsWith("/api/", StringComparison.Ordinal)).Distinct();

        var documented = (await DocumentAsync())["paths"]!.AsObject().Select(p => p.Key);

        documented.ShouldBe(served, ignoreOrder: true);
    }

    [Fact]
    public async Task Every_operation_has_a_summary_and_says_what_it_answers()
    {
        foreach (var (name, operation) in Operations(await DocumentAsync()))
        {
            operation["summary"].ShouldNotBeNull(name);
            operation["responses"]!.AsObject().Count.ShouldBeGreaterThan(0, name);
        }
    }

    [Fact]
    public async Task Every_operation_names_401_and_every_one_on_an_id_404()
    {
        foreach (var (name, operation) in Operations(await DocumentAsync()))
        {
            operation["responses"]!.AsObject().Select(r => r.Key).ShouldContain("401", name);
            if (name.Contains("{id}", StringComparison.Ordinal)) operation["responses"]!.AsObject().Select(r => r.Key).ShouldContain("404", name);
        }
    }

    [Fact]
    public async Task The_call_endpoint_is_documented_with_its_methods()
    {
        var call = (await DocumentAsync())["paths"]![Call]!.AsObject();

        call.Select(m => m.Key).ShouldBe(["get", "head", "post", "put", "patch", "delete", "options"], ignoreOrder: true);
        call["get"]!["parameters"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()).ShouldBe(["id", "path"]);
        call["get"]!["requestBody"].ShouldBeNull();
        call["post"]!["requestBody"].ShouldNotBeNull();
        call.SelectMany(m => new[] { m.Value!["operationId"]?.GetValue<string>() }).ShouldBeUnique();
    }

    [Fact]
    public async Task Everything_asks_for_a_bearer_token()
    {
        var document = await DocumentAsync();

        document["components"]!["securitySchemes"]!["Bearer"]!["scheme"]!.GetValue<string>().ShouldBe("bearer");
        document["security"]!.AsArray().ShouldHaveSingleItem()!.AsObject().ShouldContainKey("Bearer");
    }

    [Fact]
    public async Task Examples_and_schemas_of_answers_have_the_properties_that_are_really_sent()
    {
        var document = await DocumentAsync();
        var live = await LiveAsync();
        foreach (var (name, operation) in Operations(document).Where(o => !o.Name.Contains("/call/", StringComparison.Ordinal)))
        {
            var content = operation["responses"]?["200"]?["content"]?["application/json"];
            if (content is null) continue;
            live.ShouldContainKey(name, "a live answer to hold the document against is missing in this test");
            if (content["example"] is { } example) Names(example).ShouldBe(Names(live[name]), ignoreOrder: true, name + " example");
            Names(Resolve(document, content["schema"]!)).ShouldBe(Names(live[name]), ignoreOrder: true, name + " schema");
        }
    }

    [Fact]
    public async Task Every_example_of_a_request_is_accepted()
    {
        var connection = await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" });
        var folder = (await product.Api.SendAsync("/api/folders", new { name = "For examples" })).Ok().Json;
        var profile = (await product.Api.SendAsync("/api/custom_oauth_profiles", new { name = "For examples", provider = "gmail", data = new { client_id = "id" } })).Ok().Json["result"]!.AsObject();
        var role = await product.AddRoleAsync("For examples", new Dictionary<string, string[]> { ["Recipes"] = ["read"] });
        var client = await product.AddClientAsync(new { name = "For examples", api_privilege_group_id = RoleIds.Operator, all_folders = true });
        var member = (await product.Api.SendAsync("/api/members", new { email = "examples@example.com", role = "Operator", all_folders = true })).Ok().Json;
        var recipe = await product.RecipeAsync("Started", connection.Id);
        var stopped = await product.RecipeAsync("Stopped", connection.Id, start: false);
        var job = (await product.Api.SendAsync($"/api/recipes/{recipe}/call", new { })).Ok().Json["job_id"]!.GetValue<string>();
        var channel = (await product.Api.SendAsync("/api/notice_channels", new { kind = "webhook", name = "Documented", address = "https://hooks.example.com" })).Ok().Json["data"]!.AsObject().Id;
        var bodies = 0;
        foreach (var (name, operation) in Operations(await DocumentAsync()))
        {
            if (operation["requestBody"]?["content"]?["application/json"]?["example"] is not { } example) continue;
            // These name things of their own in the body; their tests send them with what is there.
            if (name.Contains("/replace", StringComparison.Ordinal)) continue;
            var (method, path) = (name.Split(' ')[0], name.Split(' ')[1]);
            path = path.Replace("{id}", path.Contains("recipes", StringComparison.Ordinal) ? $"{(method == "put" ? stopped : recipe)}" : path.Contains("notice", StringComparison.Ordinal) ? $"{channel}" : path.Contains("projects", StringComparison.Ordinal) ? $"{folder["project_id"]}" : path.Contains("folders", StringComparison.Ordinal) ? $"{folder.Id}" : path.Contains("profiles", StringComparison.Ordinal) ? $"{profile.Id}"
                : path.Contains("roles", StringComparison.Ordinal) ? $"{role}" : path.Contains("clients", StringComparison.Ordinal) ? $"{client.Id}" : path.Contains("members", StringComparison.Ordinal) ? $"{member.Id}" : $"{connection.Id}", StringComparison.Ordinal);

            if (path.EndsWith("/runtime_user_connections", StringComparison.Ordinal)) example["parent_id"] = await product.ParentAsync();
            // What an example names must be there.
            var body = example.ToJsonString().Replace("\"connection_id\":7", $"\"connection_id\":{connection.Id}", StringComparison.Ordinal).Replace("\"folder_id\":\"4\"", "\"folder_id\":\"1\"", StringComparison.Ordinal)
                .Replace("salesforce", "sample_app", StringComparison.Ordinal).Replace("j-7", job, StringComparison.Ordinal).Replace("account_id\\u0022:1", $"account_id\\u0022:{connection.Id}", StringComparison.Ordinal);
            var answer = await product.Api.AskAsync(new(method.ToUpperInvariant()), path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

            // 422: the key "..." of an example is read and tried, and not the sample app's.
            answer.Status.ShouldBeOneOf([200, 422], $"{name}: {answer.Text}");
            bodies++;
        }

        bodies.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task The_reader_at_docs_asks_no_other_host_for_anything()
    {
        using var browser = await CookieClient.SignedInAsync(product);
        var asked = new List<string>();
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var page = await chromium.NewPageAsync();
        await page.RouteAsync("**/*", route =>
        {
            var own = new Uri(route.Request.Url).Authority == product.Address.Authority || !route.Request.Url.StartsWith("http", StringComparison.Ordinal);
            if (!own) asked.Add(route.Request.Url);
            return own ? route.ContinueAsync() : route.AbortAsync();
        });
        await page.GotoAsync(new Uri(product.Address, await product.OwnerLinkAsync()).ToString());

        await page.GotoAsync(new Uri(product.Address, "/docs").ToString());

        await page.GetByText("Create a connection").First.WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 30_000 });
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        asked.ShouldBeEmpty();
    }

    private async Task<JsonObject> DocumentAsync() => (await product.Api.ReadAsync("/openapi/v1.json")).Ok().Json;

    private async Task<Dictionary<string, JsonNode>> LiveAsync()
    {
        var folder = (await product.Api.SendAsync("/api/folders", new { name = "Live" })).Ok();
        var made = await product.Api.SendAsync("/api/connections", new { name = "Live", provider = "sample_app", input = new { api_key = "sample-key-bot" } });
        var spare = await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" });
        var inside = (await product.Api.SendAsync("/api/folders", new { name = "Inside", parent_id = folder.Json.Id })).Ok().Json;
        var id = made.Ok().Json.Id;
        var profile = (await product.Api.SendAsync("/api/custom_oauth_profiles", new { name = "Live", provider = OAuthDesk.Provider, data = new { client_id = "id" } })).Ok().Json;
        var profileAt = $"/api/custom_oauth_profiles/{profile["result"]!.AsObject().Id}";
        var role = (await product.Api.SendAsync("/api/roles", new { name = "Live", privileges = new Dictionary<string, string[]> { ["Recipes"] = ["read"] } })).Ok().Json;
        var client = (await product.Api.SendAsync("/api/developer_api_clients", new { name = "Live", api_privilege_group_id = RoleIds.Operator, all_folders = true })).Ok().Json;
        var clientAt = $"/api/developer_api_clients/{client["result"]!.AsObject().Id}";
        var member = (await product.Api.SendAsync("/api/members", new { email = "live@example.com", role = "Operator", all_folders = true })).Ok().Json;
        var shell = (await Traveller.ShellAsync(product)).Id;
        var (from, to) = (await product.ConnectionAsync("From"), await product.ConnectionAsync("To"));
        var recipe = await product.RecipeAsync("Live", from);
        var replaced = (await product.Api.SendAsync($"/api/connections/{from}/replace", new { with = to })).Ok().Json;
        var called = (await product.Api.SendAsync($"/api/recipes/{recipe}/call", new { input = new { name = "Ada" } })).Ok().Json;
        var channel = (await product.Api.SendAsync("/api/notice_channels", new { kind = "webhook", name = "Live", address = "http://127.0.0.1:1/hook", quiet_hours = new { from = "22:00", to = "07:00" } })).Ok().Json;
        var channelAt = $"/api/notice_channels/{channel["data"]!.AsObject().Id}";
        var trial = (await product.Api.SendAsync($"{channelAt}/test")).Ok().Json;
        var spareRecipe = await product.RecipeAsync("Spare", to, start: false);
        var recipeAt = $"/api/recipes/{spareRecipe}";
        return new()
        {
            ["get /api/recipes"] = (await product.Api.ReadAsync("/api/recipes")).Ok().Json,
            ["get /api/recipes/{id}"] = (await product.Api.ReadAsync(recipeAt)).Ok().Json,
            ["post /api/recipes"] = (await product.Api.SendAsync("/api/recipes", new { name = "New", code = Support.Recipes.Notes })).Ok().Json,
            ["put /api/recipes/{id}"] = (await product.Api.ChangeAsync(recipeAt, new { name = "Changed" })).Ok().Json,
            ["put /api/recipes/{id}/connect"] = (await product.Api.ChangeAsync($"{recipeAt}/connect", new { adapter_name = "sample_app", connection_id = from })).Ok().Json,
            ["put /api/recipes/{id}/start"] = (await product.Api.ChangeAsync($"{recipeAt}/start", new { })).Ok().Json,
            ["put /api/recipes/{id}/stop"] = (await product.Api.ChangeAsync($"{recipeAt}/stop", new { })).Ok().Json,
            ["post /api/recipes/{id}/copy"] = (await product.Api.SendAsync($"{recipeAt}/copy", new { folder_id = "1" })).Ok().Json,
            ["delete /api/recipes/{id}"] = (await product.Api.RemoveAsync(recipeAt)).Ok().Json,
            ["post /api/recipes/{id}/call"] = called,
            ["get /api/recipes/{id}/jobs"] = (await product.Api.ReadAsync($"/api/recipes/{recipe}/jobs")).Ok().Json,
            ["get /api/recipes/{id}/jobs/{handle}"] = (await product.Api.ReadAsync($"/api/recipes/{recipe}/jobs/{called.Text("job_id")}")).Ok().Json,
            ["post /api/recipes/{id}/repeat_jobs"] = (await product.Api.SendAsync($"/api/recipes/{recipe}/repeat_jobs", new { job_ids = new[] { called.Text("job_id") } })).Ok().Json,
            ["post /api/connections/{id}/replace"] = replaced,
            ["post /api/connections/{id}/replace/undo"] = (await product.Api.SendAsync($"/api/connections/{from}/replace/undo", new { replacement_id = replaced["data"]!["replacement_id"]!.GetValue<int>() })).Ok().Json,
            ["get /api/recipes/{id}/versions"] = (await product.Api.ReadAsync($"/api/recipes/{recipe}/versions")).Ok().Json,
            ["get /api/recipes/{id}/versions/{number}"] = (await product.Api.ReadAsync($"/api/recipes/{recipe}/versions/1")).Ok().Json,
            ["get /api/connections/runtime_user_connections/{id}/get_oauth_url"] = (await product.Api.ReadAsync($"/api/connections/runtime_user_connections/{shell}/get_oauth_url")).Ok().Json,
            ["post /api/connections/runtime_user_connections"] = (await product.Api.SendAsync("/api/connections/runtime_user_connections", new { parent_id = await product.ParentAsync(), folder_id = await product.HomeFolderAsync(), external_id = "live" })).Ok().Json,
            ["post /api/connections/runtime_user_connections/personal_page"] = (await product.Api.SendAsync("/api/connections/runtime_user_connections/personal_page", new { external_id = "live" })).Ok().Json,
            ["post /api/connections/{id}/device_authorization"] = (await product.Api.SendAsync($"/api/connections/{shell}/device_authorization")).Ok().Json,
            ["post /api/connections/{id}/device_authorization/state"] = (await product.Api.SendAsync($"/api/connections/{shell}/device_authorization/state")).Ok().Json,
            ["get /api/connections"] = (await product.Api.ReadAsync("/api/connections")).Items,
            ["post /api/connections"] = made.Json,
            ["get /api/connections/{id}"] = (await product.Api.ReadAsync($"/api/connections/{id}")).Ok().Json,
            ["put /api/connections/{id}"] = (await product.Api.ChangeAsync($"/api/connections/{id}", new { name = "Changed" })).Ok().Json,
            ["post /api/connections/{id}/test"] = (await product.Api.SendAsync($"/api/connections/{id}/test")).Ok().Json,
            ["post /api/connections/{id}/disconnect"] = (await product.Api.SendAsync($"/api/connections/{spare.Id}/disconnect")).Ok().Json,
            ["delete /api/connections/{id}"] = (await product.Api.RemoveAsync($"/api/connections/{spare.Id}")).Ok().Json,
            ["get /api/integrations"] = (await product.Api.ReadAsync("/api/integrations")).Ok().Json,
            ["get /api/integrations/all"] = (await product.Api.ReadAsync("/api/integrations/all")).Ok().Json,
            ["get /api/integrations/{provider}"] = (await product.Api.ReadAsync("/api/integrations/sample_app")).Ok().Json,
            ["get /api/custom_connectors"] = (await product.Api.ReadAsync("/api/custom_connectors")).Ok().Json,
            ["get /api/folders"] = (await product.Api.ReadAsync("/api/folders")).Ok().Items,
            ["post /api/folders"] = folder.Json,
            ["put /api/folders/{id}"] = (await product.Api.ChangeAsync($"/api/folders/{inside.Id}", new { name = "Changed" })).Ok().Json,
            ["delete /api/folders/{id}"] = (await product.Api.RemoveAsync($"/api/folders/{inside.Id}")).Ok().Json,
            ["get /api/projects"] = (await product.Api.ReadAsync("/api/projects")).Ok().Items,
            ["put /api/projects/{id}"] = (await product.Api.ChangeAsync($"/api/projects/{folder.Json["project_id"]}", new { description = "Changed" })).Ok().Json,
            ["delete /api/projects/{id}"] = (await product.Api.RemoveAsync($"/api/projects/{folder.Json["project_id"]}")).Ok().Json,
            ["get /api/custom_oauth_profiles"] = (await product.Api.ReadAsync("/api/custom_oauth_profiles")).Ok().Json,
            ["post /api/custom_oauth_profiles"] = profile,
            ["get /api/custom_oauth_profiles/{id}"] = (await product.Api.ReadAsync(profileAt)).Ok().Json,
            ["put /api/custom_oauth_profiles/{id}"] = (await product.Api.ChangeAsync(profileAt, new { name = "Changed" })).Ok().Json,
            ["delete /api/custom_oauth_profiles/{id}"] = (await product.Api.RemoveAsync(profileAt)).Ok().Json,
            ["get /api/activity_logs"] = (await product.Api.ReadAsync("/api/activity_logs")).Ok().Json,
            ["get /api/roles"] = (await product.Api.ReadAsync("/api/roles")).Ok().Items,
            ["post /api/roles"] = role,
            ["get /api/roles/{id}"] = (await product.Api.ReadAsync($"/api/roles/{role.Id}")).Ok().Json,
            ["put /api/roles/{id}"] = (await product.Api.ChangeAsync($"/api/roles/{role.Id}", new { description = "Changed" })).Ok().Json,
            ["post /api/roles/{id}/copy"] = (await product.Api.SendAsync($"/api/roles/{role.Id}/copy")).Ok().Json,
            ["delete /api/roles/{id}"] = (await product.Api.RemoveAsync($"/api/roles/{role.Id}")).Ok().Json,
            ["get /api/developer_api_client_roles"] = (await product.Api.ReadAsync("/api/developer_api_client_roles")).Ok().Json,
            ["get /api/developer_api_clients"] = (await product.Api.ReadAsync("/api/developer_api_clients")).Ok().Json,
            ["post /api/developer_api_clients"] = client,
            ["get /api/developer_api_clients/{id}"] = (await product.Api.ReadAsync(clientAt)).Ok().Json,
            ["put /api/developer_api_clients/{id}"] = (await product.Api.ChangeAsync(clientAt, new { name = "Changed" })).Ok().Json,
            ["post /api/developer_api_clients/{id}/regenerate"] = (await product.Api.SendAsync($"{clientAt}/regenerate")).Ok().Json,
            ["delete /api/developer_api_clients/{id}"] = (await product.Api.RemoveAsync(clientAt)).Ok().Json,
            ["get /api/members"] = (await product.Api.ReadAsync("/api/members")).Ok().Json,
            ["post /api/members"] = member,
            ["get /api/members/{id}"] = (await product.Api.ReadAsync($"/api/members/{member.Id}")).Ok().Json,
            ["get /api/members/{id}/privileges"] = (await product.Api.ReadAsync($"/api/members/{member.Id}/privileges")).Ok().Json,
            ["put /api/members/{id}"] = (await product.Api.ChangeAsync($"/api/members/{member.Id}", new { role = "Analyst" })).Ok().Json,
            ["delete /api/members/{id}"] = (await product.Api.RemoveAsync($"/api/members/{member.Id}")).Ok().Json,
            ["get /api/health/connections"] = (await product.Api.ReadAsync("/api/health/connections")).Ok().Json,
            ["get /api/connections/{id}/timeline"] = (await product.Api.ReadAsync($"/api/connections/{id}/timeline")).Ok().Json,
            // Not the kind that the example of the request is of: one of a kind goes on at a time.
            ["post /api/key_rotations"] = (await product.Api.SendAsync("/api/key_rotations", new { kind = "certificate" })).Ok().Json,
            ["get /api/key_rotations"] = (await product.Api.ReadAsync("/api/key_rotations")).Ok().Json,
            ["get /api/notice_channels"] = (await product.Api.ReadAsync("/api/notice_channels")).Ok().Json,
            ["post /api/notice_channels"] = channel,
            ["get /api/notice_channels/{id}"] = (await product.Api.ReadAsync(channelAt)).Ok().Json,
            ["put /api/notice_channels/{id}"] = (await product.Api.ChangeAsync(channelAt, new { name = "Changed" })).Ok().Json,
            ["post /api/notice_channels/{id}/test"] = trial,
            ["post /api/notice_channels/{id}/regenerate_secret"] = (await product.Api.SendAsync($"{channelAt}/regenerate_secret")).Ok().Json,
            ["get /api/notice_channels/{id}/deliveries"] = (await product.Api.ReadAsync($"{channelAt}/deliveries")).Ok().Json,
            ["post /api/notice_channels/{id}/deliveries/{deliveryId}/replay"] = (await product.Api.SendAsync($"{channelAt}/deliveries/{trial["data"]!.AsObject().Id}/replay")).Ok().Json,
            ["delete /api/notice_channels/{id}"] = (await product.Api.RemoveAsync(channelAt)).Ok().Json,
            ["get /api/setup_check"] = (await product.Api.ReadAsync("/api/setup_check")).Ok().Json,
            ["get /api/users/me"] = (await product.Api.ReadAsync("/api/users/me")).Ok().Json,
        };
    }

    private static IEnumerable<(string Name, JsonObject Operation)> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key is not ("parameters" or "summary" or "description")
        select ($"{operation.Key} {path.Key}", operation.Value!.AsObject());

    // Of an array its first element's.
    private static IEnumerable<string> Names(JsonNode json) => (json is JsonArray array ? array[0]! : json).AsObject().Select(p => p.Key);

    private static JsonObject Resolve(JsonObject document, JsonNode schema)
    {
        if (schema["$ref"] is { } reference) return Resolve(document, document["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]!);
        if (schema["items"] is { } items) return Resolve(document, items);
        return schema["properties"]!.AsObject();
    }

    [GeneratedRegex(@"\{\**(?<name>\w+)(:\w+)?\}")]
    private static partial Regex Constraint();
}
