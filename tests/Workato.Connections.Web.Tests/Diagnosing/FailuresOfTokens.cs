using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Workato.Connections.Diagnosing;
using Workato.Connections.Web.Tests.Support;
using static Workato.Connections.Web.Tests.Diagnosing.FailureScene;

namespace Workato.Connections.Web.Tests.Diagnosing;

/// <summary>Signing in by OAuth, and getting new tokens.</summary>
internal static class FailuresOfTokens
{
    private const string TestApp = "an app of the test";
    private const string SampleApp = "the sample app";

    public static IEnumerable<Failure> All(FailureScene scene)
    {
        var app = scene.Product.SampleApp;
        yield return new("The permission was revoked in the app", SampleApp, Causes.TokenRevoked, () => SampleAsync(scene, _ => app.RevokeTokensAsync("bot")));
        yield return new("The refresh token was used by somebody else", SampleApp, Causes.TokenRevoked, () => ReusedAsync(scene));
        yield return new("The app says that the refresh token has run out", TestApp, Causes.PermissionExpired, () => scene.RefreshedAsync(Says(400, """{"error":"invalid_grant","error_description":"The refresh token has expired due to inactivity."}""")));
        yield return new("The access token ended, and the app gave nothing to renew it by", SampleApp, Causes.PermissionExpired, () => NothingToRenewByAsync(scene));
        yield return new("The secret of the OAuth app is wrong", SampleApp, Causes.ClientRejected, () => scene.ConnectedAsync("notes", new { auth_type = "wrong_secret", url = app.Url }));
        yield return new("The secret of the OAuth app has run out", TestApp, Causes.SecretExpired, () => scene.RefreshedAsync(Says(401, """{"error":"invalid_client","error_description":"The provided client secret keys are expired."}""")));
        yield return new("A permission is asked for that the app does not know", SampleApp, Causes.PermissionMissing, () => scene.ConnectedAsync("notes", new { auth_type = "unknown_scope", url = app.Url }));
        yield return new("Less was granted than asked for, and is needed", SampleApp, Causes.PermissionMissing, () => GrantedLessAsync(scene)) { Naming = "notes.read" };
        yield return new("The person does not agree", SampleApp, Causes.ConsentRequired, () => ConsentAsync(scene, "deny"));
        yield return new("An administrator has to agree", SampleApp, Causes.ConsentRequired, () => ConsentAsync(scene, "admin_required")) { Naming = "administrator" };
        yield return new("The token endpoint is down (503)", TestApp, Causes.AppDown, () => scene.RefreshedAsync(Says(503, "<h1>Back soon</h1>", "text/html")));
        yield return new("The token endpoint asks to slow down (429)", TestApp, Causes.Throttled, () => scene.RefreshedAsync(Says(429, "{}")));
        yield return new("A web page answers for the token endpoint", TestApp, Causes.WrongAddress, () => scene.RefreshedAsync(Says(200, "<h1>Welcome</h1>", "text/html")));
        yield return new("New tokens were asked for, and no answer came", TestApp, Causes.OutcomeUnknown, () => scene.RefreshedAsync(BreaksOff));
        yield return new("Our clock is an hour behind", "the sample app with another clock", Causes.OurClock, () => ClockAsync(scene, TimeSpan.FromHours(1))) { Naming = "behind", NotBlaming = "taken back" };
        yield return new("Our clock is an hour ahead", "the sample app with another clock", Causes.OurClock, () => ClockAsync(scene, TimeSpan.FromHours(-1))) { Naming = "ahead", NotBlaming = "taken back" };
    }

    private static async Task<Told> SampleAsync(FailureScene scene, Func<int, Task> change)
    {
        var id = await Traveller.ConnectAsync(scene.Product);
        await change(id);
        var told = await scene.TestedAsync(id);
        await scene.Product.SampleApp.ResetAsync();
        return told;
    }

    private static async Task<Told> ReusedAsync(FailureScene scene)
    {
        var app = scene.Product.SampleApp;
        var (access, refresh) = await TokensAsync(scene);
        var id = await scene.ByTokensAsync("notes", "oauth2", app.Url, new { access_token = access, refresh_token = refresh, scope = "profile notes.read" });
        for (var time = 0; time < 2; time++)
        {
            using var somebody = Form(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refresh });
            await app.Http.SendAsync("/oauth2/token", somebody);
        }

