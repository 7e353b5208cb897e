using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Workato.Connections.Secrets;

namespace Workato.Connections.AuthMethods.OAuth1;

/// <summary>Signs requests (RFC 5849 section 3): each anew, since no two may have the same nonce.</summary>
internal sealed record OAuth1Credentials(ClockOffsets Clock, Func<string> Nonce) : IRequestCredentials
{
    private const string Form = "application/x-www-form-urlencoded";

    public required string ConsumerKey { get; init; }
    public required ISignatureMethod Method { get; init; }
    public required SigningKeys Keys { get; init; }
    public Secret? Token { get; init; }
    public string SignatureIn { get; init; } = "header";
    public string? Realm { get; init; }
    public bool BodyHash { get; init; }

    /// <summary>Protocol parameters beside the usual ones, see <see cref="ProtocolParameters"/>.</summary>
    public IReadOnlyList<(string Name, string Value)> Extra { get; init; } = [];

    // A form is signed whatever its length (section 3.4.1.3.1), any other body by its hash where the app wants that.
    public bool NeedsBody(HttpRequestMessage request) => IsForm(request.Content) || (BodyHash && Method.Hash is not null);

    public void PutOn(HttpRequestMessage request) => Put(request, form: null, default);

    public ReadOnlyMemory<byte> PutOn(HttpRequestMessage request, ReadOnlyMemory<byte> body)
    {
        var form = IsForm(request.Content) ? FormText.OfBody(body.Span) : null;
        var sent = Put(request, form, body.Span);
        return ReferenceEquals(sent, form) ? body : sent!.ToBytes();
    }

    public bool LearnFrom(HttpResponseMessage response) => Clock.LearnFrom(response);

    // Gives back the form to send: where the parameters go into it or the caller wrote some of its own, another than came.
    private FormText? Put(HttpRequestMessage request, FormText? form, ReadOnlySpan<byte> body)
    {
        var (uri, written) = (request.RequestUri!, FormText.OfQuery(request.RequestUri!));
        request.Headers.Remove("Authorization");
        var (query, kept) = (written.Without(ProtocolParameters.Ours), form?.Without(ProtocolParameters.Ours));

        (string Name, string Value)[] ours = [.. Parameters(uri, form, body).Select(p => (p.Name, ParameterEncoding.Encode(p.Value)))];
        var baseString = BaseString.Of(request.Method, uri, [.. query.Pairs, .. kept?.Pairs ?? [], .. ours]);
        ours = [.. ours, (ProtocolParameters.Signature, ParameterEncoding.Encode(Method.Sign(baseString, Keys)))];

        if (SignatureIn == "query") query = query.With(ours);
        else if (SignatureIn == "body" && kept is not null) kept = kept.With(ours);
        // Without a form there is no body to hold them (section 3.5.2).
        else request.Headers.TryAddWithoutValidation("Authorization", Header(ours));

        // An address that needs no change is sent as it was written, to the last character.
        if (!ReferenceEquals(query, written)) request.RequestUri = RequestQuery.Replace(uri, query.Text);
        return kept;
    }

    private IEnumerable<(string Name, string Value)> Parameters(Uri uri, FormText? form, ReadOnlySpan<byte> body)
    {
        var hash = BodyHash && form is null && Method.Hash is { } algorithm ? Convert.ToBase64String(CryptographicOperations.HashData(algorithm, body)) : null;
        return new (string Name, string? Value)[]
        {
            (ProtocolParameters.ConsumerKey, ConsumerKey),
            (ProtocolParameters.Token, Token?.Reveal()),
            (ProtocolParameters.SignatureMethod, Method.Name),
            (ProtocolParameters.Timestamp, Clock.Now(uri).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            (ProtocolParameters.Nonce, Nonce()),
            (ProtocolParameters.Version, "1.0"),
            (ProtocolParameters.BodyHash, hash),
        }.Where(p => p.Value is not null).Select(p => (p.Name, p.Value!)).Concat(Extra);
    }

    // Section 3.5.1. The realm is no parameter: it is quoted and not encoded, and not signed.
    private string Header(IEnumerable<(string Name, string Value)> ours) => "OAuth " + string.Join(", ",
        (string.IsNullOrEmpty(Realm) ? [] : new[] { $"realm=\"{Realm.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" })
        .Concat(ours.Select(p => $"{p.Name}=\"{p.Value}\"")));

    // What is compressed is no form any more that could be read.
    private static bool IsForm(HttpContent? content) => content is not null && content.Headers.ContentEncoding.Count == 0
        && MediaTypeHeaderValue.TryParse(content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? type.ToString() : null, out var parsed)
        && Form.Equals(parsed.MediaType, StringComparison.OrdinalIgnoreCase);
}
