namespace Workato.Connections.Benchmarks.Refresh;

/// <summary>A provider that does nothing but issue tokens after 50 ms, so that what is measured is not the provider.</summary>
internal static class IssuedTokens
{
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    public static void Map(WebApplication app)
    {
        app.MapGet("/", () => "ready");
        app.MapPost("/oauth2/token", async (HttpRequest request) =>
        {
            await request.Body.CopyToAsync(Stream.Null);
            await Task.Delay(Delay);
            // Named as they stand in the answer (RFC 6749 section 5.1).
            return Results.Json(new { access_token = $"sat_{Guid.NewGuid():N}", token_type = "Bearer", expires_in = 3600, refresh_token = $"srt_{Guid.NewGuid():N}", scope = "profile" });
        });
    }
}
