using System.Text.Json.Nodes;

namespace Workato.Connections.Web.Tests.Support;

/// <summary>What a script does, in a word.</summary>
public static class ApiExtensions
{
    /// <summary>Makes a connection and returns what the API answered, whatever its status word.</summary>
    public static async Task<JsonObject> CreateAsync(this Product product, string provider, object input, string name = "Made by a test")
    {
        var response = await product.Api.PostAsJsonAsync("/api/connections", new { name, provider, input }, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
    }

    /// <summary>A connection as it is now.</summary>
    public static async Task<JsonObject> GetConnectionAsync(this Product product, JsonNode id) =>
        (await product.Api.GetFromJsonAsync<JsonObject>($"/api/connections/{id}", TestContext.Current.CancellationToken))!;
}
