using System.Text;
using System.Text.Json;
using Workato.Connections.Web.Api.Connections;
using Workato.Connections.Recipes.Jobs;

namespace Workato.Connections.Web.Api.Recipes;

/// <summary>Where apps tell recipes of events: an address for each recipe, which nobody guesses.</summary>
internal static class WebhookEndpoint
{
    public const string Path = "/webhooks/rest/";

    public static void MapWebhooks(this WebApplication app) =>
        app.MapPost(Path + "{token}", ReceiveAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> ReceiveAsync(string token, HttpRequest request, JobService jobs, CancellationToken cancel)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(cancel);
        return await jobs.ReceiveAsync(token, Data(request, body), cancel)
            ? Results.Json(new SuccessAnswer(), statusCode: StatusCodes.Status202Accepted)
            : Problems.From(new(RefusalKind.NotFound, "No running recipe has this address."));
    }

    private static JsonElement Data(HttpRequest request, string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body.Length == 0 ? "{}" : body);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(new { content_type = request.ContentType, body });
        }
    }
}
