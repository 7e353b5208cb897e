using System.Net.Http.Headers;

namespace Workato.Connections.SampleApp.SignIn;

/// <summary>The <c>Authorization</c> header, which several methods share.</summary>
internal static class AuthorizationHeader
{
    /// <summary>What follows the scheme, or null if the header is not there or has another scheme.</summary>
    public static string? Read(HttpRequest request, string scheme) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization.ToString(), out var header)
        && header.Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase)
            ? header.Parameter ?? ""
            : null;
}
