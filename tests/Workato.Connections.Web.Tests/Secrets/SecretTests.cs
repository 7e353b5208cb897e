using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Secrets;

/// <summary>
/// Plants secrets nobody could mistake on every way in, also on those that fail, and looks for them wherever they must not be:
/// in every answer, in the whole log, in the raw database.
/// </summary>
public abstract partial class SecretTests(ITalkative talkative) : IAsyncLifetime
{
    // Answers in which a secret may stand, and why.
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["POST /settings/api-clients"] = "the one time a new token is shown, to who made it",
        ["GET /call/echo"] = "an app's own answer to a call, which is streamed and not ours to change",
    };

    private readonly List<Marker> markers = [];
    private readonly List<(string What, string Text)> answers = [];
    private HttpClient http = null!;
    private TinyApp parrot = null!;

    private Product Product => talkative.Product;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        parrot = await TinyApp.StartAsync(ParrotAsync);
        http = Client(Product.ApiToken);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        http.Dispose();
        await parrot.DisposeAsync();
        await Product.SampleApp.ResetAsync();
    }

    [Fact]
    public async Task Secrets_are_found_nowhere_but_where_they_are_allowed()
    {
        markers.Add(new("bootstrap token", Product.ApiToken));
        var seen = Plant("seen");

        await ThroughItsWholeLifeAsync(seen.Text);
        await ToAnAppThatRepeatsThemAsync();
        await InRequestsThatAreWrongAsync();
        await InHeadersAndAddressesAsync();
        await WhileSomethingBreaksInsideAsync();
        await InSignInAsync();
        await InOAuthAppsAsync();

        await InTheAuditLogAsync();

        var (log, data) = (await ReadLogAsync(), await talkative.DumpAsync());

        // What would be found if it were there is found: a user name is no secret.
        markers.Remove(seen);
        seen.IsIn(data).ShouldBeTrue("the search does not see the database");
        answers.ShouldContain(a => seen.IsIn(a.Text), "the search does not see the answers");
        answers.ShouldContain(a => a.What == "GET /api/activity_logs" && seen.IsIn(a.Text), "the search does not see the audit log");
        log.ShouldContain("/api/connections", customMessage: "the log says nothing");
        log.ShouldContain("DBG", customMessage: "the log is not talkative");
        foreach (var marker in markers)
        {
            answers.Where(a => marker.IsIn(a.Text) && !Allowed.Keys.Any(a.What.Contains)).Select(a => $"{marker.Kind} in the answer to {a.What}: {a.Text}").ShouldBeEmpty();
            marker.LinesIn(log).ShouldBeEmpty($"{marker.Kind} in the log");
            marker.IsIn(data).ShouldBeFalse($"{marker.Kind} in the database");
        }

        foreach (var place in Allowed.Keys) answers.ShouldContain(a => a.What.Contains(place, StringComparison.Ordinal), $"{place} was never asked");
    }

    [Fact]
    public async Task The_key_ring_lies_in_the_database_wrapped()
    {
        await Product.CreateAsync("sample_app", new { api_key = "sample-key-bot" });

        var data = await talkative.DumpAsync();

        data.ShouldContain("EncryptedXmlDecryptor");
        data.ShouldNotContain("<masterKey");
        data.ShouldNotContain("NullXmlDecryptor");
    }

    private Marker Plant(string kind)
    {
        var marker = new Marker(kind, $"mk{markers.Count}x{Guid.NewGuid():N}+/=");
        markers.Add(marker);
        return marker;
    }

    private async Task<int> ConnectAsync(string provider, object input) => (await AskAsync("POST", "/api/connections", new { name = "Made by a test", provider, input })).Ok().Json.Id;

    private async Task<Answer> AskAsync(string method, string path, object? body = null, string? what = null, bool refused = false, HttpClient? client = null)
    {
        var answer = await (client ?? http).AskAsync(new(method), path, body);
        if (refused) answer.Status.ShouldBeInRange(400, 499);
        answers.Add((what ?? $"{method} {path.Split('?')[0]}", answer.Everything));
        return answer;
    }

    private async Task PageAsync(string path)
    {
        using var browser = await CookieClient.SignedInAsync(Product);
        answers.Add(($"GET {path.Split('?')[0]}", (await browser.Http.ReadAsync(path)).Everything));
    }

    private HttpClient Client(string token)
    {
        var client = Product.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    private async Task<string> ReadLogAsync()
    {
        await using var stream = new FileStream(Product.LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancel);
    }

    // Says back whatever it was sent, in every place an app has for it.
    private static async Task ParrotAsync(HttpContext context)
    {
        var heard = context.Request.Headers.Where(h => h.Key is "X-Key" or "X-Second" or "X-Api-Key" or "Authorization").Select(h => h.Value.ToString()).Append(context.Request.Query["key"].ToString()).Where(h => h.Length > 0).ToList();
        if (heard is [['B', 'a', 's', 'i', 'c', ' ', .. var pair]]) heard.Add(Encoding.UTF8.GetString(Convert.FromBase64String(pair)).Split(':')[1]);
        var last = new string([.. heard.LastOrDefault("nobody").Where(char.IsAsciiLetterOrDigit)]);
        var how = context.Request.Path.Value!.Split('/')[1];
        if (how == "quiet")
        {
            if (context.Request.Path.Value.EndsWith("/break", StringComparison.Ordinal)) context.Abort();
            return;
        }

        if (how == "break") context.Abort();
        context.Response.StatusCode = int.TryParse(how, out var status) ? status : 200;
        if (how == "302") context.Response.Headers.Location = $"https://{last}.example/?key={last}";
        var said = string.Join(' ', heard.Select(h => $"{h} {Uri.EscapeDataString(h)} {Convert.ToBase64String(Encoding.UTF8.GetBytes(h))}")) + " is wrong";
        context.Response.ContentType = how == "type" ? $"text/{last}" : "application/json";
        await context.Response.WriteAsync(new JsonObject { ["message"] = said, ["email"] = said, ["name"] = said, ["error"] = said }.ToJsonString());
    }

    /// <summary>A text that stands nowhere by chance, and the forms in which it could hide.</summary>
    private sealed class Marker(string kind, string text)
    {
        // The part that no encoding of text changes, plain and in base64 at each of its three alignments, and in hex.
        private readonly string[] forms = Forms(text.TrimEnd('+', '/', '='));

        public string Kind => kind;

        public string Text => text;

        public bool IsIn(string where) => forms.Any(form => where.Contains(form, StringComparison.OrdinalIgnoreCase));

        public IEnumerable<string> LinesIn(string log) => IsIn(log) ? log.Split('\n').Where(IsIn).Take(3) : [];

        private static string[] Forms(string core)
        {
            var bytes = Encoding.ASCII.GetBytes(core);
            return [core, Convert.ToHexString(bytes), .. Enumerable.Range(0, 3).Select(shift => Convert.ToBase64String([.. new byte[shift], .. bytes])[4..^4])];
        }
    }
}

public sealed class SecretsOnSqlite(TalkativeOnSqlite talkative) : SecretTests(talkative), IClassFixture<TalkativeOnSqlite>;

public sealed class SecretsOnPostgres(TalkativeOnPostgres talkative) : SecretTests(talkative), IClassFixture<TalkativeOnPostgres>;
