using Workato.Connections.Web.Tests.Support;
using Workato.Connections.Web.Tests.Support.RealSoftware;

namespace Workato.Connections.Web.Tests.SignIn;

/// <summary>Where nobody is at the authority's address.</summary>
public sealed class NobodyThereOnSqlite : ProductOnSqlite
{
    public NobodyThereOnSqlite() => (Settings["SignIn:Authority"], Settings["SignIn:ClientId"]) = ($"http://127.0.0.1:{LoopbackPort.Next()}", "connections");
}

/// <summary>A provider in trouble does not keep the server from running, and people are told.</summary>
public sealed class ProviderTroubleTests(NobodyThereOnSqlite product) : IClassFixture<NobodyThereOnSqlite>
{
    [Fact]
    public async Task A_provider_that_cannot_be_reached_is_said_in_words()
    {
        using var browser = new CookieClient(product);

        var location = (await browser.Http.ReadAsync("/sign-in/start?return=%2Fprojects")).Is(302).Headers.Location!.ToString();

        location.ShouldBe("/sign-in?return=%2Fprojects");
        (await browser.Http.ReadAsync(location)).Ok().Text.ShouldContain("cannot be reached");
        (await product.Api.ReadAsync("/api/users/me")).Ok();
    }
}
