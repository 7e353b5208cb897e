using System.Globalization;
using Workato.Connections.SampleApp.Misbehaving;

namespace Workato.Connections.SampleApp.Control;

/// <summary>Where tests and curious people tell the app how to behave. Every change answers with the new state.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder app)
    {
        var control = app.MapGroup("/control");
        control.MapGet("", Show);
        control.MapPut("", BehaveAsync);
        control.MapPost("/form", BehaveByFormAsync);
        control.MapPost("/reset", Reset);
        control.MapChange<PasswordChange>("/password");
        control.MapChange<ApiKeyChange>("/api-key");
        control.MapChange<ScopeChange>("/scope");
        control.MapOAuth1Control();
        control.MapOAuth2Control();
    }

    private static IResult Show(SampleAppState state)
    {
        var (mode, delayMs) = state.Behaviour;
        var tally = state.Tally.Snapshot();
        return Answers.Json(new
        {
            Mode = mode.Name,
            DelayMs = delayMs,
            tally.Requests,
            tally.Rejected,
            RequestsByMode = tally.ByMode,
            RequestsByAccount = tally.ByAccount,
            tally.LastAccount,
            ScopeMissing = state.Accounts.All.Where(account => account.ScopeMissing).Select(account => account.Username),
        });
    }

    private static async Task<IResult> BehaveAsync(HttpRequest request, SampleAppState state)
    {
        var wish = await Answers.ReadAsync<Wish>(request);
        if (Behaviour.From(wish?.Mode, wish?.DelayMs, out var problem) is not { } behaviour) return problem!;

        state.Behaviour = behaviour;
        return Show(state);
    }

    private static async Task<IResult> BehaveByFormAsync(HttpContext context, SampleAppState state)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : FormCollection.Empty;
        int? delayMs = int.TryParse(form["delay_ms"], CultureInfo.InvariantCulture, out var number) ? number : null;
        if (Behaviour.From(form["mode"], delayMs, out var problem) is not { } behaviour) return problem!;

        state.Behaviour = behaviour;
        return Results.Redirect(MountPoint.Url(context, "/"));
    }

    private static IResult Reset(SampleAppState state)
    {
        state.Reset();
        return Show(state);
    }

    private static void MapChange<T>(this RouteGroupBuilder control, string path) where T : class, IAccountChange =>
        control.MapPost(path, async Task<IResult> (HttpRequest request, SampleAppState state) =>
            await Answers.ReadAsync<T>(request) is not { Username: { } username, IsComplete: true } change
                ? Answers.Problem(StatusCodes.Status400BadRequest, "invalid_request", $"Send JSON with {T.Fields}.")
                : state.Accounts.Change(username, change.Apply)
                    ? Show(state)
                    : Answers.NotFound($"There is no account {username}."));

    private sealed record Wish(string? Mode, int? DelayMs);
}
