namespace Workato.Connections.SampleApp.SignIn;

/// <summary>Where a browser may be sent with a code or a verifier. Anywhere else would make the app a thief's accomplice.</summary>
internal static class RedirectUris
{
    private const string Callback = "/oauth/callback";

    /// <summary>
    /// Compared character by character where a list is registered (RFC 9700, 2.1). Without one the callback is known by
    /// its path, because nobody can know beforehand where the product runs.
    /// </summary>
    public static bool Allow(string? redirectUri, IReadOnlyCollection<string>? registered) =>
        redirectUri is not null && (registered?.Contains(redirectUri) ?? IsCallback(redirectUri));

    private static bool IsCallback(string text) =>
        // The end is compared as it is written, since Uri tidies away what "/x/../oauth/callback" would hide.
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.AbsolutePath == Callback
        && text.EndsWith(uri.Authority + Callback, StringComparison.OrdinalIgnoreCase)
        && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
