using System.Collections.ObjectModel;
using System.Text.Json;
using Workato.Connections.Egress;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Workbot;

namespace Workato.Connections.Recipes.Jobs.Actions;

/// <summary>Answers the command in the chat, to whoever wrote it.</summary>
internal sealed class ReplyAction(ReplyAddresses addresses, AppHttp http, TimeProvider time) : IStepAction
{
    private const int MaxLength = 10_000;

    public IReadOnlyList<ActionKind> Kinds { get; } = [ActionKind.Reply];

    public async Task<StepEnd> DoAsync(StepAtWork at, CancellationToken cancel)
    {
        var line = at.Line;
        if (at.Text("text") is not { Length: > 0 and <= MaxLength } text) return StepEnd.Failed(at, JobErrorKind.Recipe, $"The text of the reply must have 1 to {MaxLength} characters.");
        if (addresses.Open(at.Run.Job.RecipeId, at.Run.Job.Trigger) is not { } address) return StepEnd.Failed(at, JobErrorKind.Recipe, "There is no chat to reply to: this job was not made by a command.");
        if (line is { Attempts: > 0, EndedAt: null }) line.Remark = "Sent again: a server stopped while the first reply was on its way. It may be there twice.";

        line.Request = $"POST {address.Host}";
        (line.Attempts, line.EndedAt) = (line.Attempts + 1, null);
        await at.Run.SaveAsync(cancel);
        var (status, problem) = await SendAsync(address, text, cancel);
        (line.EndedAt, line.Status) = (time.GetUtcNow(), status);
        if (problem is null)
        {
            at.Run.SaveSoon();
            return new(JsonSerializer.SerializeToElement(new { text }));
        }

        // Slack says "not now" before it has done anything; of anything else nobody knows, and a reply is not worth a second one.
        if (status is 429 or 503 && line.Attempts < AppAction.MaxAttempts)
        {
            line.Remark = $"Sent {line.Attempts} times so far: {problem}";
            return new(StepEnd.Nothing, new JobEnd.PutOff(AppAction.Pause(line.Attempts)));
        }

        return StepEnd.Failed(at, status is null or >= 500 ? JobErrorKind.AppInTrouble : JobErrorKind.RequestRefused, problem);
    }

    private async Task<(int? Status, string? Problem)> SendAsync(Uri address, string text, CancellationToken cancel)
    {
        var json = JsonSerializer.Serialize(new { response_type = "ephemeral", text });
        var came = await http.PostJsonAsync(address, json, ReadOnlyDictionary<string, string>.Empty, time, cancel);
        return (came.Status, came switch
        {
            { HasArrived: true } => null,
            { Status: 404 or 410 } => "Slack takes no more replies to this command: they are taken for 30 minutes, five at the most.",
            { Status: { } status } => $"Slack refused the reply ({status}).",
            { Refusal: { } refused } => refused.Message + ".",
            _ => $"{address.Host} could not be reached.",
        });
    }
}
