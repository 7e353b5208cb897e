using System.Globalization;
using Workato.Connections.Answers;
using Workato.Connections.AuthMethods.OAuth1;
using Workato.Connections.Connectors;
using Workato.Connections.Diagnosing;

namespace Workato.Connections.Authorizing;

/// <summary>What is asked for.</summary>
internal enum OAuth1Step
{
    /// <summary>Temporary credentials (RFC 5849 section 2.1).</summary>
    RequestToken,

    /// <summary>Token credentials (section 2.3).</summary>
    AccessToken,
}

/// <summary>Reads what the app answered when it was asked for a token: a form (RFC 5849 sections 2.1 and 2.3), or a problem.</summary>
internal sealed class OAuth1Answer(string app, OAuth1Step step, Redaction redaction, TimeSpan? lifetime, DateTimeOffset now)
{
    private const string Problem = "oauth_problem";

    /// <summary>Who answers.</summary>
    public string? Host { get; init; }

    /// <summary>What the connector's file knows about such answers.</summary>
    public IReadOnlyList<DiagnosisRule> Rules { get; init; } = [];

    public async Task<TokenOutcome> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var (status, body) = ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancel));
        var form = Form(body);
        if (status is >= 200 and < 300 && form.GetValueOrDefault(ProtocolParameters.Token) is { Length: > 0 } token) return Granted(form, token);
        var answered = new Answered(app, Occasion.SignIn, redaction) { Host = Host, Status = status, Headers = AnswerHeaders.Of(response), Now = now };
        if (status is >= 500 or 429)
        {
            var trouble = Diagnostician.Of(answered, Rules, OAuth1Words.InTrouble(app, status));
            return new TokenOutcome.InTrouble(trouble.Words) { RetryAfter = response.Headers.RetryAfter?.Delta }.Because(trouble);
        }

        var problem = form.GetValueOrDefault(Problem) ?? InChallenge(response);
        if (problem is not null)
        {
            // One of the words of OAuth Problem Reporting: anything else is the app's own and might be of any length.
            problem = problem.Length <= 50 ? OneLine.Of(redaction.Clean(problem)!) : "unknown";
            var advice = redaction.Clean(form.GetValueOrDefault("oauth_problem_advice"));
            var refused = Diagnostician.Of(answered with { Code = problem, Said = advice is null ? null : OneLine.Of(advice) }, Rules, OAuth1Words.Refused(app, problem, advice));
            return new TokenOutcome.Refused(problem, refused.Words, OAuth1Words.IsFinal(problem)).Because(refused);
        }

        var answer = await AppAnswer.ReadAsync(response.Content, cancel);
        // What comes beside a success may hold somebody's new token.
        answered = answered with { Json = answer.Json, Said = answer.Said(redaction), Body = status >= 400 ? answer.Excerpt : null };
        if (status is >= 200 and < 400) return new TokenOutcome.InTrouble(OAuth1Words.NoToken(app, status)).Because(new Diagnosis(Causes.WrongAddress, "", Evidence.Of(answered, [])));
        // Consumer key, secret and signature method: one of them it is, where nothing says otherwise.
        var why = Diagnostician.Of(answered, Rules, OAuth1Words.Rejected(app, status, answered.Said), status is 400 or 401 or 403 ? Causes.ClientRejected : Causes.Unknown);
        return new TokenOutcome.Refused(null, why.Words, IsFinal: false).Because(why);
    }

    private TokenOutcome Granted(Dictionary<string, string> form, string token)
    {
        // Section 2.1: without it the app follows OAuth 1.0 of 2007, where whoever sends a link gets the other's account (oauth.net advisory 2009-1).
        if (step == OAuth1Step.RequestToken && form.GetValueOrDefault(ProtocolParameters.CallbackConfirmed) != "true")
            return new TokenOutcome.Refused("callback_not_confirmed", OAuth1Words.NotConfirmed(app), IsFinal: false);

        return new TokenOutcome.Granted(new()
        {
            AccessToken = new(token),
            TokenSecret = new(form.GetValueOrDefault(ProtocolParameters.TokenSecret) ?? ""),
            ExpiresAt = step == OAuth1Step.AccessToken && Lifetime(form) is { } lives ? now + lives : null,
        });
    }

    // The Session extension: 0 is "does not end".
    private TimeSpan? Lifetime(Dictionary<string, string> form) =>
        int.TryParse(form.GetValueOrDefault("oauth_expires_in"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds) : lifetime;

    // Whatever the content type says: it is text/html or text/plain as often as not.
    private static Dictionary<string, string> Form(byte[] body)
    {
        var form = new Dictionary<string, string>();
        foreach (var (name, value) in FormText.OfBody(((ReadOnlySpan<byte>)body).Trim(" \r\n\t"u8)).Pairs) form.TryAdd(name, Uri.UnescapeDataString(value));
        return form;
    }

    private static string? InChallenge(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var challenge) || challenge.ToString().Split(Problem + "=") is not [_, var rest, ..]) return null;
        return string.Concat(rest.TrimStart('"').TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
    }
}
