using System.Globalization;
using System.Text.Json;
using Workato.Connections.Answers;

namespace Workato.Connections.Diagnosing;

/// <summary>When an app was asked, as rules name it.</summary>
internal static class Occasion
{
    /// <summary>By a test request, or a call.</summary>
    public const string Test = "test";

    /// <summary>For the first tokens.</summary>
    public const string SignIn = "sign_in";

    /// <summary>For new tokens.</summary>
    public const string Refresh = "refresh";

    /// <summary>By sending a person there, who came back.</summary>
    public const string Callback = "callback";
}

/// <summary>What an app answered, as far as it helps to find out why.</summary>
/// <param name="App">The app's name.</param>
/// <param name="While">One of <see cref="Occasion"/>.</param>
/// <param name="Redaction">Takes our secrets out of whatever is repeated of it.</param>
internal sealed record Answered(string App, string While, Redaction Redaction)
{
    /// <summary>Who answered.</summary>
    public string? Host { get; init; }

    /// <summary>The status; null where there is none.</summary>
    public int? Status { get; init; }

    /// <summary>The headers that tell something.</summary>
    public AnswerHeaders Headers { get; init; } = AnswerHeaders.None;

    /// <summary>The body, where it is JSON.</summary>
    public JsonElement? Json { get; init; }

    /// <summary>The body as text, where it may be shown.</summary>
    public string? Body { get; init; }

    /// <summary>The code of the error, without secrets.</summary>
    public string? Code { get; init; }

    /// <summary>The app's own sentence, without secrets.</summary>
    public string? Said { get; init; }

    /// <summary>Whether the status is one by which this app says "wrong credentials".</summary>
    public bool IsRejection { get; init; }

    /// <summary>Whether the credentials are tokens the app issued.</summary>
    public bool UsesTokens { get; init; }

    /// <summary>Whether a wrong clock makes an app refuse: what was sent is good for a time that is read from our clock. OAuth 1.0 signs by the app's.</summary>
    public bool TimeMatters { get; init; }

    /// <summary>Our time.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>Permissions that were asked for and not granted.</summary>
    public IReadOnlyList<string> NotGranted { get; init; } = [];

    /// <summary>Whether it says that all is well, as far as the status goes.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The code, or the status as people know it.</summary>
    public string Answer => While == Occasion.Test || Code is null ? Status is { } status ? Words.Name(status) : "no answer" : Code;

    /// <summary>An API's answer to a test or a call, the body as far as it was read.</summary>
    public static Answered OfTest(string app, Redaction redaction, HttpResponseMessage response, AppAnswer? body)
    {
        var headers = AnswerHeaders.Of(response);
        return new(app, Occasion.Test, redaction)
        {
            Host = response.RequestMessage?.RequestUri?.Host,
            Status = (int)response.StatusCode,
            Headers = headers,
            Json = body?.Json,
            Body = body?.Excerpt,
            Code = Short(redaction, headers.Code ?? body?.Code),
            Said = body?.Said(redaction) ?? Short(redaction, headers.Said),
        };
    }

    private static string? Short(Redaction redaction, string? text) => redaction.Clean(text) is { } clean ? OneLine.Of(clean) : null;
}

/// <summary>The headers of an answer that tell why.</summary>
/// <param name="Challenge">WWW-Authenticate (RFC 9110 section 11.6.1), as it came.</param>
/// <param name="Date">The app's time.</param>
/// <param name="Other">All headers by name.</param>
internal sealed record AnswerHeaders(string? Challenge, DateTimeOffset? Date, Func<string, string?> Other)
{
    public static AnswerHeaders None { get; } = new(null, null, _ => null);

    /// <summary>The error of a bearer challenge (RFC 6750 section 3), or the problem of an OAuth 1.0 one.</summary>
    public string? Code => Attribute("error") ?? Attribute("oauth_problem");

    /// <summary>The sentence beside it.</summary>
    public string? Said => Attribute("error_description") ?? (Attribute("oauth_problem_advice") is { } advice ? Uri.UnescapeDataString(advice) : null);

    /// <summary>The permissions that are needed (RFC 6750 section 3).</summary>
    public string? Scope => Attribute("scope");

    public static AnswerHeaders Of(HttpResponseMessage response) => new(
        Value(response, "WWW-Authenticate"),
        DateTimeOffset.TryParse(Value(response, "Date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null,
        name => Value(response, name));

    private static string? Value(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values) ? values.ToString() : null;

    // name="value" or name=value; whatever else stands there is no matter.
    private string? Attribute(string name)
    {
        if (Challenge is null) return null;
        for (var at = 0; (at = Challenge.IndexOf(name + "=", at, StringComparison.OrdinalIgnoreCase)) >= 0; at += name.Length)
        {
            if (at > 0 && Challenge[at - 1] is not (' ' or ',')) continue;
            var value = Challenge[(at + name.Length + 1)..];
            var text = value.StartsWith('"') ? value[1..].Split('"')[0] : value.Split(' ', ',')[0];
            return text.Length > 0 ? text : null;
        }

        return null;
    }
}
