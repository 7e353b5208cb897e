using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Workato.Connections.Diagnosing;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;
using static Workato.Connections.Web.Tests.Diagnosing.FailureScene;

namespace Workato.Connections.Web.Tests.Diagnosing;

/// <summary>What apps answer, and what lies between them and us.</summary>
internal static class FailuresOfApps
{
    private const string TestApp = "an app of the test";
    private const string SampleApp = "the sample app";

    public static IEnumerable<Failure> Answers(FailureScene scene)
    {
        yield return new("A mistyped API key", SampleApp, Causes.CredentialsRejected, () => scene.ConnectedAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bod" }));
        yield return new("The password was changed in the app", SampleApp, Causes.CredentialsRejected, () => PasswordChangedAsync(scene));
        yield return new("The app rejects every credential", SampleApp, Causes.CredentialsRejected, () => BehavingAsync(scene, "reject")) { Naming = "These credentials were revoked" };
        yield return new("The API key has run out", TestApp, Causes.SecretExpired, () => scene.AnsweredAsync(401, """{"error":{"code":"api_key_expired","message":"Expired API Key provided: k-***"}}"""));
        yield return new("The account of the app is suspended", TestApp, Causes.AccountSuspended, () => scene.AnsweredAsync(403, """{"message":"This account has been suspended."}"""));
        yield return new("The app wants to be paid", TestApp, Causes.AccountSuspended, () => scene.AnsweredAsync(402, """{"errors":"Unavailable Shop"}"""));
        yield return new("The account is locked", TestApp, Causes.AccountSuspended, () => scene.AnsweredAsync(423, "{}"));
        yield return new("The user lacks a right, and the app names it in its challenge", SampleApp, Causes.PermissionMissing, () => ScopeMissingAsync(scene)) { Naming = "notes.read" };
        yield return new("The app allows nothing", SampleApp, Causes.PermissionMissing, () => BehavingAsync(scene, "forbid"));
        yield return new("A success that is none: 200 with an error in it", TestApp, Causes.TokenRevoked, () => scene.AnsweredAsync(200, """{"ok":false,"error":"token_revoked"}"""));
        yield return new("The app is in maintenance (503)", SampleApp, Causes.AppDown, () => BehavingAsync(scene, "down"));
        yield return new("The app fails (500)", TestApp, Causes.AppDown, () => scene.AnsweredAsync(500, "Traceback (most recent call last)", "text/plain"));
        yield return new("The app asks to slow down (429)", SampleApp, Causes.Throttled, () => BehavingAsync(scene, "throttled")) { Naming = "Retry-After: 7" };
        yield return new("A quota is used up (403)", TestApp, Causes.Throttled, () => scene.AnsweredAsync(403, """{"error":{"code":403,"message":"Quota exceeded for this day."}}"""));
        yield return new("An address without the app (404)", TestApp, Causes.WrongAddress, () => scene.AnsweredAsync(404, "<h1>Not Found</h1>", "text/html"));
        yield return new("A web page instead of the API", SampleApp, Causes.WrongAddress, () => BehavingAsync(scene, "garbage"));
        yield return new("A redirect to a sign-in page", SampleApp, Causes.WrongAddress, () => BehavingAsync(scene, "redirect"));
        yield return new("A redirect to itself, without end", TestApp, Causes.WrongAddress, () => scene.AnsweredAsync(302, "", "text/plain", ("Location", "/me")));
        yield return new("Bytes without sense", TestApp, Causes.WrongAddress, () => scene.AnsweredAsync(NoiseAsync));
        yield return new("An answer of 1 GB", TestApp, Causes.WrongAddress, () => GigabyteAsync(scene));
        yield return new("A proxy of our own network wants a sign-in (511)", TestApp, Causes.OurNetwork, () => scene.AnsweredAsync(511, "<title>Hotel</title>", "text/html")) { NotBlaming = "Desk is" };
        yield return new("An answer nobody knows", TestApp, Causes.Unknown, () => scene.AnsweredAsync(418, """{"hint":"I am a teapot"}""")) { Naming = "teapot" };
    }

    public static IEnumerable<Failure> Network(FailureScene scene)
    {
        yield return new("Nobody listens at the port", "a closed port", Causes.AppDown, () => scene.AtAsync("http://127.0.0.1:1"));
        yield return new("The host's name does not exist", "the resolver", Causes.NameNotFound, () => scene.AtAsync("https://desk.invalid"));
        yield return new("There is no way out to the network", "the kernel: an address without a route", Causes.OurNetwork, () => scene.AtAsync("http://224.0.0.1")) { NotBlaming = "Desk is down" };
        yield return new("The host's certificate has expired", "a certificate of the test", Causes.TlsFailed, () => BehindAsync(Certificate("127.0.0.1", -30, -1), scene.AtAsync)) { Naming = "has expired" };
        yield return new("The host's certificate is for another host", "a certificate of the test", Causes.TlsFailed, () => BehindAsync(Certificate("other.example", -1, 30), scene.AtAsync)) { Naming = "of another host" };
        yield return new("Nobody trusted stands for the host's certificate", "a certificate of the test", Causes.TlsFailed, () => BehindAsync(Certificate("127.0.0.1", -1, 30), scene.AtAsync)) { Naming = "trusts nobody" };
        yield return new("The host's certificate is not valid yet", "a certificate of the test", Causes.TlsFailed, () => BehindAsync(Certificate("127.0.0.1", 1, 30), scene.AtAsync)) { Naming = "clock of this server" };
        yield return new("A server without encryption behind https", TestApp, Causes.TlsFailed, () => scene.AtAsync(scene.Url.Replace("http:", "https:", StringComparison.Ordinal)));
        yield return new("Something that does not speak HTTP", "a socket that greets as SSH does", Causes.WrongAddress, () => SshAsync(scene));
        yield return new("The app breaks off", TestApp, Causes.AppDown, () => scene.AnsweredAsync(BreaksOff));
    }

    /// <summary>Takes half a minute, while the others are produced.</summary>
    public static Failure Hanging(Product product, string url) => new("The app never answers", "a socket that hangs", Causes.AppDown, async () =>
        Told.In((await product.Api.SendAsync("/api/connections", new { name = "Hangs", provider = "desk", input = new { auth_type = "key", url, api_key = "k-123456" } })).Json)) { Naming = "within 30 seconds" };

    private static async Task<Told> BehavingAsync(FailureScene scene, string mode)
    {
        await scene.Product.SampleApp.BehaveAsync(mode);
        var told = await scene.ConnectedAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" });
        await scene.Product.SampleApp.ResetAsync();
        return told;
    }

    private static async Task<Told> PasswordChangedAsync(FailureScene scene)
    {
        var made = await scene.Product.CreateAsync("sample_app", new { auth_type = "basic", username = "bot", password = "tabulating-machine" });
        await scene.Product.SampleApp.ChangePasswordAsync("bot", "another one");
        var told = await scene.TestedAsync(made.Id);
        await scene.Product.SampleApp.ResetAsync();
        return told;
    }

    private static async Task<Told> ScopeMissingAsync(FailureScene scene)
    {
        (await scene.Product.SampleApp.Http.SendAsync("/control/scope", new { username = "bot", missing = true })).Ok();
        var told = await scene.ConnectedAsync("notes", new { auth_type = "key", url = scene.Product.SampleApp.Url, api_key = "sample-key-bot" });
        await scene.Product.SampleApp.ResetAsync();
        return told;
    }

    private static Task NoiseAsync(HttpContext context)
    {
        var noise = new byte[64 * 1024];
        new Random(1).NextBytes(noise);
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(noise).AsTask();
    }

    private static async Task<Told> GigabyteAsync(FailureScene scene)
    {
        using var app = new GigabyteApp("application/json");
        var told = await scene.AtAsync(app.Url);
        await app.WasCutShortAsync();
        return told;
    }

    private static async Task<Told> SshAsync(FailureScene scene)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var greeted = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(Cancel);
            await client.GetStream().ReadExactlyAsync(new byte[16], Cancel);
            await client.GetStream().WriteAsync("SSH-2.0-OpenSSH_9.9\r\n\r\n"u8.ToArray(), Cancel);
        }, Cancel);
        var told = await scene.AtAsync($"http://{listener.LocalEndpoint}");
        await greeted;
        return told;
    }
}
