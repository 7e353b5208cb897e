using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Workato.Connections.SampleApp.SignIn;

namespace Workato.Connections.SampleApp.Api;

/// <summary>Describes the request as it arrived, without giving its secrets back.</summary>
internal static class EchoEndpoint
{
    private const string Masked = "(present)";

    private static readonly HashSet<string> SecretHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Proxy-Authorization", "Cookie", ApiKeySignIn.Header,
    };

    // A signature by PLAINTEXT is the secrets themselves (RFC 5849, 3.4.4).
    private static readonly HashSet<string> SecretParameters = new(StringComparer.OrdinalIgnoreCase) { ApiKeySignIn.QueryParameter, "oauth_signature" };

    public static void MapEcho(this IEndpointRouteBuilder api) =>
        api.Map("/echo/{**rest}", EchoAsync).WithMetadata(new DisableRequestSizeLimitAttribute());

    private static async Task<IResult> EchoAsync(HttpRequest request)
    {
        var (length, sha256) = await DigestAsync(request);
        return Answers.Json(new
        {
            request.Method,
            Path = (request.PathBase + request.Path).ToUriComponent(),
            Query = MaskQuery(request.QueryString.Value),
            Headers = request.Headers.ToDictionary(
                header => header.Key,
                header => SecretHeaders.Contains(header.Key) ? Masked : string.Join(", ", header.Value.ToArray())),
            BodyLength = length,
            BodySha256 = sha256,
            Account = Caller.Of(request.HttpContext).Account.Username,
        });
    }

    // As it streams by: a body of any size passes through one small buffer.
    private static async Task<(long Length, string Sha256)> DigestAsync(HttpRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var reader = request.BodyReader;
        for (var length = 0L; ;)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            foreach (var part in read.Buffer) hash.AppendData(part.Span);
            length += read.Buffer.Length;
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
    }

    // By hand and not by parsing, so that the rest comes back byte for byte. Names are compared decoded, as they are read.
    private static string MaskQuery(string? query) => string.Join('&', (query ?? "").TrimStart('?').Split('&').Select(pair =>
    {
        var name = pair.Split('=', 2)[0];
        return SecretParameters.Contains(Uri.UnescapeDataString(name)) ? $"{name}={Masked}" : pair;
    }));
}
