using System.Globalization;
using System.Text;
using System.Text.Json;
using Workato.Connections.Answers;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth2;
using Workato.Connections.Connectors;
using Workato.Connections.Diagnosing;

namespace Workato.Connections.Authorizing;

/// <summary>Reads what a token endpoint said, RFC 6749 sections 5.1 and 5.2, at the places the connector's file names.</summary>
internal sealed class TokenAnswer(string app, OAuth2Terms terms, Redaction redaction, DateTimeOffset now)
{
    private static readonly string[] Explanations = ["/error_description", "/error/message", "/message", "/error_message", "/detail", "/errors/0/message"];

    private static readonly string[] RefreshLifetimes = ["/refresh_token_expires_in", "/refresh_expires_in", "/x_refresh_token_expires_in"];

    private static readonly string[] OfOAuth = ["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope"];

    // No real token lives longer; a number beyond it is a mistake, and would overflow an instant.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>Who answers.</summary>
    public string? Host { get; init; }

    /// <summary>The headers of the answer.</summary>
    public AnswerHeaders Headers { get; init; } = AnswerHeaders.None;

    /// <summary>What the connector's file knows about such answers.</summary>
    public IReadOnlyList<DiagnosisRule> Rules { get; init; } = [];

    /// <summary>What the answer means. <paramref name="before"/>: the tokens so far, of which the app repeats only what changes.</summary>
    public TokenOutcome Read(int status, byte[] body, string? mediaType, Tokens? before)
    {
        var answered = new Answered(app, before is null ? Occasion.SignIn : Occasion.Refresh, redaction)
        {
            Host = Host, Status = status, Headers = Headers, UsesTokens = true, Now = now,
            TimeMatters = terms.Grant == Grant.JwtBearer || terms.ClientAuthentication == ClientAuthentication.PrivateKeyJwt,
        };
        // Followed it is not, and whoever answers there says nothing about the grant.
        if (status is >= 300 and < 400) return NotTokens(answered, "it sends us to another address");
        if (Parse(body) is not { ValueKind: JsonValueKind.Object } json)
        {
            // What comes beside a success may hold somebody's new token.
            answered = answered with { Body = status >= 400 ? Encoding.UTF8.GetString(body) : null };
            if (IsTrouble(status)) return Because(answered, TokenWords.InTrouble(app, status), w => new TokenOutcome.InTrouble(w));
            return status >= 400 && before is null
                ? Because(answered, TokenWords.NotTokens(app, status, What(body, mediaType)), w => new TokenOutcome.Refused(null, w, IsFinal: false))
                : NotTokens(answered, What(body, mediaType));
        }

        var token = JsonPointer.Read(json, terms.Answer.AccessToken);
        // Some say "error" beside status 200; the token decides.
        if (status is >= 200 and < 300 && token is not null) return Granted(json, token, before);
        return Refused(answered with { Json = json }, json, isFirst: before is null);
    }

