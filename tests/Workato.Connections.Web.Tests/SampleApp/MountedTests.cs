using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>The sample app inside another host, as the product has it during development.</summary>
public sealed class MountedTests
{
    [Fact]
    public async Task Its_addresses_begin_where_it_was_mapped()
    {
        await using var app = await SampleAppServer.StartAsync(prefix: "/sample-app");

        var metadata = (await app.Http.ReadAsync("/sample-app/.well-known/oauth-authorization-server")).Ok().Json;

        metadata.Text("issuer").ShouldBe(app.Url + "/sample-app");
        metadata.Text("token_endpoint").ShouldBe(app.Url + "/sample-app/oauth2/token");
        var page = (await app.Http.ReadAsync("/sample-app/oauth2/authorize?response_type=code&client_id=sample-client&redirect_uri=http://localhost:5080/oauth/callback")).Ok();
        page.Text.ShouldContain("action=\"/sample-app/oauth2/authorize\"");
    }

    [Fact]
    public async Task Its_first_page_says_what_to_connect_with()
    {
        await using var app = await SampleAppServer.StartAsync(prefix: "/sample-app");

        var page = (await app.Http.ReadAsync("/sample-app/")).Ok().Text;

        foreach (var word in new[] { "sample-client-secret", "sample-consumer-secret", app.Url + "/sample-app/oauth2/token", app.Url + "/sample-app/oauth1/request_token" })
            page.ShouldContain(word);
    }
}
