using System.Text.Json.Nodes;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>Behind a proxy whose network is named, with a public address.</summary>
public sealed class BehindAProxy : ProductOnSqlite
{
    public BehindAProxy()
    {
        Settings["PublicUrl"] = "https://connections.acme.example";
        Settings["ForwardedHeaders:KnownNetworks"] = "127.0.0.0/8";
    }
}

/// <summary>Behind a proxy nobody named.</summary>
public sealed class BehindAnUnnamedProxy : ProductOnSqlite
{
    public BehindAnUnnamedProxy() => Settings["PublicUrl"] = "https://connections.acme.example";
}

/// <summary>The set-up check tells how a request really arrived, whatever became of its headers.</summary>
public sealed class SetupCheckApiTests(BehindAProxy known, BehindAnUnnamedProxy unnamed) : IClassFixture<BehindAProxy>, IClassFixture<BehindAnUnnamedProxy>
{
    private const string Check = "/api/setup_check";

    [Fact]
    public async Task Headers_that_were_believed_are_shown_as_they_came()
    {
        var check = await AskAsync(known, ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "connections.acme.example"), ("X-Forwarded-For", "203.0.113.7"));

        check.Text("callback_url").ShouldBe("https://connections.acme.example/oauth/callback");
        check["is_fine"]!.GetValue<bool>().ShouldBeTrue(check.ToJsonString());
        (check.Text("reached_at"), check.Text("understood_as")).ShouldBe(("https://connections.acme.example", "https://connections.acme.example"));
        var request = check["request"]!.AsObject();
        (request.Text("scheme"), request.Text("host"), request.Text("remote_address"), request["is_known_proxy"]!.GetValue<bool>())
            .ShouldBe(("http", known.Address.Authority, "127.0.0.1", true));
        (request.Text("x_forwarded_proto"), request.Text("x_forwarded_host"), request.Text("x_forwarded_for"), request.Text("forwarded"))
            .ShouldBe(("https", "connections.acme.example", "203.0.113.7", null));
    }

    [Fact]
    public async Task Headers_that_were_ignored_come_with_the_setting_to_write()
    {
        var check = await AskAsync(unnamed, ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "connections.acme.example"), ("X-Forwarded-For", "203.0.113.7"));

        check["is_fine"]!.GetValue<bool>().ShouldBeFalse();
        var proxy = check["findings"]!.AsArray().Single(f => f!["check"]!.GetValue<string>() == "proxy")!.AsObject();
        (proxy.Text("status"), proxy.Text("setting"), proxy.Text("value")).ShouldBe(("to_fix", "ForwardedHeaders__KnownNetworks", "127.0.0.1/32"));
        (check.Text("reached_at"), check.Text("understood_as")).ShouldBe(("https://connections.acme.example", $"http://{unnamed.Address.Authority}"));
    }

    [Fact]
    public async Task A_header_that_is_not_read_is_shown() =>
        (await AskAsync(known, ("Forwarded", "for=203.0.113.7")))["request"]!["forwarded"]!.GetValue<string>().ShouldBe("for=203.0.113.7");

    private static async Task<JsonObject> AskAsync(Product product, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Check);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return (await product.Api.AskAsync(request)).Ok().Json;
    }
}
