using System.Globalization;
using System.Text.Json;
using Workato.Connections.Answers;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth2;

namespace Workato.Connections.Authorizing;

/// <summary>Reads what a token endpoint said, RFC 6749 sections 5.1 and 5.2, at the places the connector's file names.</summary>
internal sealed class TokenAnswer(string app, OAuth2Terms terms, Redaction redaction, DateTimeOffset now)
{
    private static readonly string[] Explanations = ["/error_description", "/error/message", "/message", "/error_message", "/detail", "/errors/0/message"];

    private static readonly string[] OfOAuth = ["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope"];

    // No real token lives longer; a number beyond it is a mistake, and would overflow an instant.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>What the answer means. <paramref name="before"/>: the tokens so far, of which the app repeats only what changes.</summary>
    public TokenOutcome Read(int status, byte[] body, string? mediaType, Tokens? before)
    {
        // Followed it is not, and whoever answers there says nothing about the grant.
        if (status is >= 300 and < 400) return new TokenOutcome.InTrouble(TokenWords.NotTokens(app, status, "it sends us to another address"));
        if (Parse(body) is not { ValueKind: JsonValueKind.Object } json)
        {
            return IsTrouble(status) ? new TokenOutcome.InTrouble(TokenWords.InTrouble(app, status))
                : status >= 400 && before is null ? new TokenOutcome.Refused(null, TokenWords.NotTokens(app, status, What(body, mediaType)), IsFinal: false)
                : new TokenOutcome.InTrouble(TokenWords.NotTokens(app, status, What(body, mediaType)));
        }

        var token = JsonPointer.Read(json, terms.Answer.AccessToken);
        // Some say "error" beside status 200; the token decides.
        if (status is >= 200 and < 300 && token is not null) return Granted(json, token, before);
        return Refused(status, json, isFirst: before is null);
    }

    private TokenOutcome Granted(JsonElement json, string token, Tokens? before)
    {
        // RFC 6749 appendix A.12: what is no printable ASCII would break the header it is put in.
        if (token.Any(c => c is < ' ' or > '~')) return new TokenOutcome.InTrouble(TokenWords.NotTokens(app, 200, "its access token holds characters that no token may hold"));
        var type = JsonPointer.Read(json, terms.Answer.TokenType);
        // RFC 6749 section 7.1: a token of a type that is not understood must not be used.
        if (type is not null && !terms.Answer.TokenTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
            return new TokenOutcome.Refused("token_type", TokenWords.WrongType(app, Clean(type)), IsFinal: false);

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
            Scope = JsonPointer.Read(json, terms.Answer.Scope) ?? before?.Scope,
            Learned = learned,
        });
    }

    private TokenOutcome Refused(int status, JsonElement json, bool isFirst)
    {
        var code = Clean(JsonPointer.Read(json, terms.Answer.Error) ?? JsonPointer.Read(json, "/error/code") ?? JsonPointer.Read(json, "/code"));
        var said = Clean(Explanations.Select(p => JsonPointer.Read(json, p)).FirstOrDefault(s => s is not null));
        if (IsTrouble(status) || code is "temporarily_unavailable" or "server_error" or "slow_down")
            return new TokenOutcome.InTrouble(code is null ? TokenWords.InTrouble(app, status) : TokenWords.Refused(app, code, said, isFirst));
        if (code is null && status is >= 200 and < 300) return new TokenOutcome.InTrouble(TokenWords.NotTokens(app, status, "there is no access token in the answer"));
        if (!isFirst && !IsItsOwn(status, code)) return new TokenOutcome.InTrouble(TokenWords.NotTokens(app, status, said is null ? "it does not say why" : $"it says “{said.TrimEnd('.')}”"));
        if (code is null) return new TokenOutcome.Refused(null, TokenWords.Refused(app, Words.Name(status), said, isFirst), IsFinal: false);
        return new TokenOutcome.Refused(code, TokenWords.Refused(app, code, said, isFirst), terms.Answer.Lost.Contains(code));
    }

    // RFC 6749 section 5.2: an error is 400 or 401 with a code; some say 200 or 403. What stands before an endpoint, a firewall
    // or a proxy, has other words or none, and must not be taken for the end of what worked.
    private bool IsItsOwn(int status, string? code) =>
        code is not null && (status is (>= 200 and < 300) or 400 or 401 || OfOAuth.Contains(code) || terms.Answer.Lost.Contains(code));

    // Seconds, by the standard a number; many send a text. What is no length of time says nothing.
    private TimeSpan? Lifetime(JsonElement json)
    {
        if (!decimal.TryParse(JsonPointer.Read(json, terms.Answer.ExpiresIn), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || seconds <= 0) return terms.TokenLifetime;
        return seconds > (decimal)Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds((double)seconds);
    }

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
