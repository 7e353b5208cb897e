using System.Net;
using Microsoft.AspNetCore.Http;
using Workato.Connections.Web.Hosting;
using Workato.Connections.Web.Hosting.Checking;

namespace Workato.Connections.Web.Tests.Hosting.Checking;

/// <summary>What the set-up check says of which settings and which request.</summary>
public sealed class SetupCheckTests
{
    private const string Networks = "ForwardedHeaders__KnownNetworks";

    [Fact]
    public void A_server_behind_a_proxy_that_is_named_has_nothing_to_fix()
    {
        var check = Check("https://connections.acme.example", Direct("http", "10.0.0.7:5080") with { Sender = IPAddress.Parse("172.18.0.2"), ForwardedProto = "https", ForwardedHost = "connections.acme.example", ForwardedFor = "203.0.113.7" },
            networks: ["172.18.0.0/16"], understood: ("https", "connections.acme.example"));

        check.Findings.Where(f => f.Status == FindingStatus.ToFix).ShouldBeEmpty();
        (check.IsFine, check.IsSenderKnown, check.ReachedAt).ShouldBe((true, true, "https://connections.acme.example"));
    }

    [Fact]
    public void A_newcomer_on_the_own_machine_has_nothing_to_fix() => Check(null, Direct("http", "localhost:5080")).IsFine.ShouldBeTrue();

    [Fact]
    public void A_public_address_that_was_never_set_is_named_once_with_the_one_people_use()
    {
        var check = Check(null, Direct("https", "connections.acme.example"));

        Fixed(check, "public_url").ShouldBe(("PublicUrl", "https://connections.acme.example"));
        check.Findings.Count(f => f.Status == FindingStatus.ToFix).ShouldBe(1);
    }

    [Fact]
    public void A_proxy_that_is_not_named_is_named_with_the_network_to_write()
    {
        var check = Check("https://connections.acme.example", Direct("http", "connections.acme.example") with { Sender = IPAddress.Parse("172.18.0.2"), ForwardedProto = "https", ForwardedFor = "203.0.113.7" });

        Fixed(check, "proxy").ShouldBe((Networks, "172.18.0.2/32"));
        Message(check, "proxy").ShouldContain("172.18.0.2");
        check.ReachedAt.ShouldBe("https://connections.acme.example");
        check.UnderstoodAs.ShouldBe("http://connections.acme.example");
        Message(check, "address").ShouldContain("see above");
    }

    [Fact]
    public void Networks_that_are_named_already_stay_in_what_is_to_be_written() =>
        Fixed(Check("https://a.example", Direct("http", "a.example") with { Sender = IPAddress.Parse("fd00::7"), ForwardedProto = "https" }, ["10.0.0.0/8"]), "proxy")
            .ShouldBe((Networks, "10.0.0.0/8,fd00::7/128"));

    [Fact]
    public void The_header_that_is_not_read_is_said_to_be_so() =>
        Message(Check("https://a.example", Direct("http", "a.example") with { Forwarded = "for=203.0.113.7;proto=https" }), "proxy").ShouldContain("X-Forwarded-Proto");

    [Fact]
    public void People_who_come_by_another_host_are_told_the_host_to_set()
    {
        var check = Check("https://old.acme.example", Direct("https", "new.acme.example"));

        Fixed(check, "address").ShouldBe(("PublicUrl", "https://new.acme.example"));
        Message(check, "address").ShouldContain("https://old.acme.example");
    }

    [Fact]
    public void Somebody_at_the_machine_itself_is_not_told_to_give_up_the_public_address()
    {
        var check = Check("https://a.example", Direct("http", "localhost:5080"));

        Fixed(check, "address").ShouldBe((null, null));
        Message(check, "address").ShouldContain("Open this page at https://a.example");
    }

    [Fact]
    public void People_who_come_by_https_to_a_public_address_of_http_are_told_so()
    {
        var check = Check("http://a.example", Direct("https", "a.example"));

        Fixed(check, "address").ShouldBe(("PublicUrl", "https://a.example"));
        Fixed(check, "https").ShouldBe(("PublicUrl", "https://a.example"));
    }

