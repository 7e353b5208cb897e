using System.Text.Json;
using System.Text.Json.Nodes;
using Workato.Connections.Recipes.Apps;

namespace Workato.Connections.Recipes.Jobs.Actions;

/// <summary>
/// Asks an app. What may be sent only once is written down before it is sent: whoever finds it there after a crash knows
/// that the outcome is not known, and does not send it again.
/// </summary>
internal sealed class AppAction(AppCaller caller, TimeProvider time) : IStepAction
{
    /// <summary>How often a request is sent before the job fails.</summary>
    public const int MaxAttempts = 5;

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public IReadOnlyList<ActionKind> Kinds { get; } = [ActionKind.Operation, ActionKind.Request];

    public async Task<StepEnd> DoAsync(StepAtWork at, CancellationToken cancel)
    {
        var line = at.Line;
        if (at.Run.ConnectionOf(at.Step.Provider!) is var chosen && chosen.Value is not { } connection)
            return StepEnd.Failed(at, chosen.Refusal!.Kind switch { RefusalKind.UserNotConnected => JobErrorKind.UserNotConnected, RefusalKind.Conflict => line is { Attempts: > 0, EndedAt: null } ? JobErrorKind.OutcomeUnknown : JobErrorKind.Recipe, _ => JobErrorKind.NotConnected }, chosen.Refusal.Message);

        line.ConnectionId = connection.Id;
        var request = at.Action.Operation is { } operation ? OperationRequest.Of(operation, at.Input, connection.Settings) : Custom(at);
        if (request is null) return StepEnd.Failed(at, JobErrorKind.Recipe, "The input of this step makes no request: check method and path.");
        line.Request = $"{request.Method} {request.Path.Split('?')[0]}";
        if (line is { Attempts: > 0, EndedAt: null })
        {
            if (!request.IsRepeatable)
                return StepEnd.Failed(at, JobErrorKind.OutcomeUnknown, "A server stopped while this request was on its way. Whether the app did it is not known, and it was not sent a second time: look there, then repeat the job if it was not done.");
            line.Remark = "Sent again: a server stopped while the first request was on its way. Sending it twice comes to the same.";
        }

        (line.Attempts, line.EndedAt) = (line.Attempts + 1, null);
        if (!request.IsRepeatable) await at.Run.SaveAsync(cancel);
        var reply = await caller.SendAsync(connection.Id, request, cancel);
        (line.EndedAt, line.Status) = (time.GetUtcNow(), reply.Status);
        if (reply.Error is not { } error)
        {
            if (!request.IsRepeatable) at.Run.SaveSoon();
            return new(reply.Output);
        }

        if (MayRepeat(request, reply) && line.Attempts < MaxAttempts)
        {
            var pause = Pause(line.Attempts, reply.RetryAfter);
            line.Remark = $"Sent {line.Attempts} times so far: {reply.Words}";
            return new(StepEnd.Nothing, new JobEnd.PutOff(pause));
        }

        line.Output = reply.Output.ValueKind == JsonValueKind.Undefined ? null : reply.Output.GetRawText();
        return StepEnd.Failed(at, error, line.Attempts > 1 ? $"{reply.Words} It was sent {line.Attempts} times." : reply.Words!);
    }

    // An app that says "not now" did not do it. Of an app that broke in the middle nobody knows.
    private static bool MayRepeat(AppRequest request, AppReply reply) => reply switch
    {
        { Error: JobErrorKind.RateLimited } or { Error: JobErrorKind.AppInTrouble, WasSent: false } => true,
        { Error: JobErrorKind.AppInTrouble } => request.IsRepeatable || reply is { Status: 503 } or { RetryAfter: not null },
        _ => false,
    };

    /// <summary>How long to wait after so many requests, where the app does not say.</summary>
    internal static TimeSpan Pause(int attempts, TimeSpan? asked = null) =>
        asked is { } wanted ? (wanted < LongestPause ? wanted : LongestPause) : TimeSpan.FromSeconds(Math.Pow(4, attempts - 1));

    private static AppRequest? Custom(StepAtWork at)
    {
        if (at.Text("verb")?.ToUpperInvariant() is not ("GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS" or null) || string.IsNullOrWhiteSpace(at.Text("path"))) return null;
        // A path goes out as it is written: a line break in it would begin a header, or a request of a stranger's own.
        if (at.Text("path")!.Any(char.IsControl)) return null;
        var body = (at.Input as JsonObject)?["input"] is { } given && JsonText.Read(given) is { ValueKind: not JsonValueKind.String } json ? json.GetRawText() : at.Text("input");
        return new(new HttpMethod(at.Text("verb")?.ToUpperInvariant() ?? "GET"), at.Text("path")!, string.IsNullOrEmpty(body) ? null : body);
    }
}
