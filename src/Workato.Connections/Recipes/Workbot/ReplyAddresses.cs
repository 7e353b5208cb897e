using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workato.Connections.Secrets;

namespace Workato.Connections.Recipes.Workbot;

/// <summary>Where answers to commands go. Whoever has such an address may write to the channel: it lies sealed in the job, for its recipe's replies alone.</summary>
public sealed class ReplyAddresses(CredentialProtector protector, ReplyRules rules)
{
    /// <summary>The field of the job's trigger it lies in. It is not shown, and no template finds it.</summary>
    public const string Field = "__reply_to";

    /// <summary>Seals one.</summary>
    internal string Seal(int recipeId, string address) => Base64Url.EncodeToString(protector.Seal(SecretKinds.Replies, Row(recipeId), address));

    /// <summary>The one of a job's trigger; null where there is none that may be used.</summary>
    internal Uri? Open(int recipeId, string trigger)
    {
        if (JsonNode.Parse(trigger) is not JsonObject data || data[Field] is not JsonValue value || !value.TryGetValue<string>(out var text) || !Base64Url.IsValid(text)) return null;
        return protector.Open<string>(SecretKinds.Replies, Row(recipeId), Base64Url.DecodeFromChars(text)) is { } address && Uri.TryCreate(address, UriKind.Absolute, out var uri) && rules.Allow(uri) ? uri : null;
    }

    /// <summary>A job's trigger without it.</summary>
    public static JsonElement Without(JsonElement trigger) => trigger.ValueKind == JsonValueKind.Object && trigger.TryGetProperty(Field, out _)
        ? JsonSerializer.SerializeToElement(trigger.EnumerateObject().Where(p => p.Name != Field).GroupBy(p => p.Name).ToDictionary(p => p.Key, p => p.Last().Value))
        : trigger;

    private static string Row(int recipeId) => "recipe:" + recipeId.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Which addresses replies may go to: Slack's, and whatever origins a test adds.</summary>
/// <param name="Origins">Such as <c>http://127.0.0.1:5090</c>.</param>
public sealed record ReplyRules(IReadOnlyList<string> Origins)
{
    private const string Slack = "https://hooks.slack.com";

    internal bool Allow(Uri address) => address.UserInfo.Length == 0 && Origins.Append(Slack).Contains(address.GetLeftPart(UriPartial.Authority), StringComparer.OrdinalIgnoreCase);
}
