using System.Text.Json.Nodes;

namespace Workato.Connections.Web.Tests.Diagnosing;

/// <summary>A failure and how it is produced.</summary>
/// <param name="What">What is wrong, for a person.</param>
/// <param name="By">With what it is produced.</param>
/// <param name="Cause">The cause that must be told.</param>
/// <param name="Produce">Produces it, and gives the diagnosis.</param>
internal sealed record Failure(string What, string By, string Cause, Func<Task<Told>> Produce)
{
    /// <summary>What must stand in the words or the evidence.</summary>
    public string? Naming { get; init; }

    /// <summary>What must not stand in the words.</summary>
    public string? NotBlaming { get; init; }
}

/// <summary>The diagnosis that was given.</summary>
internal sealed record Told(string? Cause, string Words, string? Evidence)
{
    /// <summary>The field <c>diagnosis</c> of an answer, whatever else it is.</summary>
    public static Told In(JsonNode? answer) => answer?["diagnosis"] is JsonObject told
        ? new(told["cause"]!.GetValue<string>(), told["words"]!.GetValue<string>(), told["evidence"]?.GetValue<string>())
        : new(null, answer?.ToJsonString() ?? "nothing", null);
}