    [Fact]
    public void A_request_by_http_to_a_public_address_of_https_is_a_proxy_that_says_nothing() =>
        Fixed(Check("https://a.example", Direct("http", "a.example")), "address").ShouldBe((Networks, "127.0.0.1/32"));

    [Fact]
    public void Plain_http_elsewhere_than_on_the_own_machine_is_to_be_fixed() =>
        Fixed(Check("http://a.example:8080", Direct("http", "a.example:8080")), "https").ShouldBe(("PublicUrl", "https://a.example"));

    [Fact]
    public void A_path_of_its_own_is_to_be_fixed() =>
        Fixed(Check("https://acme.example/connections/", Direct("https", "acme.example")), "path").ShouldBe(("PublicUrl", "https://acme.example"));

    [Theory]
    [InlineData("https://a.example", "a.example:443")]
    [InlineData("https://A.example/", "a.EXAMPLE")]
    [InlineData("https://a.example:443", "a.example")]
    public void An_address_is_the_same_whichever_way_it_is_written(string publicUrl, string host) => Check(publicUrl, Direct("https", host)).IsFine.ShouldBeTrue();

    [Fact]
    public void Another_port_is_another_address() => Fixed(Check("https://a.example", Direct("https", "a.example:8443")), "address").ShouldBe(("PublicUrl", "https://a.example:8443"));

    [Fact]
    public void The_word_of_the_nearest_proxy_counts_where_several_wrote() =>
        Check("https://a.example", Direct("http", "inner") with { Sender = IPAddress.Parse("10.1.1.1"), ForwardedProto = "http, https", ForwardedHost = "forged.example, a.example" }).ReachedAt.ShouldBe("https://a.example");

    [Fact]
    public void A_host_that_is_none_breaks_nothing() =>
        Check("https://a.example", Direct("http", "a.example") with { ForwardedHost = "no host <b>", ForwardedProto = "gopher" }).IsFine.ShouldBeFalse();

    [Theory]
    [InlineData("https://a.example", "https://a.example/oauth/callback")]
    [InlineData("https://a.example/", "https://a.example/oauth/callback")]
    [InlineData("http://localhost:5080", "http://localhost:5080/oauth/callback")]
    public void The_callback_has_one_slash_wherever_it_belongs(string publicUrl, string callback) => Settings(publicUrl, []).CallbackUrl.ShouldBe(callback);

    private static Arrival Direct(string scheme, string host) => new() { Scheme = scheme, Host = new(host), PathBase = "", Sender = IPAddress.Loopback };

    private static SetupCheck Check(string? publicUrl, Arrival arrival, string[]? networks = null, (string Scheme, string Host)? understood = null) =>
        new(Settings(publicUrl, networks ?? []), arrival, (understood?.Scheme ?? arrival.Scheme, understood is { } u ? new HostString(u.Host) : arrival.Host));

    private static ServerSettings Settings(string? publicUrl, string[] networks) => new()
    {
        DataDirectory = "data",
        Database = new(),
        KeyEncryption = new(),
        PublicUrl = new(publicUrl ?? "http://localhost:5080"),
        IsPublicUrlSet = publicUrl is not null,
        AllowedNetworks = [],
        KnownProxies = [.. networks.Select(n => System.Net.IPNetwork.Parse(n))],
        ConnectorsDirectory = null,
        BootstrapToken = null,
        IsDevelopment = false,
    };

    private static (string? Setting, string? Value) Fixed(SetupCheck check, string what)
    {
        var finding = check.Findings.Single(f => f.Check == what);
        finding.Status.ShouldBe(FindingStatus.ToFix, finding.Message);
        check.IsFine.ShouldBeFalse();
        return (finding.Setting, finding.Value);
    }

    private static string Message(SetupCheck check, string what) => check.Findings.Single(f => f.Check == what).Message;
}
