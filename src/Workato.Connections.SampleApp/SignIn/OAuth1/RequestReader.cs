using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Workato.Connections.SampleApp.SignIn.OAuth1;

/// <summary>Reads what is signed out of a request, and leaves the body there for whoever comes next.</summary>
internal static class RequestReader
{
    private const string FormType = "application/x-www-form-urlencoded";

    public static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && FormType.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase);

    public static async Task<SignedRequest> ReadAsync(HttpRequest request)
    {
        // The request line as it came: decoded and encoded again, %2F would have become a slash.
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/')) target = Uri.TryCreate(target, UriKind.Absolute, out var absolute) ? absolute.PathAndQuery : (request.PathBase + request.Path).ToUriComponent() + request.QueryString;
        var parts = target.Split('?', 2);
        return new(request.Method, request.Scheme, request.Host.Value ?? "", parts[0], parts.ElementAtOrDefault(1) ?? "",
            Header(request) ?? "", IsForm(request) ? Encoding.UTF8.GetString(await BodyAsync(request)) : "");
    }

    /// <summary>What follows the scheme OAuth, or null.</summary>
    public static string? Header(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("OAuth ", StringComparison.OrdinalIgnoreCase) ? header["OAuth ".Length..] : null;
    }

    public static async Task<string> HashBodyAsync(HttpRequest request, HashAlgorithmName algorithm) =>
        Convert.ToBase64String(CryptographicOperations.HashData(algorithm, await BodyAsync(request)));

    private static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        return body.ToArray();
    }
}
