namespace Workato.Connections.Benchmarks.Floors;

/// <summary>The app that is called: a small JSON answer to everything, after reading what was sent.</summary>
internal static class Upstream
{
    public static void Map(WebApplication app) => app.Map("/{**path}", async (HttpRequest request) =>
    {
        await request.Body.CopyToAsync(Stream.Null);
        return new Answer(7, "open", "A ticket");
    });

    internal sealed record Answer(int Id, string State, string Subject);
}
