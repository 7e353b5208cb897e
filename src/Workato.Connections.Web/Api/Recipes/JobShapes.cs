using System.Text.Json;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Recipes.Workbot;

namespace Workato.Connections.Web.Api.Recipes;

/// <summary>What came of a call.</summary>
internal sealed record CallResponse(string JobId, JobStatus Status, JsonElement? Result, string? Error, int? ErrorStep)
{
    public static CallResponse From(Job job) => new(JobHandle.Of(job.Id), job.Status, JobJson.Read(job.Returned), job.Error, job.ErrorStep);
}

/// <summary>A page of jobs in Workato's shape.</summary>
internal sealed record JobList(int JobSucceededCount, int JobFailedCount, int JobCount, IReadOnlyList<JobResponse> Items);

/// <summary>A job in Workato's shape.</summary>
internal sealed record JobResponse(
    string Id, int RecipeId, int RecipeVersion, string Title, JobStatus Status, bool IsError, bool IsPollError, string? Error, JobErrorKind? ErrorKind, int? ErrorStep, int? ErrorConnectionId,
    string? ExternalId, string? RepeatOf, string? CallingJobId, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt)
{
    public static JobResponse From(Job j) => new(
        JobHandle.Of(j.Id), j.RecipeId, j.RecipeVersion, j.Title, j.Status, j.Status == JobStatus.Failed, false, j.Error, j.ErrorKind, j.ErrorStep, j.ErrorConnectionId,
        j.ExternalId, Handle(j.RepeatOf), Handle(j.CalledBy), j.CreatedAt, j.StartedAt, j.CompletedAt);

    private static string? Handle(long? id) => id is { } number ? JobHandle.Of(number) : null;
}

/// <summary>A job with its steps.</summary>
internal sealed record JobDetail(
    string Id, int RecipeId, int RecipeVersion, string Title, JobStatus Status, bool IsError, string? Error, JobErrorKind? ErrorKind, int? ErrorStep, int? ErrorConnectionId, string? ExternalId,
    DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, JsonElement? Trigger, JsonElement? Result, IReadOnlyList<JobLine> Lines)
{
    public static JobDetail From(Job j, IEnumerable<JobStep> steps) => new(
        JobHandle.Of(j.Id), j.RecipeId, j.RecipeVersion, j.Title, j.Status, j.Status == JobStatus.Failed, j.Error, j.ErrorKind, j.ErrorStep, j.ErrorConnectionId, j.ExternalId,
        j.CreatedAt, j.StartedAt, j.CompletedAt, JobJson.Read(j.Trigger) is { } trigger ? ReplyAddresses.Without(trigger) : null, JobJson.Read(j.Returned), [.. steps.Select(JobLine.From)]);
}

/// <summary>A step as it went, in Workato's words.</summary>
internal sealed record JobLine(
    int RecipeLineNumber, string Turn, string? AdapterName, string? AdapterOperation, int? ConnectionId, string? Request, int? Status, int Attempts, string? Remark, string? Error,
    JsonElement? Input, JsonElement? Output, DateTimeOffset StartedAt, DateTimeOffset? EndedAt)
{
    public static JobLine From(JobStep s) => new(
        s.Number, s.Turn, s.Provider, s.Name, s.ConnectionId, s.Request, s.Status, s.Attempts, s.Remark, s.Error, JobJson.Read(s.Input), JobJson.Read(s.Output), s.StartedAt, s.EndedAt);
}

/// <summary>They run again.</summary>
internal sealed record RepeatedJobs(bool Success, IReadOnlyList<string> JobIds);

/// <summary>JSON that is kept as text.</summary>
internal static class JobJson
{
    public static JsonElement? Read(string? text) => text is null ? null : JsonSerializer.Deserialize<JsonElement>(text);
}

/// <summary>For the API document.</summary>
internal static class JobExamples
{
    public const string Called = """{"job_id":"j-7","status":"succeeded","result":{"id":3},"error":null,"error_step":null}""";
}
