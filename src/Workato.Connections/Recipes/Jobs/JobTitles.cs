using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>Titles by which the jobs of one trigger are told apart.</summary>
internal static partial class JobTitles
{
    private const int MaxValue = 40;

    /// <summary>
    /// What happened, and the first value it came with: "Call, name Eve". A value whose name sounds like a secret, or that is
    /// long as one, is none to be shown.
    /// </summary>
    public static string Of(string what, JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object) return what;
        foreach (var member in data.EnumerateObject())
        {
            if (Told(member.Value) is not { } value || value.Length > MaxValue || !Name().IsMatch(member.Name) || Secret().IsMatch(member.Name)) continue;
            return string.Create(CultureInfo.InvariantCulture, $"{what}, {member.Name.Replace('_', ' ')} {value}");
        }

        return what;
    }

    private static string? Told(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when InputText(value) is { Length: > 0 } text => text,
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    // Half of a surrogate pair is no text.
    private static string? InputText(JsonElement value)
    {
        try
        {
            return value.GetString()!.Trim();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^[\p{L}][\p{L}\p{N}_ -]{0,39}$")]
    private static partial Regex Name();

    [GeneratedRegex("pass|secret|token|key|auth|credential|signature|cookie|session|pwd|pin|otp|code|card|cvc|iban|bearer|jwt|hash|nonce", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
