using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workato.Connections.Notices;

/// <summary>What a notice says: a webhook's body as it is, and what an e-mail is written from. Made when it happened, and never with a secret.</summary>
/// <param name="Type">What happened: <c>incident.opened</c>, <c>incident.resolved</c> or <c>test</c>.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Data">About what.</param>
public sealed record NoticeMessage(string Type, DateTimeOffset Timestamp, NoticeData Data)
{
    /// <summary>An incident began.</summary>
    public const string Opened = "incident.opened";

    /// <summary>It is over.</summary>
    public const string Resolved = "incident.resolved";

    /// <summary>A trial.</summary>
    public const string Test = "test";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Names are sent as they are written. It is a body of JSON, and never part of a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>As it is kept and sent.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static NoticeMessage FromJson(string json) => JsonSerializer.Deserialize<NoticeMessage>(json, Json)!;
}

/// <summary>What a notice is about. A trial has only the first three.</summary>
public sealed record NoticeData
{
    /// <summary>In a line: <c>Zendesk Prod needs to be connected again</c>.</summary>
    public required string Title { get; init; }

    /// <summary>What is wrong and what to do.</summary>
    public required string Message { get; init; }

    /// <summary>The page that shows it.</summary>
    public required string Url { get; init; }

    /// <summary>The incident.</summary>
    public int? IncidentId { get; init; }

    /// <summary>Whether nothing is broken yet.</summary>
    public bool? Warning { get; init; }

    /// <summary>Why, one of <see cref="Diagnosing.Causes"/>.</summary>
    public string? Cause { get; init; }

    /// <summary>What the app answered.</summary>
    public string? Evidence { get; init; }

    /// <summary>The app's id.</summary>
    public string? Provider { get; init; }

    /// <summary>The app's name.</summary>
    public string? App { get; init; }

    /// <summary>Its host, where all connections to that are concerned.</summary>
    public string? Host { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>The connections it concerns, the first 20.</summary>
    public IReadOnlyList<NoticeConnection>? Connections { get; init; }

    /// <summary>How many there are in all, in the channel's projects.</summary>
    public int? ConnectionsCount { get; init; }

    /// <summary>The recipes it stopped or will make fail, the first 20.</summary>
    public IReadOnlyList<NoticeRecipe>? Recipes { get; init; }

    /// <summary>How many there are in all, in the channel's projects.</summary>
    public int? RecipesCount { get; init; }

    /// <summary>How many more in other projects.</summary>
    public int? OtherRecipesCount { get; init; }
}

/// <summary>A connection a notice is about.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name then.</param>
/// <param name="Provider">Its app.</param>
/// <param name="ProjectId">Its project.</param>
/// <param name="Project">The project's name.</param>
/// <param name="Url">Its page.</param>
public sealed record NoticeConnection(int Id, string Name, string Provider, int ProjectId, string Project, string Url);

/// <summary>A recipe a notice is about.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name then.</param>
/// <param name="Running">Whether it ran on when the notice was made.</param>
/// <param name="Url">Its page.</param>
public sealed record NoticeRecipe(int Id, string Name, bool Running, string Url);
