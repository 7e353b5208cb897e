using Workato.Connections.SampleApp.SignIn;

namespace Workato.Connections.SampleApp.Misbehaving;

/// <summary>Every way to behave. Nothing else knows their names.</summary>
internal static class Modes
{
    private static readonly TimeSpan LongestHang = TimeSpan.FromMinutes(5);

    public static Mode Ok { get; } = new("ok", "answers as it should", (_, _) => Task.FromResult<IResult?>(null));

    public static IReadOnlyList<Mode> All { get; } =
    [
        Ok,
        new("slow", "waits before it answers", SlowAsync),
        At("down", "is out of order (503 and a web page)", _ => Answers.Html(
            "<!doctype html><title>Maintenance</title><h1>Back soon</h1>", StatusCodes.Status503ServiceUnavailable)),
        At("throttled", "says it is asked too often (429)", Throttled),
        At("reject", "accepts no credentials (401)", _ => Refusal.InvalidCredentials("These credentials were revoked.")),
        At("forbid", "allows nothing (403)", _ => Refusal.Forbidden()),
        At("garbage", "answers 200 with a web page in place of JSON", _ => Answers.Html(
            "<!doctype html><title>Welcome</title><h1>Welcome to the hotel network</h1>")),
        At("redirect", "sends every request to its sign-in page (302)", context =>
            Results.Redirect(MountPoint.Url(context, "/login"))),
        new("hang", "never answers", HangAsync),
    ];

    public static string Names { get; } = string.Join(", ", All.Select(mode => mode.Name));

    public static Mode? Find(string? name) => All.FirstOrDefault(mode => mode.Name == name);

    private static Mode At(string name, string meaning, Func<HttpContext, IResult> answer) =>
        new(name, meaning, (context, _) => Task.FromResult<IResult?>(answer(context)));

    private static IResult Throttled(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "7";
        return Answers.Problem(StatusCodes.Status429TooManyRequests, "too_many_requests", "Slow down and come back in 7 seconds.");
    }

    // Goes on even if the client has left: an app does not undo what an impatient caller asked for.
    private static async Task<IResult?> SlowAsync(HttpContext context, TimeSpan delay)
    {
        await Pause.ForAsync(context, delay);
        return null;
    }

    private static async Task<IResult?> HangAsync(HttpContext context, TimeSpan delay)
    {
        await Pause.ForAsync(context, LongestHang);
        context.Abort();
        return Results.Empty;
    }
}
