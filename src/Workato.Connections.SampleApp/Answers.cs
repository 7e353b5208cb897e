using System.Globalization;
using System.Text.Json;

namespace Workato.Connections.SampleApp;

/// <summary>
/// How the app reads and writes JSON. It brings its own options: those of the host it is mounted in are the host's.
/// </summary>
internal static class Answers
{
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, Options, statusCode: status);

    public static IResult Html(string html, int status = StatusCodes.Status200OK) =>
        Results.Content(html, "text/html; charset=utf-8", statusCode: status);

    /// <summary>To another page, by GET: 302 would leave it to the browser whether it sends the form once more (RFC 9700, 4.12).</summary>
    public static IResult SeeOther(string address) => new SeeOtherResult(address);

    public static IResult Problem(int status, string error, string message) =>
        Json(new { Error = error, Message = message }, status);

    public static IResult Invalid(string field, string message) =>
        Json(new { Error = "invalid_request", Field = field, Message = message }, StatusCodes.Status400BadRequest);

    public static IResult NotFound(string message) => Problem(StatusCodes.Status404NotFound, "not_found", message);

    /// <summary>
    /// The body as JSON, or null if it is not. Read here and not by parameter binding, which would come before the
    /// filters and so answer 400 to somebody who is not signed in.
    /// </summary>
    public static async Task<T?> ReadAsync<T>(HttpRequest request) where T : class
    {
        if (!request.HasJsonContentType()) return null;
        try
        {
            return await request.ReadFromJsonAsync<T>(Options, request.HttpContext.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A whole number from the query, or <paramref name="fallback"/> if it is not there; false if it will not do.</summary>
    public static bool TryRead(HttpRequest request, string name, int min, int max, int fallback, out int value)
    {
        value = fallback;
        return !request.Query.TryGetValue(name, out var text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= min && value <= max);
    }

    private sealed class SeeOtherResult(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
