using System.Globalization;
using System.Net;
using Workato.Connections.Privileges;

namespace Workato.Connections.Web.Authorization;

/// <summary>Why a bearer token opens nothing.</summary>
/// <param name="Status">401; 403 where the token is right and the place is not.</param>
/// <param name="Error">The code of RFC 6750 section 3.1.</param>
/// <param name="Description">For programs, in the letters a header may hold. Never with any part of the token.</param>
/// <param name="Message">For people.</param>
internal sealed record TokenFault(int Status, string Error, string Description, string Message)
{
    /// <summary>The header <c>WWW-Authenticate</c>.</summary>
    public string Challenge => $"Bearer error=\"{Error}\", error_description=\"{Description}\"";

    /// <summary>What is wrong with a token that nobody has: a slip of whoever copied it is told from a token that is gone.</summary>
    public static TokenFault Unknown(string token) => token switch
    {
        "" => Invalid("The API token is missing", "there is no API token behind 'Bearer'. Send the header 'Authorization: Bearer <API token>'."),
        _ when IsOurs(token) && token.Length < Token.Length => Invalid("The API token is cut short", $"the API token is cut short: it has {token.Length} characters, and tokens of this server have {Token.Length}. Copy all of it."),
        _ when IsOurs(token) && token.Length > Token.Length => Invalid("The API token is too long", $"the API token is too long: it has {token.Length} characters, and tokens of this server have {Token.Length}. Something was copied along with it."),
        _ when token.Length < BootstrapClient.MinTokenLength => Invalid("The API token is cut short", $"the API token is cut short, or none of this server's: it has {token.Length} characters, and no token here has so few."),
        _ => Invalid("The API token is not known", "the API token is not known here. A letter of it may have changed, it may have been removed or replaced by a new one, or it belongs to another server."),
    };

    /// <summary>What keeps a client's token from being used now and from there, or null.</summary>
    public static TokenFault? Of(KnownClient client, IPAddress? from, DateTimeOffset now)
    {
        if (client.ExpiresAt <= now)
        {
            return Invalid("The API token expired",
                $"the API token of '{client.Name}' expired on {client.ExpiresAt.Value.UtcDateTime.ToString("d MMMM yyyy 'at' HH:mm 'UTC'", CultureInfo.InvariantCulture)}. Somebody who may change API clients can give it more time, under Settings, API clients.");
        }

        return Networks.Allow(client.Networks, from) ? null : new(
            StatusCodes.Status403Forbidden, "insufficient_scope", "The API token may not be used from this address",
            $"Forbidden: the API token of '{client.Name}' may not be used from {from?.ToString() ?? "an unknown address"}. Somebody who may change API clients can allow this address, under Settings, API clients.");
    }

    private static TokenFault Invalid(string description, string message) => new(StatusCodes.Status401Unauthorized, "invalid_token", description, "Unauthorized: " + message);

    private static bool IsOurs(string token) => token.StartsWith(Token.Prefix, StringComparison.Ordinal);
}
