using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Workato.Connections.AuthMethods;

namespace Workato.Connections.Benchmarks.Refresh;

/// <summary>
/// One sample app as the OAuth 2.0 server of one connection: its refresh tokens are good for one time, and presenting one
/// twice ends the whole permission (RFC 9700, 4.14.2).
/// </summary>
internal sealed class Provider(Uri address) : IDisposable
{
    // Nobody listens there: the code is read from the address the browser would be sent to.
    private const string Callback = "http://127.0.0.1/oauth/callback";

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = address };

    public Uri Address => address;

    /// <summary>Signs in as the bot, and sees to it that only the refresh token is good.</summary>
    public async Task<Tokens> SignInAsync()
    {
        await ControlAsync(new { consent = "allow", token_delay_ms = 0 });
        using var sentBack = await http.GetAsync(new Uri($"oauth2/authorize?response_type=code&client_id=sample-client&scope=profile&redirect_uri={Uri.EscapeDataString(Callback)}", UriKind.Relative));
        var code = QueryHelpers.ParseQuery(sentBack.Headers.Location!.Query)["code"].ToString();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = Callback, ["client_id"] = "sample-client", ["client_secret"] = "sample-client-secret",
        });
        using var answer = await http.PostAsync(new Uri("oauth2/token", UriKind.Relative), form);
        var issued = await ReadAsync(answer);
        using var expired = await http.PostAsJsonAsync(new Uri("control/oauth2/expire", UriKind.Relative), new { username = "bot" });
        expired.EnsureSuccessStatusCode();
        var now = DateTimeOffset.UtcNow;
        return new()
        {
            AccessToken = new(issued.GetProperty("access_token").GetString()!),
            RefreshToken = new(issued.GetProperty("refresh_token").GetString()!),
            IssuedAt = now.AddHours(-2),
            ExpiresAt = now.AddHours(-1),
        };
    }

    /// <summary>How long it takes over tokens from now on, and whether the refresh token is used up before or after that.</summary>
    public Task DelayAsync(TimeSpan delay, bool usedUpFirst) => ControlAsync(new { token_delay_ms = (int)delay.TotalMilliseconds, delay_after_redemption = usedUpFirst });

    /// <summary>What happened to its tokens so far.</summary>
    public async Task<Tally> CountAsync()
    {
        using var answer = await http.GetAsync(new Uri("control/oauth2", UriKind.Relative));
        var state = await ReadAsync(answer);
        int Of(string name) => state.GetProperty(name).GetInt32();
        return new(Of("redemptions"), Of("redemptions_per_generation"), Of("reuses"), Of("families_revoked"));
    }

    public void Dispose() => http.Dispose();

    private async Task ControlAsync(object wish)
    {
        using var answer = await http.PutAsJsonAsync(new Uri("control/oauth2", UriKind.Relative), wish);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) => answer.IsSuccessStatusCode
        ? await answer.Content.ReadFromJsonAsync<JsonElement>()
        : throw new InvalidOperationException($"The sample app answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
}

/// <summary>The sample app's own count.</summary>
/// <param name="Redemptions">Refresh tokens it accepted.</param>
/// <param name="PerGeneration">How often the one that was presented most was presented.</param>
/// <param name="Reuses">Refresh tokens presented after they were used up.</param>
/// <param name="FamiliesRevoked">Permissions that ended.</param>
internal sealed record Tally(int Redemptions, int PerGeneration, int Reuses, int FamiliesRevoked);
