using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Time.Testing;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>A sample app whose clock a test moves, a client of its OAuth 2.0 server, and a person at a browser.</summary>
public abstract partial class OAuth2Scene : IAsyncLifetime
{
    protected const string Callback = "http://localhost:5080/oauth/callback";
    protected const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    // RFC 7636, appendix B has both of them.
    protected const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private SampleAppServer? app;

    protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.Parse("2026-05-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));

    protected SampleAppServer App => app!;

    /// <summary>Does not follow redirects, so that a test sees them.</summary>
    protected HttpClient Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        app = await SampleAppServer.StartAsync(Clock);
        Http = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(app.Url) };
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Http.Dispose();
        await App.DisposeAsync();
    }

    /// <summary>A request for a person's permission; "" takes a parameter away.</summary>
    protected static string Question(params (string Name, string Value)[] changes) => Address("/oauth2/authorize", changes,
        ("response_type", "code"), ("client_id", "sample-client"), ("redirect_uri", Callback), ("scope", "notes.read profile"), ("state", "xyz"),
        ("code_challenge", Challenge), ("code_challenge_method", "S256"));

    /// <summary>Opens the consent page and answers it.</summary>
    protected async Task<Answer> DecideAsync(string question, string decision = "allow", string account = "ada")
    {
        var page = (await Http.ReadAsync(question)).Ok();
        return await Http.SendAsync("/oauth2/authorize", Form([("ticket", Ticket().Match(page.Text).Groups[1].Value), ("decision", decision), ("account", account)]));
    }

    /// <summary>What the browser brings back to the client.</summary>
    protected static Dictionary<string, string> BroughtBack(Answer answer)
    {
        answer.Status.ShouldBe(303, answer.Text);
        answer.Headers.Location!.ToString().ShouldStartWith(Callback + "?");
        return QueryHelpers.ParseQuery(answer.Headers.Location!.Query).ToDictionary(each => each.Key, each => each.Value.Single()!);
    }

    protected async Task<string> CodeAsync(params (string, string)[] changes) => BroughtBack(await DecideAsync(Question(changes)))["code"];

    /// <summary>Gives a code in for tokens.</summary>
    protected Task<Answer> RedeemAsync(string code, params (string, string)[] changes) => TokenAsync(changes,
        ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Callback), ("code_verifier", Verifier));

    protected async Task<JsonObject> ConnectAsync() => (await RedeemAsync(await CodeAsync())).Ok().Json;

    protected Task<Answer> RefreshAsync(JsonObject tokens, params (string, string)[] changes) =>
        TokenAsync(changes, ("grant_type", "refresh_token"), ("refresh_token", tokens.Text("refresh_token")!));

    /// <summary>Asks for tokens as the confidential client.</summary>
    protected Task<Answer> TokenAsync((string, string)[] changes, params (string, string)[] form) =>
        PostAsync("/oauth2/token", changes, [.. form, ("client_id", "sample-client"), ("client_secret", "sample-client-secret")]);

    protected Task<Answer> PostAsync(string path, (string, string)[] changes, params (string, string)[] form) => Http.SendAsync(path, Form(Changed(form, changes)));

    protected async Task<Answer> CallAsync(string path, JsonObject tokens, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Text("access_token"));
        return await Http.AskAsync(request);
    }

    protected async Task<int> CountAsync(string counter) => (await App.OAuth2Async())[counter]!.GetValue<int>();

    /// <summary>A signed JWT; the header says RS256.</summary>
    protected static string Jwt(RSA key, object claims, string alg = "RS256")
    {
        var signed = $"{Json(new { alg })}.{Json(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    protected static FormUrlEncodedContent Form(IEnumerable<(string Name, string Value)> fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static string Json(object value) => Base64Url.EncodeToString(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(value));

    private static string Address(string path, (string, string)[] changes, params (string, string)[] query) =>
        QueryHelpers.AddQueryString(path, Changed(query, changes).Select(each => KeyValuePair.Create(each.Item1, (string?)each.Item2)));

    private static IEnumerable<(string, string)> Changed((string Name, string Value)[] all, (string Name, string Value)[] changes) =>
        all.Where(each => changes.All(change => change.Name != each.Name)).Concat(changes.Where(change => change.Value.Length > 0));

    [GeneratedRegex("name=\"ticket\" value=\"([^\"]+)\"")]
    private static partial Regex Ticket();
}
