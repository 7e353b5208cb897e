using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Time.Testing;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>A sample app whose clock a test moves, and a consumer that signs by RFC 5849 in as few lines as it takes.</summary>
public abstract class OAuth1Scene : IAsyncLifetime
{
    protected const string Callback = "http://localhost:5080/oauth/callback?state=xyz";

    protected static (string Token, string Secret) Nobody { get; } = ("", "");

    private SampleAppServer? app;
    private int nonces;

    protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.Parse("2026-05-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));

    protected SampleAppServer App => app!;

    /// <summary>Does not follow redirects, so that a test sees them.</summary>
    protected HttpClient Http { get; private set; } = null!;

    protected RSA Key { get; } = RSA.Create(2048);

    public async ValueTask InitializeAsync()
    {
        app = await SampleAppServer.StartAsync(Clock);
        Http = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(app.Url) };
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Http.Dispose();
        Key.Dispose();
        await App.DisposeAsync();
    }

    /// <summary>Asks for temporary credentials.</summary>
    protected Task<Answer> BeginAsync(string callback = Callback) => SendAsync("/oauth1/request_token", Nobody, oauth: [("oauth_callback", callback)]);

    protected async Task<(string Token, string Secret)> TemporaryAsync() => Credentials((await BeginAsync()).Ok());

    /// <summary>A person opens the page and answers it.</summary>
    protected async Task<Answer> DecideAsync((string Token, string Secret) temporary, string decision = "allow")
    {
        (await Http.ReadAsync($"/oauth1/authorize?oauth_token={temporary.Token}")).Ok();
        return await Http.SendAsync("/oauth1/authorize", new FormUrlEncodedContent([new("ticket", temporary.Token), new("decision", decision), new("account", "ada")]));
    }

    protected static Dictionary<string, string> BroughtBack(Answer answer) =>
        QueryHelpers.ParseQuery(answer.Is(303).Headers.Location!.Query).ToDictionary(each => each.Key, each => each.Value.Single()!);

    protected Task<Answer> CompleteAsync((string Token, string Secret) temporary, string verifier) =>
        SendAsync("/oauth1/access_token", temporary, oauth: [("oauth_verifier", verifier)]);

    /// <summary>A token for ada.</summary>
    protected async Task<(string Token, string Secret)> ConnectAsync()
    {
        var temporary = await TemporaryAsync();
        return Credentials((await CompleteAsync(temporary, BroughtBack(await DecideAsync(temporary))["oauth_verifier"])).Ok());
    }

    protected static (string Token, string Secret) Credentials(Answer answer)
    {
        var fields = QueryHelpers.ParseQuery(answer.Text);
        return (fields["oauth_token"]!, fields["oauth_token_secret"]!);
    }

    /// <summary>OAuth's own parameters, without the signature.</summary>
    protected List<(string Name, string Value)> Parameters(string token, string method) =>
    [
        ("oauth_consumer_key", "sample-consumer"), ("oauth_signature_method", method), ("oauth_nonce", $"n{++nonces}"),
        ("oauth_timestamp", $"{Clock.GetUtcNow().ToUnixTimeSeconds()}"), .. token.Length > 0 ? [("oauth_token", token)] : Array.Empty<(string, string)>(),
    ];

    /// <summary>Signs, and sends the parameters in the header.</summary>
    protected Task<Answer> SendAsync(
        string path, (string Token, string Secret) token, string method = "HMAC-SHA1", (string, string)[]? oauth = null, (string, string)[]? query = null, (string, string)[]? form = null) =>
        SendAsync(path, [.. Parameters(token.Token, method), .. oauth ?? []], token.Secret, query ?? [], form ?? []);

    protected async Task<Answer> SendAsync(
        string path, List<(string Name, string Value)> oauth, string secret, (string, string)[] query, (string, string)[] form, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path + Query(query)) { Content = form.Length > 0 ? new StringContent(Joined(form), Encoding.ASCII, "application/x-www-form-urlencoded") : body };
        var signature = Sign("POST", App.Url + path, [.. oauth, .. query, .. form], secret);
        request.Headers.Add("Authorization", "OAuth realm=\"x, y\", " + string.Join(", ", oauth.Append(("oauth_signature", signature)).Select(each => $"{each.Item1}=\"{Encode(each.Item2)}\"")));
        return await Http.AskAsync(request);
    }

    protected string Sign(string method, string address, IReadOnlyCollection<(string Name, string Value)> parameters, string secret)
    {
        var sorted = parameters.Select(each => (Name: Encode(each.Name), Value: Encode(each.Value))).OrderBy(each => each.Name, StringComparer.Ordinal).ThenBy(each => each.Value, StringComparer.Ordinal);
        var text = Encoding.ASCII.GetBytes($"{method}&{Encode(address)}&{Encode(string.Join('&', sorted.Select(each => $"{each.Name}={each.Value}")))}");
        var secrets = $"sample-consumer-secret&{Encode(secret)}";
        var name = parameters.First(each => each.Name == "oauth_signature_method").Value;
        var hash = new HashAlgorithmName(name.Split('-')[^1]);
        return name == "PLAINTEXT" ? secrets : Convert.ToBase64String(name.StartsWith("RSA", StringComparison.Ordinal)
            ? Key.SignData(text, hash, RSASignaturePadding.Pkcs1)
            : CryptographicOperations.HmacData(hash, Encoding.ASCII.GetBytes(secrets), text));
    }

    protected static string Query(IReadOnlyCollection<(string, string)> query) => query.Count == 0 ? "" : "?" + Joined(query);

    protected static string Joined(IEnumerable<(string Name, string Value)> fields) => string.Join('&', fields.Select(each => $"{Encode(each.Name)}={Encode(each.Value)}"));

    protected static void IsRefused(Answer answer, string problem)
    {
        answer.Status.ShouldBe(401, answer.Text);
        answer.Headers.WwwAuthenticate.ToString().ShouldContain($"oauth_problem=\"{problem}\"");
    }

    private static string Encode(string text) => Uri.EscapeDataString(text);
}
