using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Workato.Connections.Web.Tests.Support;

/// <summary>
/// What Workato's strict client models insist on, a text per property: <c>int</c>, <c>string</c>, <c>bool</c>,
/// <c>time</c> (RFC 3339), <c>strings</c>, <c>object</c>, <c>array</c>, or words with <c>|</c> between them. A <c>?</c> at the end allows null.
/// </summary>
public static partial class Shapes
{
    public static IReadOnlyDictionary<string, string> Connection { get; } = new Dictionary<string, string>
    {
        ["id"] = "int",
        ["application"] = "string",
        ["provider"] = "string",
        ["name"] = "string",
        ["description"] = "string?",
        ["authorized_at"] = "time?",
        ["authorization_status"] = "success|failed|exception?",
        ["authorization_error"] = "string?",
        ["created_at"] = "time",
        ["updated_at"] = "time",
        ["external_id"] = "string?",
        ["folder_id"] = "int",
        ["connection_lost_at"] = "time?",
        ["connection_lost_reason"] = "string?",
        ["parent_id"] = "int?",
        ["project_id"] = "int",
        ["connected_as"] = "string?",
        ["account"] = "dedicated|personal",
        ["environment"] = "sandbox|production",
        ["sign_in_by"] = "string",
        ["input"] = "object",
        ["has_credentials"] = "bool",
        ["tested_at"] = "time?",
        ["custom_oauth_profile_id"] = "int?",
        ["requested_scopes"] = "strings?",
        ["granted_scopes"] = "strings?",
        ["token_expires_at"] = "time?",
        ["token_renewal_at"] = "time?",
        ["credentials_end_at"] = "time?",
        ["diagnosis"] = "object?",
    };

    public static IReadOnlyDictionary<string, string> User { get; } = new Dictionary<string, string>
    {
        ["id"] = "int",
        ["name"] = "string",
        ["created_at"] = "time",
        ["plan_id"] = "string",
        ["current_billing_period_start"] = "time",
        ["current_billing_period_end"] = "time",
        ["recipes_count"] = "int",
        ["active_recipes_count"] = "int",
        ["company_name"] = "string?",
        ["location"] = "string?",
        ["last_seen"] = "time?",
        ["email"] = "string",
        ["root_folder_id"] = "int",
    };

    public static IReadOnlyDictionary<string, string> Integration { get; } = new Dictionary<string, string>
    {
        ["name"] = "string",
        ["title"] = "string",
        ["description"] = "string",
        ["categories"] = "strings",
        ["oauth"] = "bool",
        ["deprecated"] = "bool",
        ["secondary"] = "bool",
        ["triggers"] = "array",
        ["actions"] = "array",
    };

    public static IReadOnlyDictionary<string, string> Operation { get; } = new Dictionary<string, string>
    {
        ["name"] = "string",
        ["title"] = "string?",
        ["deprecated"] = "bool",
        ["bulk"] = "bool",
        ["batch"] = "bool",
    };

    public static IReadOnlyDictionary<string, string> Folder { get; } = new Dictionary<string, string>
    {
        ["id"] = "int",
        ["name"] = "string",
        ["parent_id"] = "int?",
        ["is_project"] = "bool",
        ["project_id"] = "int",
        ["created_at"] = "time",
        ["updated_at"] = "time",
    };

    public static IReadOnlyDictionary<string, string> Project { get; } = new Dictionary<string, string>
    {
        ["id"] = "int",
        ["description"] = "string?",
        ["folder_id"] = "int",
        ["name"] = "string",
    };

    public static IReadOnlyDictionary<string, string> OAuthProfile { get; } = new Dictionary<string, string>
    {
        ["id"] = "int",
        ["user_id"] = "int",
        ["name"] = "string",
        ["provider"] = "string",
        ["data"] = "object",
        ["shared_accounts_count"] = "int",
        ["oem_customers_count"] = "int",
        ["created_at"] = "time",
        ["updated_at"] = "time",
    };

    public static IReadOnlyDictionary<string, string> ApiClient { get; } = new Dictionary<string, string>
    {
        ["id"] = "int",
        ["name"] = "string",
        ["api_privilege_group_id"] = "int",
        ["created_at"] = "time",
        ["updated_at"] = "time",
        ["all_folders"] = "bool",
        ["folder_ids"] = "array",
        ["environment_name"] = "string?",
        ["environment_id"] = "int?",
        ["ip_allow_list"] = "string?",
        ["expires_at"] = "time?",
        ["last_used_at"] = "time?",
        ["token"] = "object",
    };

    public static IReadOnlyDictionary<string, string> Role { get; } = new Dictionary<string, string>
    {
        ["id"] = "int",
        ["name"] = "string",
        ["description"] = "string?",
        ["system"] = "bool",
        ["inheritable"] = "bool",
        ["folder_ids"] = "array",
        ["created_at"] = "time",
        ["updated_at"] = "time",
        ["privileges"] = "object",
    };

    public static IReadOnlyDictionary<string, string> Member { get; } = new Dictionary<string, string>
    {
        ["id"] = "int",
        ["grant_type"] = "team",
        ["roles"] = "array",
        ["external_id"] = "string?",
        ["name"] = "string",
        ["email"] = "string",
        ["time_zone"] = "string",
        ["created_at"] = "time",
        ["role_id"] = "int",
        ["role_from_groups"] = "bool",
        ["all_folders"] = "bool",
        ["folder_ids"] = "array",
        ["last_sign_in_at"] = "time?",
    };

    /// <summary>The object has exactly these properties, each of its kind.</summary>
    public static void ShouldHaveShape(this JsonNode? json, IReadOnlyDictionary<string, string> shape)
    {
        json.ShouldNotBeNull();
        json.AsObject().Select(p => p.Key).ShouldBe(shape.Keys, ignoreOrder: true);
        foreach (var (name, kind) in shape) Fits(json[name], kind).ShouldBeTrue($"{name} should be {kind}, but is {json[name]?.ToJsonString() ?? "null"}");
    }

    private static bool Fits(JsonNode? value, string kind) => kind switch
    {
        [.. var notNull, '?'] => value is null || Fits(value, notNull),
        "int" => value?.GetValueKind() == JsonValueKind.Number && int.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "bool" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "time" => value?.GetValueKind() == JsonValueKind.String && Rfc3339().IsMatch(value.GetValue<string>()),
        "strings" => value is JsonArray texts && texts.All(t => t?.GetValueKind() == JsonValueKind.String),
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        _ => value?.GetValueKind() == JsonValueKind.String && kind.Split('|').Contains(value.GetValue<string>()),
    };

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Rfc3339();
}
