using System.Text.Json;
using System.Text.Json.Nodes;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Inputs;

namespace Workato.Connections.Recipes.Jobs.Actions;

/// <summary>How actions of some kinds are done.</summary>
public interface IStepAction
{
    /// <summary>Which kinds.</summary>
    IReadOnlyList<ActionKind> Kinds { get; }

    /// <summary>Does one.</summary>
    Task<StepEnd> DoAsync(StepAtWork at, CancellationToken cancel);
}

/// <summary>A step while it is done.</summary>
/// <param name="Run">The run it is part of.</param>
/// <param name="Step">The step.</param>
/// <param name="Action">Its action.</param>
/// <param name="Input">What it is given, filled.</param>
/// <param name="Line">Its line in the job. What is set there is written with the next save.</param>
public sealed record StepAtWork(JobRun Run, RecipeStep Step, RecipeAction Action, JsonNode? Input, JobStep Line)
{
    /// <summary>A text of the input; null where nothing is given.</summary>
    public string? Text(string name) => Input.Text(name);
}

/// <summary>How a step ended: with what it brought, or with the end of the job.</summary>
/// <param name="Output">What later steps can refer to.</param>
/// <param name="End">The end of the job, or null where it goes on.</param>
public sealed record StepEnd(JsonElement Output, JobEnd? End = null)
{
    internal static JsonElement Nothing { get; } = JsonSerializer.SerializeToElement(new { });

    internal static StepEnd Failed(StepAtWork at, JobErrorKind kind, string words) => new(Nothing, new JobEnd.Failed(kind, words, at.Step.Number, at.Line.ConnectionId));
}
