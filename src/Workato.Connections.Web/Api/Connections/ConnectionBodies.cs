using System.Text.Json;

namespace Workato.Connections.Web.Api.Connections;

/// <summary>A connection to be made or changed. When changing, what is left out stays as it is.</summary>
internal sealed record ConnectionBody
{
    /// <summary>Up to 255 characters; needed when making one.</summary>
    public string? Name { get; init; }

    /// <summary>The connector's id, see <c>GET /api/integrations/all</c>; needed when making one, and cannot be changed.</summary>
    public string? Provider { get; init; }

    /// <summary>Up to 2,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>The folder; Home when left out.</summary>
    public int? FolderId { get; init; }

    /// <summary>A connection of the same provider.</summary>
    public int? ParentId { get; init; }

    /// <summary>The end user.</summary>
    public string? ExternalId { get; init; }

    /// <summary>True stores the credentials without asking the app.</summary>
    public bool? ShellConnection { get; init; }

    /// <summary>The connector's fields, see <c>GET /api/integrations/{provider}</c>.</summary>
    public Dictionary<string, JsonElement>? Input { get; init; }

    /// <summary>For apps that sign in by OAuth: tokens you have already, instead of the trip to the app.</summary>
    public TokenPairBody? OauthTokenPair { get; init; }

    /// <summary>Whose account it is.</summary>
    public AccountKind? Account { get; init; }

    /// <summary>Which data it reaches.</summary>
    public AppEnvironment? Environment { get; init; }

    /// <summary>When changing: the day on which its key, secret or certificate ends, such as 2027-01-31; empty where it is not known. It is told 14 days before.</summary>
    public string? CredentialsEndOn { get; init; }

    /// <summary>Whether the app is asked.</summary>
    public Proving ProvingMode() => ShellConnection == true ? Proving.Skipped : Proving.Recorded;

    /// <summary>The input as texts, or what is wrong with it.</summary>
    public Result<InputTexts> Texts()
    {
        var texts = new Dictionary<string, string?>();
        foreach (var (name, value) in Input ?? [])
        {
            if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array) return Refusal.Invalid("input." + name, "must be a text, a number, true or false");
            if (!TryRead(value, out var text)) return Refusal.Invalid("input." + name, "is not a valid text: it must be UTF-8 and hold no half of a surrogate pair");
            texts[name] = text;
        }

        return new InputTexts(Input is null ? null : texts);
    }

    // The parser looks into a text only when it is read.
    private static bool TryRead(JsonElement value, out string? text)
    {
        try
        {
            text = value.ValueKind switch
            {
                JsonValueKind.Null or JsonValueKind.Undefined => null,
                JsonValueKind.String => value.GetString(),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => value.GetRawText(),
            };
            return true;
        }
        catch (InvalidOperationException)
        {
            text = null;
            return false;
        }
    }
}

/// <summary>The fields given, as texts; null where there was no <c>input</c>.</summary>
internal sealed record InputTexts(IReadOnlyDictionary<string, string?>? Values);

/// <summary>How a connection is disconnected.</summary>
internal sealed record DisconnectBody
{
    /// <summary>Disconnect although active recipes use it.</summary>
    public bool? Force { get; init; }
}

/// <summary>What became of it.</summary>
/// <param name="Success">Whether it is so now.</param>
/// <param name="Status">In a word.</param>
internal sealed record StatusAnswer(bool Success, string Status);

/// <summary>It is done.</summary>
/// <param name="Success">Always true.</param>
internal sealed record SuccessAnswer(bool Success = true);

/// <summary>What a test found out.</summary>
/// <param name="AuthorizationStatus"><c>success</c>, <c>failed</c> or <c>exception</c>.</param>
/// <param name="ConnectedAs">As whom the app knows us.</param>
/// <param name="AuthorizationError">Why it is not <c>success</c>.</param>
/// <param name="Diagnosis">What is wrong; null where nothing is.</param>
internal sealed record TestAnswer(AuthorizationStatus AuthorizationStatus, string? ConnectedAs, string? AuthorizationError, DiagnosisResponse? Diagnosis);