    private TokenOutcome Granted(JsonElement json, string token, Tokens? before)
    {
        // RFC 6749 appendix A.12: what is no printable ASCII would break the header it is put in.
        if (token.Any(c => c is < ' ' or > '~')) return new TokenOutcome.InTrouble(TokenWords.NotTokens(app, 200, "its access token holds characters that no token may hold")).Because(Causes.Unknown);
        var type = JsonPointer.Read(json, terms.Answer.TokenType);
        // RFC 6749 section 7.1: a token of a type that is not understood must not be used.
        if (type is not null && !terms.Answer.TokenTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
            return new TokenOutcome.Refused("token_type", TokenWords.WrongType(app, Clean(type)), IsFinal: false).Because(Causes.Unknown);

        var learned = new Dictionary<string, string>(before?.Learned ?? new Dictionary<string, string>());
        foreach (var each in terms.Learn.Where(l => l.From == LearnedFrom.Token))
        {
            if (JsonPointer.Read(json, each.At) is { } value) learned[each.Name] = value;
        }

        return new TokenOutcome.Granted(new()
        {
            AccessToken = new(token),
            // RFC 6749 section 6: where none comes, the old one stays.
            RefreshToken = JsonPointer.Read(json, terms.Answer.RefreshToken) is { } refresh ? new(refresh) : before?.RefreshToken,
            IssuedAt = now,
            ExpiresAt = Lifetime(json) is { } lifetime ? now + lifetime : null,
            PermissionEndsAt = PermissionEnd(json, before),
            Scope = JsonPointer.Read(json, terms.Answer.Scope) is { } scope ? OneLine.Of(scope, int.MaxValue) : before?.Scope,
            Learned = learned,
        });
    }

    private TokenOutcome Refused(Answered answered, JsonElement json, bool isFirst)
    {
        var status = answered.Status!.Value;
        var code = Clean(JsonPointer.Read(json, terms.Answer.Error) ?? JsonPointer.Read(json, "/error/code") ?? JsonPointer.Read(json, "/code"));
        var said = Clean(Explanations.Select(p => JsonPointer.Read(json, p)).FirstOrDefault(s => s is not null));
        answered = answered with { Code = code, Said = said };
        if (IsTrouble(status) || code is "temporarily_unavailable" or "server_error" or "slow_down")
            return Because(answered, code is null ? TokenWords.InTrouble(app, status) : TokenWords.Refused(app, code, said, isFirst), w => new TokenOutcome.InTrouble(w));
        if (code is null && status is >= 200 and < 300) return NotTokens(answered, "there is no access token in the answer");
        if (!isFirst && !IsItsOwn(status, code)) return NotTokens(answered, said is null ? "it does not say why" : $"it says “{said.TrimEnd('.')}”");
        if (code is null) return Because(answered, TokenWords.Refused(app, Words.Name(status), said, isFirst), w => new TokenOutcome.Refused(null, w, IsFinal: false));
        return Because(answered, TokenWords.Refused(app, code, said, isFirst), w => new TokenOutcome.Refused(code, w, terms.Answer.Lost.Contains(code)));
    }

    private TokenOutcome Because(Answered answered, string otherwise, Func<string, TokenOutcome> outcome)
    {
        var why = Diagnostician.Of(answered, Rules, otherwise);
        return why.Cause == Causes.OurClock && outcome(why.Words) is TokenOutcome.Refused { IsFinal: true } ? new TokenOutcome.InTrouble(why.Words).Because(why) : outcome(why.Words).Because(why);
    }

    // Something else than the app's token endpoint answers, as far as anybody can tell.
    private TokenOutcome NotTokens(Answered answered, string what)
    {
        var status = answered.Status!.Value;
        var why = Diagnostician.Of(answered, Rules, TokenWords.NotTokens(app, status, what), status < 400 ? Causes.WrongAddress : Causes.Unknown);
        return new TokenOutcome.InTrouble(why.Words).Because(why);
    }

    // RFC 6749 section 5.2: an error is 400 or 401 with a code; some say 200 or 403. What stands before an endpoint, a firewall
    // or a proxy, has other words or none, and must not be taken for the end of what worked.
    private bool IsItsOwn(int status, string? code) =>
        code is not null && (status is (>= 200 and < 300) or 400 or 401 || OfOAuth.Contains(code) || terms.Answer.Lost.Contains(code));

    // Seconds, by the standard a number; many send a text. What is no length of time says nothing.
    private TimeSpan? Lifetime(JsonElement json) => Seconds(JsonPointer.Read(json, terms.Answer.ExpiresIn)) ?? terms.TokenLifetime;

    // The refresh token's, which no standard knows. Where it was not replaced, its end stays where it was; 0 is "does not end".
    private DateTimeOffset? PermissionEnd(JsonElement json, Tokens? before)
    {
        var isNew = JsonPointer.Read(json, terms.Answer.RefreshToken) is not null;
        var lives = (terms.Answer.RefreshExpiresIn is { } place ? [place] : RefreshLifetimes).Select(p => Seconds(JsonPointer.Read(json, p))).FirstOrDefault(s => s is not null);
        return lives is not null ? now + lives : isNew && terms.RefreshLifetime is { } usual ? now + usual : isNew ? null : before?.PermissionEndsAt;
    }

    private static TimeSpan? Seconds(string? text) =>
        !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || seconds <= 0 ? null
        : seconds > (decimal)Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds((double)seconds);

    // 408: the endpoint never got the whole request.
    private static bool IsTrouble(int status) => status is >= 500 or 429 or 408;

    private static string What(byte[] body, string? mediaType) =>
        body.Length == 0 ? "an empty answer" : body.Length >= BoundedAnswers.MaxBytes ? "an answer far too long" : mediaType is "text/html" ? "a web page" : "something that is not JSON";

    // Secrets go before the text is cut, or half of one could stay.
    private string? Clean(string? text) => redaction.Clean(text) is { } clean ? OneLine.Of(clean) : null;

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