        await app.ExpireTokensAsync("bot");
        var told = await scene.TestedAsync(id);
        await app.ResetAsync();
        return told;
    }

    // What the sample app issues to somebody who agrees at once.
    private static async Task<(string Access, string Refresh)> TokensAsync(FailureScene scene)
    {
        var app = scene.Product.SampleApp;
        await app.OAuth2Async(new { consent = "allow" });
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(app.Url) };
        var verifier = new string('v', 43);
        var challenge = System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(verifier)));
        var back = "http://127.0.0.1/oauth/callback";
        var agreed = await browser.ReadAsync($"/oauth2/authorize?response_type=code&client_id=sample-client&state=s&scope=profile%20notes.read&redirect_uri={Uri.EscapeDataString(back)}&code_challenge={challenge}&code_challenge_method=S256");
        var code = System.Web.HttpUtility.ParseQueryString(agreed.Is(303).Headers.Location!.Query)["code"]!;
        using var form = Form(new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = back, ["code_verifier"] = verifier });
        var issued = (await app.Http.SendAsync("/oauth2/token", form)).Ok().Json;
        return (issued.Text("access_token")!, issued.Text("refresh_token")!);
    }

    private static FormUrlEncodedContent Form(Dictionary<string, string> fields)
    {
        (fields["client_id"], fields["client_secret"]) = ("sample-client", "sample-client-secret");
        return new(fields);
    }

    private static async Task<Told> NothingToRenewByAsync(FailureScene scene)
    {
        await scene.Product.SampleApp.OAuth2Async(new { token_mode = "no_refresh_token", access_token_seconds = 1 });
        // Until it has ended by the clock of both.
        return await SampleAsync(scene, _ => Task.Delay(TimeSpan.FromSeconds(1.5), Cancel));
    }

    private static async Task<Told> GrantedLessAsync(FailureScene scene)
    {
        var app = scene.Product.SampleApp;
        await app.OAuth2Async(new { consent = "allow", grant_scopes = new[] { "profile" } });
        var (access, refresh) = await TokensAsync(scene);
        var told = Told.In(await scene.Product.GetConnectionAsync(await scene.ByTokensAsync("notes", "oauth2", app.Url, new { access_token = access, refresh_token = refresh, scope = "profile" })));
        await app.ResetAsync();
        return told;
    }

    private static async Task<Told> ConsentAsync(FailureScene scene, string consent)
    {
        var app = scene.Product.SampleApp;
        await app.OAuth2Async(new { consent });
        await using var services = scene.Product.Services.CreateAsyncScope();
        var authorization = services.ServiceProvider.GetRequiredService<ConnectionAuthorization>();
        var id = (await Traveller.ShellAsync(scene.Product)).Id;
        var begun = await authorization.BeginAsync(id, new Dictionary<string, string?> { ["auth_type"] = "oauth2" }, new("http://127.0.0.1/oauth/callback", "a browser", true), Cancel);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var back = System.Web.HttpUtility.ParseQueryString((await browser.ReadAsync(begun.Value.ShouldNotBeNull().Address)).Is(303).Headers.Location!.Query);
        var ended = await authorization.CompleteAsync(back.AllKeys.ToDictionary(k => k!, k => back[k]!), "a browser", Cancel);
        await app.ResetAsync();
        var why = ended.Refusal?.Diagnosis;
        return new(why?.Cause, why?.Words ?? ended.Refusal?.Message ?? "it succeeded", why?.Evidence);
    }

    private static async Task<Told> ClockAsync(FailureScene scene, TimeSpan ahead)
    {
        using var rsa = RSA.Create(2048);
        await using var app = await SampleAppServer.StartAsync(new FakeTimeProvider(DateTimeOffset.UtcNow + ahead));
        (await app.Http.SendAsync("/control/oauth2/public-key", new { client_id = "sample-client", public_key = rsa.ExportSubjectPublicKeyInfoPem() })).Ok();
        return Told.In((await scene.Product.Api.SendAsync("/api/connections", new { name = "Clock", provider = "notes", input = new { auth_type = "jwt", url = app.Url, private_key = rsa.ExportPkcs8PrivateKeyPem() } })).Json);
    }
}
