using System.Text;

namespace Workato.Connections.SampleApp.SignIn;

/// <summary>User name and password in every request (RFC 7617).</summary>
internal sealed class BasicSignIn(SampleAppState state) : ISignInMethod
{
    public string Name => "basic";

    public string Challenge => "Basic realm=\"Sample app\"";

    public ValueTask<SignInAnswer?> CheckAsync(HttpRequest request) => new(Check(request));

    private SignInAnswer? Check(HttpRequest request)
    {
        if (AuthorizationHeader.Read(request, "Basic") is not { } encoded) return null;

        // RFC 7617, 2: the user name ends at the first colon, the password may contain more of them.
        return Decode(encoded).Split(':', 2) is [var username, var password]
            ? new(state.Accounts.ByPassword(username, password), "The user name or the password is wrong.")
            : new(null, "The Authorization header is not base64 of user:password.");
    }

    private static string Decode(string encoded)
    {
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }
}
