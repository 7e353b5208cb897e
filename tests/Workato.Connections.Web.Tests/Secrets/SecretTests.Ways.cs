using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Auditing;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Secrets;

/// <summary>The ways a secret takes through the product.</summary>
public abstract partial class SecretTests
{
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
        object Pair(string way) => new { name = "Brought along", provider = "sample_app", oauth_token_pair = new { access_token = Plant("access token").Text, refresh_token = Plant("refresh token").Text, token_secret = Plant("token secret").Text }, input = new { auth_type = way } };
        foreach (var way in new[] { "oauth2", "oauth1" })
        {
            var brought = (await AskAsync("POST", "/api/connections", Pair(way))).Ok().Json.Id;
            await AskAsync("GET", $"/api/connections/{brought}/call/api/me");
            await AskAsync("POST", $"/api/connections/{brought}/test");
            await PageAsync($"/connections/{brought}");
        }

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
            new { name = "x", provider = "stripe", oauth_token_pair = new { access_token = key } },
            new { name = "x", provider = "sample_app", oauth_token_pair = new { access_token = key, refresh_token = "ü" + key } },
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

        var form = await browser.FormAsync("/settings/api-clients", ("name", "Made in a test"), ("roleId", "3"), ("reach", "all"));
        var made = (await browser.Http.SendAsync("/settings/api-clients", new FormUrlEncodedContent(form))).Ok();
        answers.Add(("POST /settings/api-clients", made.Text));
        var token = System.Text.RegularExpressions.Regex.Match(made.Text, "wrkc_[0-9a-f]{64}").Value;
        token.ShouldNotBeEmpty();
        markers.Add(new("created token", token));
        answers.Add(("GET /settings/api-clients", (await browser.Http.ReadAsync("/settings/api-clients")).Ok().Text));
        using var client = Client(token);
        await AskAsync("GET", "/api/users/me", client: client);
    }

    private async Task InTheAuditLogAsync()
    {
        await Product.Services.GetRequiredService<AuditTally>().WriteAsync(Cancel);
        (await AskAsync("GET", "/api/activity_logs?format=jsonl")).Ok().Text.Split('\n').Length.ShouldBeGreaterThan(50);
        await AskAsync("GET", "/api/activity_logs?page[size]=100");
        foreach (var filter in new[] { "", "?what=connection_connected", "?what=connection_secret_replaced", "?handler=Export" }) await PageAsync("/settings/audit" + filter);
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
}
