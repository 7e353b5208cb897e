using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Npgsql;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Secrets;

/// <summary>A server that logs all there is to log, and whose data can be read past it.</summary>
public interface ITalkative
{
    Product Product { get; }

    /// <summary>Everything the database holds, as bytes read as Latin-1.</summary>
    Task<string> DumpAsync();
}

/// <summary>On SQLite.</summary>
public sealed class TalkativeOnSqlite : ProductOnSqlite, ITalkative
{
    public TalkativeOnSqlite() => Talk.LoudAs(this);

    public Product Product => this;

    public async Task<string> DumpAsync()
    {
        SqliteConnection.ClearAllPools();
        var bytes = new StringBuilder();
        foreach (var file in System.IO.Directory.EnumerateFiles(Directory, "connections.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            bytes.Append(await reader.ReadToEndAsync());
        }

        return bytes.ToString();
    }
}

/// <summary>On PostgreSQL.</summary>
public sealed class TalkativeOnPostgres : ProductOnPostgres, ITalkative
{
    public TalkativeOnPostgres(PostgresCluster cluster)
        : base(cluster) => Talk.LoudAs(this);

    public Product Product => this;

    public async Task<string> DumpAsync()
    {
        await using var source = NpgsqlDataSource.Create(Settings["Database:ConnectionString"]);
        var tables = await ReadAsync(source, "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'");
        var rows = new StringBuilder();
        foreach (var table in tables) rows.AppendJoin('\n', await ReadAsync(source, $"SELECT t::text FROM {table} t"));
        return rows.ToString();
    }

    private static async Task<List<string>> ReadAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync()) found.Add(reader.GetString(0));
        return found;
    }
}

internal static class Talk
{
    public static void LoudAs(Product product)
    {
        product.AddOAuthDesk();
        foreach (var source in new[] { "Microsoft", "Microsoft.Hosting.Lifetime", "System.Net.Http", "Yarp" }) product.Settings["Serilog:MinimumLevel:Override:" + source] = "Verbose";
    }
}

