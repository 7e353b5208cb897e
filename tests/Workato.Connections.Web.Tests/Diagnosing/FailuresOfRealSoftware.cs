using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Diagnosing;
using Workato.Connections.Web.Tests.Interop;
using Workato.Connections.Web.Tests.Support;
using Workato.Connections.Web.Tests.Support.RealSoftware;

namespace Workato.Connections.Web.Tests.Diagnosing;

/// <summary>Failures of software nobody here wrote.</summary>
internal static class FailuresOfRealSoftware
{
    public static IEnumerable<Failure> All(FailureScene scene, FailingProduct product, RadicaleServer radicale, SyncthingServer syncthing, OAuthlibProvider oauthlib)
    {
        yield return new("A mistyped password", "Radicale", Causes.CredentialsRejected, () => CalendarAsync(scene, radicale, "alice/calendar/", "mistyped"));
        yield return new("The password was changed in the app", "Radicale", Causes.CredentialsRejected, () => CalendarChangedAsync(scene, product, radicale));
        yield return new("The user may not see what is asked for", "Radicale", Causes.PermissionMissing, () => CalendarAsync(scene, radicale, "alice/", radicale.Password));
        yield return new("An address where the app has nothing (404)", "Radicale", Causes.WrongAddress, () => CalendarAsync(scene, radicale, "alice/calendar/no-such-event.ics", radicale.Password));
        yield return new("A mistyped API key", "Syncthing", Causes.CredentialsRejected, () => scene.ConnectedAsync("files", new { url = Url(syncthing), api_key = "mistyped-key" }));
        yield return new("The API key was changed in the app", "Syncthing", Causes.CredentialsRejected, () => FilesChangedAsync(scene, product, syncthing));
        yield return new("A wrong consumer secret", "python3-oauthlib", Causes.ClientRejected, () => BeginAsync(product, "oauthlib", new()
        {
            ["place"] = "header", ["url"] = oauthlib.Url, ["method"] = "HMAC-SHA1", ["key"] = oauthlib.ClientKey, ["secret"] = "mistyped secret",
        }));
        yield return new("A wrong client secret", "oidc-provider", Causes.ClientRejected, () => ProgramAsync(scene, product));
        yield return new("The callback address is not registered", "oidc-provider", Causes.CallbackMismatch, () => PushedAsync(product)) { Naming = "Set-up check" };
    }

    private static string Url(SyncthingServer syncthing) => syncthing.BaseUri.ToString().TrimEnd('/');

    private static Task<Told> CalendarAsync(FailureScene scene, RadicaleServer radicale, string path, string password) =>
        scene.ConnectedAsync("calendar", new { url = radicale.BaseUri.ToString().TrimEnd('/'), path, username = "alice", password });

    private static async Task<Told> CalendarChangedAsync(FailureScene scene, Product product, RadicaleServer radicale)
    {
        var made = await product.CreateAsync("calendar", new { url = radicale.BaseUri.ToString().TrimEnd('/'), path = "alice/calendar/", username = "alice", password = radicale.Password });
        made.Text("authorization_status").ShouldBe("success");
        await radicale.ChangePasswordAsync("another one", FailureScene.Cancel);
        return await scene.TestedAsync(made.Id);
    }

    private static async Task<Told> FilesChangedAsync(FailureScene scene, Product product, SyncthingServer syncthing)
    {
        var made = await product.CreateAsync("files", new { url = Url(syncthing), api_key = syncthing.ApiKey });
        made.Text("authorization_status").ShouldBe("success");
        await syncthing.ChangeApiKeyAsync("another-key-0123456789", FailureScene.Cancel);
        return await scene.TestedAsync(made.Id);
    }

    private static async Task<Told> ProgramAsync(FailureScene scene, Product product)
    {
        await ProfileAsync(product, FailingProduct.Program, "mistyped");
        return await scene.ConnectedAsync(FailingProduct.Program.Provider, new { });
    }

    private static async Task<Told> PushedAsync(Product product)
    {
        await ProfileAsync(product, FailingProduct.Pushing, FailingProduct.Pushing.Client.Secret);
        return await BeginAsync(product, FailingProduct.Pushing.Provider, []);
    }

    private static async Task ProfileAsync(Product product, OidcConnector connector, string secret) =>
        (await product.Api.SendAsync("/api/custom_oauth_profiles", new { name = connector.Title, provider = connector.Provider, data = new { client_id = connector.Client.Id, client_secret = secret } })).Ok();

    // As the wizard begins, with the words it shows.
    private static async Task<Told> BeginAsync(Product product, string provider, Dictionary<string, string?> input)
    {
        await using var services = product.Services.CreateAsyncScope();
        var begun = await services.ServiceProvider.GetRequiredService<ConnectionAuthorization>()
            .BeginAsync(new NewConnection { Name = "Fails", Provider = provider, Input = input }, new("http://127.0.0.1/oauth/callback", "a browser", true), FailureScene.Cancel);
        var why = begun.Refusal?.Diagnosis;
        return new(why?.Cause, why?.Words ?? begun.Refusal?.Message + string.Join(';', begun.Refusal?.Errors.Select(e => e.Key + e.Value[0]) ?? []), why?.Evidence);
    }
}
