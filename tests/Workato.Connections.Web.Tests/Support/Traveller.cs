using System.Text.Json.Nodes;

namespace Workato.Connections.Web.Tests.Support;

/// <summary>Somebody who is sent to the sample app and back, in a browser of their own, without an account here.</summary>
public sealed class Traveller(Product product) : IDisposable
{
    /// <summary>The browser.</summary>
    public CookieClient Browser { get; } = new(product);

    /// <summary>A connection to the sample app that waits to be connected by OAuth.</summary>
    public static async Task<JsonObject> ShellAsync(Product product, string way = "oauth2") =>
        (await product.Api.SendAsync("/api/connections", new { name = "To be connected", provider = "sample_app", shell_connection = true, input = new { auth_type = way } })).Ok().Json;

    /// <summary>A connection to the sample app, connected by OAuth 2.0 as the bot.</summary>
    public static async Task<int> ConnectAsync(Product product, string way = "oauth2")
    {
        await product.SampleApp.OAuth2Async(new { consent = "allow" });
        await product.SampleApp.Http.ChangeAsync("/control/oauth1", new { consent = "allow" });
        using var somebody = new Traveller(product);
        var id = (await ShellAsync(product, way)).Id;
        (await somebody.ReturnAsync(await somebody.LeaveAsync(id))).Ok();
        return id;
    }

    /// <summary>The path of a link that connects the connection.</summary>
    public async Task<string> LinkAsync(int id) =>
        new Uri((await product.Api.ReadAsync($"/api/connections/runtime_user_connections/{id}/get_oauth_url")).Ok().Json["data"]!["url"]!.GetValue<string>()).AbsolutePath;

    /// <summary>Goes to the app by a link; the path of the callback with which the app sends people back.</summary>
    public async Task<string> LeaveAsync(int id, string? link = null)
    {
        link ??= await LinkAsync(id);
        return await AgreeAsync(Onward(await Browser.Http.SendAsync(link, new FormUrlEncodedContent(await Browser.FormAsync(link)))));
    }

    /// <summary>Where a page goes on to by itself.</summary>
    public static Uri Onward(Answer page) => new(page.Ok().Headers.GetValues("Refresh").ShouldHaveSingleItem()["0;url=".Length..]);

    /// <summary>What the app sends a person back with.</summary>
    public async Task<string> AgreeAsync(Uri address)
    {
        var back = (await Browser.Http.ReadAsync(address.AbsoluteUri)).Is(303).Headers.Location!;
        back.AbsolutePath.ShouldBe("/oauth/callback");
        return back.PathAndQuery;
    }

    /// <summary>Comes back.</summary>
    public Task<Answer> ReturnAsync(string callback) => Browser.Http.ReadAsync(callback);

    public void Dispose() => Browser.Dispose();
}
