using System.Text.Json.Nodes;
using Workato.Connections.SampleApp.Misbehaving;

namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>Every way to answer a request for tokens, taken from apps that do. Nothing else knows their names.</summary>
internal static class TokenModes
{
    private const int HugePadding = 5 * 1024 * 1024;

    private static readonly TimeSpan LongestHang = TimeSpan.FromMinutes(5);

    public static TokenMode Ok { get; } = Changed("ok", _ => { });

    public static TokenMode NoRefreshToken { get; } = Changed("no_refresh_token", tokens => tokens.Remove("refresh_token"));

    public static IReadOnlyList<TokenMode> All { get; } =
    [
        Ok,
        NoRefreshToken,
        Changed("wrong_token_type", tokens => tokens["token_type"] = "mac"),
        Changed("negative_expires_in", tokens => tokens["expires_in"] = -3600),
        Changed("huge", tokens => tokens["padding"] = new string('x', HugePadding)),
        Instead("down", _ => Answers.Html("<!doctype html><title>Maintenance</title><h1>Back soon</h1>", StatusCodes.Status503ServiceUnavailable)),
        Instead("html", _ => Answers.Html("<!doctype html><title>Welcome</title><h1>Welcome to the hotel network</h1>")),
        Instead("redirect", context => Results.Redirect(MountPoint.Url(context, "/login"))),
        // An "ok" beside the error and status 200, in the manner of Slack.
        Instead("error_200", _ => Answers.Json(new { Ok = false, Error = "invalid_grant" })),
        Instead("error_200_transient", _ => Answers.Json(new { Ok = false, Error = "service_unavailable" })),
        new("empty", AnswersUnread: false, (_, _) => Task.FromResult(Results.Ok())),
        new("drip", AnswersUnread: false, (context, tokens) => Task.FromResult(Drip(context, tokens))),
        new("hang", AnswersUnread: false, HangAsync),
    ];

    public static TokenMode Find(string name) => All.First(mode => mode.Name == name);

    private static TokenMode Changed(string name, Action<JsonObject> change) => new(name, AnswersUnread: false, (_, tokens) =>
    {
        change(tokens);
        return Task.FromResult(Answers.Json(tokens));
    });

    private static TokenMode Instead(string name, Func<HttpContext, IResult> answer) =>
        new(name, AnswersUnread: true, (context, _) => Task.FromResult(answer(context)));

    private static IResult Drip(HttpContext context, JsonObject tokens) => Results.Stream(async body =>
    {
        foreach (var letter in tokens.ToJsonString())
        {
            await body.WriteAsync(new[] { (byte)letter }, context.RequestAborted);
            await body.FlushAsync(context.RequestAborted);
            if (await Pause.ForAsync(context, TimeSpan.FromSeconds(1))) continue;

            // Cut off, not ended: half an answer must not look like a whole one.
            context.Abort();
            return;
        }
    }, "application/json");

    private static async Task<IResult> HangAsync(HttpContext context, JsonObject tokens)
    {
        await Pause.ForAsync(context, LongestHang);
        context.Abort();
        return Results.Empty;
    }
}
