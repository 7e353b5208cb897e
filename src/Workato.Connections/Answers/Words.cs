using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Workato.Connections.Answers;

/// <summary>What an app's answer means, in words a person understands, and what to do next.</summary>
public static partial class Words
{
    /// <summary>The app said no to the credentials.</summary>
    public static string Rejected(string app, int status, string? said) =>
        $"{app} did not accept the credentials ({Name(status)}).{Said(app, said)} They were mistyped, or changed or revoked in {app}: check them there and enter them again.";

    /// <summary>The app refuses what was asked; some say so to wrong credentials too.</summary>
    public static string Forbidden(string app, int status, string? said) =>
        $"{app} refused the request ({Name(status)}).{Said(app, said)} Either its user may not do this, or the credentials are wrong: check both in {app}.";

    /// <summary>There is nothing where we asked.</summary>
    public static string WrongAddress(string app, int status, string host) =>
        $"There is no {app} at this address ({Name(status)} from {host}). Check the address settings of the connection.";

    /// <summary>The app cannot answer now.</summary>
    public static string InTrouble(string app, int status) => status == 429
        ? $"{app} asks us to slow down ({Name(status)}). Test again in a few minutes; nothing is wrong with the connection."
        : $"{app} is in trouble ({Name(status)}). Test again later; nothing is known to be wrong with the connection.";

    /// <summary>An answer nobody expected.</summary>
    public static string Unexpected(string app, int status, string? said) =>
        $"{app} answered the test with {Name(status)}.{Said(app, said)} Check the settings of the connection.";

    /// <summary>The app sends us elsewhere, and we do not carry credentials there.</summary>
    public static string Redirected(string app, string? host) =>
        $"{app} sends us on to {host ?? "another address"} instead of answering, often to a sign-in page. Check the address settings of the connection.";

    /// <summary>The answer was not the app's API.</summary>
    public static string NotTheApi(string app, string? mediaType) =>
        $"Something answered that is not {app}'s API (it sent {mediaType ?? "no content type"}). Check the address settings of the connection.";

    /// <summary><c>401 Unauthorized</c>.</summary>
    public static string Name(int status)
    {
        var name = Enum.IsDefined((HttpStatusCode)status) ? CamelHump().Replace(((HttpStatusCode)status).ToString(), " $1") : "";
        return $"{status.ToString(CultureInfo.InvariantCulture)} {name}".TrimEnd();
    }

    private static string Said(string app, string? said) => string.IsNullOrWhiteSpace(said) ? "" : $" {app} says: “{said.TrimEnd('.')}”.";

    [GeneratedRegex("(?<=[a-z])([A-Z])")]
    private static partial Regex CamelHump();
}
