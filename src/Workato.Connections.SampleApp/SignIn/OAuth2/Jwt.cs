using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workato.Connections.SampleApp.SignIn.Keys;

namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>A JWT that somebody sends as proof (RFC 7523, 3). Read first, believed only after <see cref="Check"/>.</summary>
internal sealed class Jwt
{
    private static readonly Dictionary<string, HashAlgorithmName> Hashes = new()
    {
        ["256"] = HashAlgorithmName.SHA256, ["384"] = HashAlgorithmName.SHA384, ["512"] = HashAlgorithmName.SHA512,
    };

    private readonly JsonObject _header;
    private readonly JsonObject _claims;
    private readonly byte[] _signed;
    private readonly byte[] _signature;

    private Jwt(JsonObject header, JsonObject claims, byte[] signed, byte[] signature) =>
        (_header, _claims, _signed, _signature) = (header, claims, signed, signature);

    /// <summary>A proof is for now: RFC 7523, 3 lets the server refuse those that are for unreasonably long.</summary>
    public static TimeSpan LongestLife { get; } = TimeSpan.FromHours(1);

    public static IReadOnlyList<string> Algorithms { get; } = [.. from family in "RPE" from size in Hashes.Keys select $"{family}S{size}"];

    public string? Issuer => Text("iss");

    public string? Subject => Text("sub");

    public string? Scope => Text("scope");

    /// <summary>Takes it apart; null if it is no signed JWT.</summary>
    public static Jwt? Read(string? compact)
    {
        if (compact?.Split('.') is not [var header, var claims, var signature]) return null;
        try
        {
            return Part(header) is { } headerPart && Part(claims) is { } claimsPart
                ? new(headerPart, claimsPart, Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature))
                : null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with it, or null.</summary>
    public string? Check(PublicKey key, IReadOnlyCollection<string> audiences, Shelf<object> seen, DateTimeOffset now)
    {
        if (!IsSignedBy(key)) return $"The signature is wrong, or its alg is not one of {string.Join(", ", Algorithms)}.";
        if (!Audiences().Intersect(audiences).Any()) return $"aud must be {string.Join(" or ", audiences)}.";
        if (Instant("exp") is not { } expires || expires <= now) return "exp is missing or over.";
        if (expires > now + LongestLife) return "exp is more than an hour ahead.";
        if (Instant("nbf") > now || Instant("iat") > now + TimeSpan.FromMinutes(1)) return "It is not good yet.";
        return Text("jti") is { } id && !seen.TryPut($"{Issuer} {id}", this, now) ? "jti was used before." : null;
    }

    // "none" is not among them, nor HMAC, which would take the public key for a secret.
    private bool IsSignedBy(PublicKey key) => _header["alg"]?.ToString() is [var family, 'S', .. var size]
        && Hashes.TryGetValue(size, out var hash) && family switch
        {
            'R' => key.VerifyRsa(_signed, _signature, hash, RSASignaturePadding.Pkcs1),
            'P' => key.VerifyRsa(_signed, _signature, hash, RSASignaturePadding.Pss),
            // RFC 7518, 3.4: P-521 it is that goes with SHA-512.
            'E' => key.VerifyEc(_signed, _signature, hash, size == "512" ? 521 : int.Parse(size, CultureInfo.InvariantCulture)),
            _ => false,
        };

    private static JsonObject? Part(string encoded) => JsonNode.Parse(Base64Url.DecodeFromChars(encoded)) as JsonObject;

    private string? Text(string claim) => _claims[claim] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private DateTimeOffset? Instant(string claim) =>
        _claims[claim] is JsonValue value && value.TryGetValue<double>(out var seconds) && seconds is >= 0 and < 253_402_300_800
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;

    private IEnumerable<string> Audiences() => _claims["aud"] switch
    {
        JsonArray several => several.Select(each => each?.ToString() ?? ""),
        { } one => [one.ToString()],
        null => [],
    };
}
