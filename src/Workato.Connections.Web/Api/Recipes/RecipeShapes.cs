using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Recipes;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Api.Recipes;

/// <summary>Which recipes.</summary>
internal sealed record RecipeListQuery
{
    [FromQuery(Name = "adapter_names_all"), Description("Comma-separated connectors, all of which are used.")]
    public string? AdapterNamesAll { get; init; }

    [FromQuery(Name = "adapter_names_any"), Description("Comma-separated connectors, one of which is used.")]
    public string? AdapterNamesAny { get; init; }

    [FromQuery(Name = "folder_id")]
    public int? FolderId { get; init; }

    [FromQuery(Name = "project_id")]
    public int? ProjectId { get; init; }

    [FromQuery(Name = "connection_id"), Description("Using this connection; ours.")]
    public int? ConnectionId { get; init; }

    [FromQuery(Name = "running")]
    public bool? Running { get; init; }

    [FromQuery(Name = "since_id"), Description("With a smaller id: the cursor.")]
    public int? SinceId { get; init; }

    [FromQuery(Name = "updated_after")]
    public DateTimeOffset? UpdatedAfter { get; init; }

    [FromQuery(Name = "stopped_after")]
    public DateTimeOffset? StoppedAfter { get; init; }

    [FromQuery(Name = "stop_cause")]
    public string? StopCause { get; init; }

    [FromQuery(Name = "exclude_code")]
    public bool? ExcludeCode { get; init; }

    [FromQuery(Name = "page")]
    public int? Page { get; init; }

    [FromQuery(Name = "per_page")]
    public int? PerPage { get; init; }

    internal Paging Paging => new(Page, PerPage);

    internal RecipeFilter Filter => new()
    {
        FolderId = FolderId,
        ProjectId = ProjectId,
        ConnectionId = ConnectionId,
        Running = Running,
        AllProviders = Names(AdapterNamesAll),
        AnyProvider = Names(AdapterNamesAny),
        UpdatedAfter = UpdatedAfter?.ToUniversalTime(),
        StoppedAfter = StoppedAfter?.ToUniversalTime(),
        StopCause = StopCause,
        Before = SinceId,
    };

    internal Refusal? Problem() => Paging.Problem();

    private static string[] Names(string? text) => text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}

/// <summary>A recipe in Workato's shape.</summary>
internal sealed record RecipeResponse(
    int Id, string Name, string? Description, int FolderId, string Type, bool Running, string? StopCause, string? StopReason, string? WebhookUrl, string? TriggerApplication, IReadOnlyList<string> ActionApplications,
    IReadOnlyList<string> Applications, int VersionNo, DateTimeOffset? StoppedAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string? Code, IReadOnlyList<RecipeConfigEntry> Config)
{
    public static RecipeResponse From(Recipe r, bool withCode, ServerSettings settings)
    {
        var trigger = RecipeReader.Read(r.Code).Value;
        var actions = trigger?.All.Skip(1).Select(s => s.Provider).OfType<string>().Distinct().ToList() ?? [];
        return new(
            r.Id, r.Name, r.Description, r.FolderId, r.Type.ToString().ToLowerInvariant(), r.Running, r.StopCause, r.StopReason, r.WebhookToken is { } token ? settings.AddressOf(WebhookEndpoint.Path + token) : null, trigger?.Provider, actions, trigger?.Providers ?? [], r.Version, r.StoppedAt,
            r.CreatedAt, r.UpdatedAt, withCode ? r.Code : null, [.. r.Connections.OrderBy(c => c.Provider, StringComparer.Ordinal).Select(c => new RecipeConfigEntry("application", c.Provider, c.Provider, c.SkipValidation, c.ConnectionId, c.RuntimeUserConnections))]);
    }
}

/// <summary>The connection of one connector, in Workato's shape.</summary>
internal sealed record RecipeConfigEntry(string Keyword, string Name, string Provider, bool SkipValidation, int? AccountId, bool RuntimeUserConnections);

/// <summary>A recipe to be made or changed. Bare, or under <c>recipe</c>.</summary>
internal sealed record RecipeBody(string? Name, string? Description, JsonElement? Code, JsonElement? Config, JsonElement? FolderId, RecipeType? Type, RecipeBody? Recipe)
{
    private const string NoText = "must be valid text: it holds half of a surrogate pair";

