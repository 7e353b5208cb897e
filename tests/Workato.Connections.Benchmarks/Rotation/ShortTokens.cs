using System.Collections.Concurrent;

namespace Workato.Connections.Benchmarks.Rotation;

/// <summary>
/// An app that checks what it is given: API keys that end as its address says, and access tokens of its own that live
/// some seconds. Its refresh tokens stay good, so that a node that is killed while it renews loses nothing by that alone.
/// </summary>
internal static class ShortTokens
{
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(12);

    private static readonly ConcurrentDictionary<string, DateTime> Issued = new();

    public static void Map(WebApplication app)
    {
        app.MapGet("/", () => "ready");
        app.MapPost("/oauth2/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            if (form["refresh_token"].ToString() is not ['s', 'r', 't', '_', ..] kept) return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
            var token = $"sat_{Guid.NewGuid():N}";
            Issued[token] = DateTime.UtcNow + Life;
            return Results.Json(new { access_token = token, token_type = "Bearer", expires_in = (int)Life.TotalSeconds, refresh_token = kept, scope = "profile" });
        });
        app.MapGet("/api/me", (HttpRequest request) => IsGood(request) ? Results.Json(new { email = "bot@sample.example" }) : Results.Unauthorized());
    }

    private static bool IsGood(HttpRequest request) => request.Headers["X-Api-Key"].ToString() is { Length: > 0 } key
        ? key.StartsWith("key-", StringComparison.Ordinal)
        : request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] && Issued.TryGetValue(token, out var end) && end > DateTime.UtcNow;
}
