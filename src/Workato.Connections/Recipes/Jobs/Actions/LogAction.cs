using System.Text.Json;
using Workato.Connections.Recipes.Apps;

namespace Workato.Connections.Recipes.Jobs.Actions;

/// <summary>Writes a line into the job.</summary>
internal sealed class LogAction : IStepAction
{
    public IReadOnlyList<ActionKind> Kinds { get; } = [ActionKind.Log];

    public Task<StepEnd> DoAsync(StepAtWork at, CancellationToken cancel) => Task.FromResult(new StepEnd(JsonSerializer.SerializeToElement(new { message = at.Text("message") })));
}