    public Result<RecipeChange> ToChange()
    {
        if (Recipe is { } inner) return inner.ToChange();
        if (FolderId is { } given && given.ValueKind != JsonValueKind.Null && Number(given) is null) return Refusal.Invalid("folder_id", "must be the id of a folder");
        if (Code is { } code && IsHalf(code)) return Refusal.Invalid("code", NoText);
        if (Config is { } configured && IsHalf(configured)) return Refusal.Invalid("config", NoText);
        var (config, ofUsers, refusal) = ReadConfig();
        return refusal is not null
            ? refusal
            : new RecipeChange { Name = Name, Description = Description, Code = Text(Code), Config = config, RuntimeUserConnections = ofUsers, FolderId = FolderId is { } folder ? Number(folder) : null, Type = Type };
    }

    private (Dictionary<string, int?>? Config, Dictionary<string, bool>? OfUsers, Refusal? Refusal) ReadConfig()
    {
        if (Text(Config) is not { } text) return (null, null, null);
        try
        {
            var (chosen, ofUsers) = (new Dictionary<string, int?>(), new Dictionary<string, bool>());
            foreach (var entry in JsonSerializer.Deserialize<JsonElement[]>(text) ?? [])
            {
                if (!entry.TryGetProperty("provider", out var provider) || provider.ValueKind != JsonValueKind.String) return (null, null, Refusal.Invalid("config", "must name the provider in every entry"));
                if (entry.TryGetProperty("account_id", out var account))
                {
                    if (!IsNone(account) && Number(account) is null) return (null, null, Refusal.Invalid("config", "must have the id of a connection as account_id, or null for none"));
                    chosen[provider.GetString()!] = Number(account);
                }

                if (!entry.TryGetProperty("runtime_user_connections", out var isOn) || isOn.ValueKind == JsonValueKind.Null) continue;
                if (isOn.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) return (null, null, Refusal.Invalid("config", "must have true or false as runtime_user_connections"));
                ofUsers[provider.GetString()!] = isOn.GetBoolean();
            }

            return (chosen, ofUsers, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, null, Refusal.Invalid("config", """must be a list such as [{"keyword":"application","provider":"salesforce","account_id":7}]"""));
        }
    }

    // A JSON text, as Workato sends it, or the thing itself.
    private static string? Text(JsonElement? json) => json switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        var thing => thing.Value.GetRawText(),
    };

    /// <summary>Whether nothing is given: null, or an empty text.</summary>
    internal static bool IsNone(JsonElement json) => json.ValueKind == JsonValueKind.Null || (json.ValueKind == JsonValueKind.String && !IsHalf(json) && string.IsNullOrWhiteSpace(json.GetString()));

    // Half of a surrogate pair: the parser looks into a text only when it is read.
    private static bool IsHalf(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String && json.GetString() is null;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    internal static int? Number(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number when json.TryGetInt32(out var number) => number,
        JsonValueKind.String when !IsHalf(json) && int.TryParse(json.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}

/// <summary>Which connection for which connector.</summary>
internal sealed record RecipeConnectBody(string? AdapterName, int? ConnectionId);

/// <summary>Where the copy goes.</summary>
/// <param name="FolderId">As text, as Workato has it.</param>
internal sealed record RecipeCopyBody(string? FolderId)
{
    public int? Folder() => int.TryParse(FolderId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}

/// <summary>It was made.</summary>
internal sealed record RecipeMade(bool Success, int Id);

/// <summary>It was copied.</summary>
internal sealed record RecipeCopied(bool Success, int NewFlowId);

/// <summary>It was refused, as Workato does with 200.</summary>
internal sealed record RecipeRefused(bool Success, IReadOnlyDictionary<string, string[]> Errors);

/// <summary>It was not started: by step what is wrong, in Workato's nested lists.</summary>
internal sealed record RecipeNotStarted(bool Success, IReadOnlyList<object[]> CodeErrors, IReadOnlyList<object[]> ConfigErrors)
{
    private static readonly object Unconnected = new { key = "packages.recipe_source_code.flow_validations.errors.config_unconnected" };

    public static RecipeNotStarted From(RecipeStart start) => new(
        false,
        [.. start.Code.GroupBy(f => f.Step).Select(g => new object[] { g.Key, g.Select(f => new object?[] { f.Field, f.Value, f.Problem }).ToArray() })],
        [.. start.Config.GroupBy(f => f.Step).Select(g => new object[] { g.Key, g.Select(f => new object?[] { f.Field, Number(f.Value), f.Problem, Unconnected }).ToArray() })]);

    private static object? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>For the API document.</summary>
internal static class RecipeExamples
{
    public const string Create = """
        {"name":"Notes to CRM","folder_id":"1","code":"{\"number\":0,\"keyword\":\"trigger\",\"provider\":\"sample_app\",\"name\":\"list_notes\",\"as\":\"notes\",\"input\":{},\"block\":[]}",
        "config":"[{\"keyword\":\"application\",\"provider\":\"sample_app\",\"account_id\":1}]"}
        """;
}
