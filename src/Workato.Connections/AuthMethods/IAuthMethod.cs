namespace Workato.Connections.AuthMethods;

/// <summary>
/// A way of proving to an app who is calling: pure protocol, no database. To add one: a folder with a class that
/// implements this, and a line in <see cref="AuthMethodCatalog"/>.
/// </summary>
public interface IAuthMethod
{
    /// <summary>The name connectors call it by, see <see cref="AuthMethodNames"/>.</summary>
    string Name { get; }

    /// <summary>
    /// What is wrong with a connector's placement for this method, in a sentence that says what to write, or null.
    /// </summary>
    string? Complaint(Placement placement);

    /// <summary>
    /// What is wrong with the values a person gave, by field name, where more is asked than that they are there. Empty when nothing is.
    /// </summary>
    IEnumerable<(string Field, string Problem)> Problems(Placement placement, FieldValues values) => [];

    /// <summary>Binds the values of one connection, done once and used for every request.</summary>
    IRequestCredentials Bind(Placement placement, FieldValues values);
}

/// <summary>The credentials of one connection, ready to be put on requests. Safe for many threads.</summary>
public interface IRequestCredentials
{
    /// <summary>
    /// Puts the credentials on <paramref name="request"/>, whose address is already final. What the caller sent under
    /// the same names is replaced: nobody slips a second key past the one that belongs to the connection.
    /// </summary>
    void PutOn(HttpRequestMessage request);

    /// <summary>
    /// Whether these credentials depend on the request's body, or go into it. Then whoever sends the request reads the
    /// body whole and calls <see cref="PutOn(HttpRequestMessage, ReadOnlyMemory{byte})"/>. Asked of a request that has content.
    /// </summary>
    bool NeedsBody(HttpRequestMessage request) => false;

    /// <summary>Puts the credentials on a request whose body is <paramref name="body"/>, and gives back the body to send.</summary>
    ReadOnlyMemory<byte> PutOn(HttpRequestMessage request, ReadOnlyMemory<byte> body)
    {
        PutOn(request);
        return body;
    }

    /// <summary>
    /// Learns from an app's answer what the next request must have otherwise. True: the same request, with the credentials
    /// put on anew, has a chance that this one had not.
    /// </summary>
    bool LearnFrom(HttpResponseMessage response) => false;
}

/// <summary>The names of the methods, as connector files and the API say them.</summary>
public static class AuthMethodNames
{
    /// <summary>The app asks for nothing.</summary>
    public const string NoAuth = "no_auth";

    /// <summary>HTTP Basic authentication (RFC 7617).</summary>
    public const string Basic = "basic";

    /// <summary>A key or secret in header, query or cookie.</summary>
    public const string ApiKey = "api_key";

    /// <summary>OAuth 2.0 (RFC 6749).</summary>
    public const string OAuth2 = "oauth2";

    /// <summary>OAuth 1.0 (RFC 5849).</summary>
    public const string OAuth1 = "oauth1";
}
