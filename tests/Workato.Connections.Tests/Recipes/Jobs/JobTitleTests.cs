using System.Text.Json;
using Workato.Connections.Recipes.Jobs;

namespace Workato.Connections.Tests.Recipes.Jobs;

/// <summary>Jobs are told apart by what they were called with, and no secret is told by it.</summary>
public sealed class JobTitleTests
{
    [Theory]
    [InlineData("""{"name":"Eve"}""", "Call, name Eve")]
    [InlineData("""{"order":{"id":1},"customer_id":7}""", "Call, customer id 7")]
    [InlineData("""{"api_token":"t","Password":"p","client_secret":"s","name":"Eve"}""", "Call, name Eve")]
    [InlineData("""{"note":"0123456789012345678901234567890123456789x"}""", "Call")]
    [InlineData("""{"name":""}""", "Call")]
    [InlineData("[1]", "Call")]
    public void A_job_is_called_by_its_first_value(string data, string title) => JobTitles.Of("Call", JsonSerializer.Deserialize<JsonElement>(data)).ShouldBe(title);
}
