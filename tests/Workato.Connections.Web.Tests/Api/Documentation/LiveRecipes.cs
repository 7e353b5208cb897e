using System.Text.Json;
using System.Text.Json.Nodes;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Documentation;

/// <summary>What the recipe part of the API really sends.</summary>
internal static class LiveRecipes
{
    /// <summary>A callable recipe that writes a note through a connection.</summary>
    public static async Task<int> MadeAsync(Product product, int connection) => (await product.Api.SendAsync("/api/recipes", new
    {
        name = "Live",
        code = JsonSerializer.Serialize(new
        {
            keyword = "trigger", provider = "workato_recipe_function", name = "execute", @as = "call", input = new { },
            block = new object[]
            {
                new { keyword = "action", provider = "sample_app", name = "create_note", @as = "note", input = new { text = "Hello {{ call.name }}" } },
                new { keyword = "action", provider = "workato_recipe_function", name = "return_result", input = new { result = "{{ note.id }}" } },
            },
        }),
        config = JsonSerializer.Serialize(new[] { new { keyword = "application", provider = "sample_app", account_id = connection } }),
    })).Ok().Json.Id;

    public static async Task<int> StartedAsync(Product product, int connection)
    {
        var recipe = await MadeAsync(product, connection);
        (await product.Api.ChangeAsync($"/api/recipes/{recipe}/start", new { })).Ok().Json["success"]!.GetValue<bool>().ShouldBeTrue();
        return recipe;
    }

    public static async Task<Dictionary<string, JsonNode>> AnswersAsync(Product product)
    {
        var connection = (await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" })).Id;
        var (started, stopped) = (await StartedAsync(product, connection), await MadeAsync(product, connection));
        var at = $"/api/recipes/{started}";
        var call = (await product.Api.SendAsync($"{at}/call", new { input = new { name = "Ada" } })).Ok().Json;
        var job = call["job_id"]!.GetValue<string>();
        var unfinished = (await product.Api.SendAsync("/api/recipes", new { name = "Unfinished", code = """{"keyword":"trigger"}""" })).Ok().Json;
        return new()
        {
            ["post /api/recipes"] = unfinished,
            ["get /api/recipes"] = (await product.Api.ReadAsync("/api/recipes")).Ok().Json,
            ["get /api/recipes/{id}"] = (await product.Api.ReadAsync(at)).Ok().Json,
            ["put /api/recipes/{id}"] = (await product.Api.ChangeAsync($"/api/recipes/{stopped}", new { name = "Changed" })).Ok().Json,
            ["put /api/recipes/{id}/connect"] = (await product.Api.ChangeAsync($"/api/recipes/{stopped}/connect", new { adapter_name = "sample_app", connection_id = connection })).Ok().Json,
            // Only a refusal shows all that may be said.
            ["put /api/recipes/{id}/start"] = (await product.Api.ChangeAsync($"/api/recipes/{unfinished.Id}/start", new { })).Ok().Json,
            ["put /api/recipes/{id}/stop"] = (await product.Api.ChangeAsync($"/api/recipes/{stopped}/stop", new { })).Ok().Json,
            ["post /api/recipes/{id}/copy"] = (await product.Api.SendAsync($"/api/recipes/{stopped}/copy", new { folder_id = "1" })).Ok().Json,
            ["delete /api/recipes/{id}"] = (await product.Api.RemoveAsync($"/api/recipes/{stopped}")).Ok().Json,
            ["post /api/recipes/{id}/call"] = call,
            ["get /api/recipes/{id}/jobs"] = (await product.Api.ReadAsync($"{at}/jobs")).Ok().Json,
            ["get /api/recipes/{id}/jobs/{handle}"] = (await product.Api.ReadAsync($"{at}/jobs/{job}")).Ok().Json,
            ["post /api/recipes/{id}/repeat_jobs"] = (await product.Api.SendAsync($"{at}/repeat_jobs", new { job_ids = new[] { job } })).Ok().Json,
        };
    }
}