/// <summary>
/// Plants secrets nobody could mistake on every way in, also on those that fail, and looks for them wherever they must not be:
/// in every answer, in the whole log, in the raw database.
/// </summary>
public abstract class SecretTests(ITalkative talkative) : IAsyncLifetime
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

        var (log, data) = (await ReadLogAsync(), await talkative.DumpAsync());

        // What would be found if it were there is found: a user name is no secret.
        markers.Remove(seen);
        seen.IsIn(data).ShouldBeTrue("the search does not see the database");
        answers.ShouldContain(a => seen.IsIn(a.Text), "the search does not see the answers");
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

    private async Task ThroughItsWholeLifeAsync(string userName)
    {
        var (key, next, password) = (Plant("api key"), Plant("next api key"), Plant("password"));
        await Product.SampleApp.ChangeApiKeyAsync("bot", key.Text);
        var id = await ConnectAsync("sample_app", new { auth_type = "api_key", api_key = key.Text });
        await AskAsync("GET", "/api/connections");
        await AskAsync("GET", $"/api/connections/{id}");
        await AskAsync("POST", $"/api/connections/{id}/test");
        await AskAsync("GET", $"/api/connections/{id}/call/api/me");
        await AskAsync("PUT", $"/api/connections/{id}", new { input = new { api_key = next.Text } });
        await Product.SampleApp.ChangeApiKeyAsync("bot", next.Text);
        await AskAsync("GET", $"/api/connections/{id}/call/api/me");
        await AskAsync("PUT", $"/api/connections/{id}", new { input = new { api_key = next.Text } });
        await Product.SampleApp.BehaveAsync("down");
        await AskAsync("POST", $"/api/connections/{id}/test");
        await Product.SampleApp.ResetAsync();
        await AskAsync("POST", $"/api/connections/{id}/disconnect");
        await AskAsync("DELETE", $"/api/connections/{id}");
        await Product.SampleApp.ChangePasswordAsync("bot", password.Text);
        await ConnectAsync("sample_app", new { auth_type = "basic", username = "bot", password = password.Text });
        await ConnectAsync("sample_app", new { auth_type = "basic", username = userName, password = password.Text });
        await AskAsync("POST", "/api/connections", new { name = "Shell", provider = "sample_app", shell_connection = true, input = new { api_key = Plant("shell's key").Text } });
        foreach (var page in new[] { "/connections", $"/connections/{id}" }) await PageAsync(page);
    }

    private async Task ToAnAppThatRepeatsThemAsync()
    {
        foreach (var how in new[] { "200", "302", "400", "401", "403", "404", "418", "500", "identity", "type", "break" })
        {
            foreach (var input in new object[]
            {
                new { auth_type = "headers", base_uri = parrot.Url, test_path = how, header_pair = $"X-Key: {Plant("header pair").Text}\nX-Second: {Plant("second header").Text}" },
                new { auth_type = "query", base_uri = parrot.Url, test_path = how, url_param = $"key={Plant("url param").Text}" },
                new { auth_type = "basic", base_uri = parrot.Url, test_path = how, basic_user = "u", basic_password = Plant("basic password").Text },
            })
            {
                var id = await ConnectAsync("rest", input);
                await AskAsync("POST", $"/api/connections/{id}/test");
                await AskAsync("GET", $"/api/connections/{id}");
                if (how == "200") await AskAsync("GET", $"/api/connections/{id}/call/echo", what: "GET /call/echo");
                await AskAsync("GET", $"/api/connections/{id}/call/quiet/{how}");
                await PageAsync($"/connections/{id}");
            }

            await ConnectAsync("sample_app", new { auth_type = "api_key", url = $"{parrot.Url}/{how}", api_key = Plant("repeated key").Text });
            await ConnectAsync("sample_app", new { auth_type = "basic", url = $"{parrot.Url}/{how}", username = "u", password = Plant("repeated password").Text });
        }
    }

    private async Task InRequestsThatAreWrongAsync()
    {
        var key = Plant("misplaced key").Text;
        foreach (var body in new object[]
        {
            new { name = "x", provider = key },
            new { name = "x", provider = "sample_app", input = new { auth_type = key } },
            new { name = "x", provider = "sample_app", input = new { api_key = new { value = key } } },
            new { name = "x", provider = "sample_app", input = new { api_key = new[] { key } } },
            new { name = "x", provider = "sample_app", input = new { apikey = key } },
            new { name = "x", provider = "sample_app", input = key },
            new { name = "x", provider = "sample_app", apikey = key },
            new { name = "x", provider = "sample_app", api_key = new { value = key } },
            new { name = "x", provider = "sample_app", folder_id = key, input = new { api_key = key } },
            new { name = "x", provider = "sample_app", shell_connection = key },
            new { name = "x", provider = "sample_app", account = key },
            new { name = "x", provider = "sample_app", oauth_token_pair = new { access_token = key } },
            new { name = "x", provider = "sample_app", input = new { api_key = string.Concat(Enumerable.Repeat(key, 200)) } },
            new { name = "x", provider = "sample_app", input = new { api_key = key + "\n" + key } },
            new { name = "x", provider = "sample_app", input = new { api_key = "ü" + key } },
            new { name = "x", provider = "rest", input = new { auth_type = "headers", base_uri = parrot.Url, header_pair = key } },
            new { name = "x", provider = "rest", input = new { auth_type = "headers", base_uri = parrot.Url, header_pair = $"Host: {key}" } },
            new { name = "x", provider = "rest", input = new { auth_type = "query", base_uri = parrot.Url, url_param = key.Replace("=", "", StringComparison.Ordinal) } },
            new { name = "x", provider = "rest", input = new { auth_type = "no_auth", base_uri = $"https://user:{key}@example.com" } },
            new { name = "x", provider = "rest", input = new { auth_type = "no_auth", base_uri = $"https://example.com/?key={key}" } },
            new { provider = "sample_app", input = new { api_key = key } },
            new { name = "x", provider = "sample_app", folder_id = 999999, input = new { api_key = key } },
        })
        {
            await AskAsync("POST", "/api/connections", body, refused: true);
        }

        foreach (var raw in new[]
        {
            $$$"""{"name":"x","provider":"sample_app","input":{"api_key":"{{{key}}}""",
            $$$"""{"name":"x","provider":"sample_app","input":{"api_key":"{{{key}}}"}},""",
            $$$"""{"name":"x","provider":"sample_app","input":{"api_key":{{{key}}}}}""",
            $$$"""{"name":"x","provider":"sample_app","input":{"api_key":"{{{key}}}\ud800"}}""",
            $$$"""{"name":"x","provider":"sample_app","input":{"api_key":"{{{key}}}\x"}}""",
            key,
        })
        {
            await AskAsync("POST", "/api/connections", new StringContent(raw, Encoding.UTF8, "application/json"), refused: true);
        }

        await AskAsync("POST", "/api/connections", new StringContent($"api_key={key}", Encoding.UTF8, "application/x-www-form-urlencoded"), refused: true);
    }

    private async Task InHeadersAndAddressesAsync()
    {
        var key = Uri.EscapeDataString(Plant("key in an address").Text);
        await AskAsync("GET", $"/api/connections?external_id={key}&per_page=0");
        await AskAsync("GET", $"/api/connections?per_page=5&token={key}");
        await AskAsync("GET", $"/api/users/me?access_token={key}");
        await AskAsync("GET", $"/api/no/such/thing?key={key}");
        var id = await ConnectAsync("rest", new { auth_type = "no_auth", base_uri = parrot.Url, test_path = "quiet" });
        await AskAsync("GET", $"/api/connections/{id}/call/quiet?key={key}");
        await AskAsync("GET", $"/api/connections/{id}/call/quiet/break?key={key}");
        await PageAsync($"/connections?token={key}");
        await PageAsync($"/no/such/page?token={key}");
        using var stranger = Client(Plant("somebody else's token").Text);
        await AskAsync("GET", "/api/users/me", client: stranger);
        using var basic = Client(Product.ApiToken);
        basic.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"u:{Plant("password for us").Text}")));
        await AskAsync("GET", "/api/users/me", client: basic);
    }

    private async Task WhileSomethingBreaksInsideAsync()
    {
        var key = Plant("key beside a bug").Text;
        await Product.SampleApp.ChangeApiKeyAsync("bot", key);
        var id = await ConnectAsync("sample_app", new { auth_type = "api_key", api_key = key });
        Product.Users.Failure = new InvalidOperationException("a bug");
        await AskAsync("POST", $"/api/connections/{id}/disconnect");
        await AskAsync("DELETE", $"/api/connections/{id}", new { api_key = key });
        Product.Users.Failure = null;
    }

    private async Task InSignInAsync()
    {
        var link = await Product.OwnerLinkAsync();
        markers.Add(new("one-time link", link.Split('=')[1]));
        using var browser = new CookieClient(Product);
        foreach (var _ in new[] { 1, 2 })
        {
            var opened = await browser.Http.ReadAsync(link);
            answers.Add(("GET " + link.Split('?')[0], opened.Everything));
        }

        var form = await browser.FormAsync("/settings/api-clients", ("name", "Made in a test"));
        var made = (await browser.Http.SendAsync("/settings/api-clients", new FormUrlEncodedContent(form))).Ok();
        answers.Add(("POST /settings/api-clients", made.Text));
        var token = System.Text.RegularExpressions.Regex.Match(made.Text, "wrkc_[0-9a-f]{64}").Value;
        token.ShouldNotBeEmpty();
        markers.Add(new("created token", token));
        answers.Add(("GET /settings/api-clients", (await browser.Http.ReadAsync("/settings/api-clients")).Ok().Text));
        using var client = Client(token);
        await AskAsync("GET", "/api/users/me", client: client);
    }

    private async Task InOAuthAppsAsync()
    {
        const string Profiles = "/api/custom_oauth_profiles";
        object Body(string kind, string? provider = OAuthDesk.Provider) => new { name = "x", provider, data = new { client_id = "id", client_secret = Plant(kind).Text, token = Plant("verification token").Text } };
        var made = (await AskAsync("POST", Profiles, Body("client secret"))).Ok().Json["result"]!.AsObject().Id;
        await AskAsync("PUT", $"{Profiles}/{made}", Body("new client secret"));
        await AskAsync("POST", Profiles, Body("refused client secret", "no_such_app"), refused: true);
        await AskAsync("POST", Profiles, new { name = "x", provider = OAuthDesk.Provider, data = new { client_id = "id", client_secret = new[] { Plant("client secret in a list").Text } } }, refused: true);
        await AskAsync("POST", Profiles, new { name = "x", client_secret = Plant("misplaced client secret").Text }, refused: true);
        foreach (var path in new[] { Profiles, $"{Profiles}/{made}" }) await AskAsync("GET", path);
        using var browser = await CookieClient.SignedInAsync(Product);
        foreach (var page in new[] { $"/settings/oauth-apps/new?provider={OAuthDesk.Provider}", $"/settings/oauth-apps/{made}" })
        {
            foreach (var name in new[] { "Typed", "" })
            {
                var form = await browser.FormAsync(page, ("name", name), ("clientId", "id"), ("clientSecret", Plant("typed client secret").Text));
                answers.Add(("POST " + page, (await browser.Http.SendAsync(page, new FormUrlEncodedContent(form))).Is(name.Length > 0 ? 302 : 200).Everything));
            }
        }

        foreach (var page in new[] { "/settings/oauth-apps", $"/settings/oauth-apps/{made}", $"/settings/oauth-apps/{made}/remove" }) await PageAsync(page);
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
