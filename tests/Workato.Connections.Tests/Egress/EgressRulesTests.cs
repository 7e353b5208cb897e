using System.Net;
using Workato.Connections.Egress;

namespace Workato.Connections.Tests.Egress;

public class EgressRulesTests
{
    private const string Inside = "points inside the network; an operator can allow it with Egress__AllowedNetworks";
    private const string OverHttps = "must begin with https://";

    private static readonly EgressRules Default = new([]);

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("1.1.1.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.1")]
    [InlineData("198.20.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001::200e")]
    [InlineData("::ffff:8.8.8.8")]
    public void The_public_internet_is_public(string address) => EgressRules.IsPublic(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("127.0.0.1")] // loopback
    [InlineData("127.255.255.254")]
    [InlineData("0.0.0.0")] // this host
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")] // private
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")] // carrier-grade NAT
    [InlineData("100.127.255.255")]
    [InlineData("100.100.100.200")] // Alibaba's metadata
    [InlineData("169.254.0.1")] // link-local
    [InlineData("169.254.169.254")] // most clouds' metadata
    [InlineData("168.63.129.16")] // Azure's metadata
    [InlineData("192.0.0.192")] // Oracle's metadata
    [InlineData("192.0.2.1")] // documentation
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("198.18.0.1")] // benchmarks
    [InlineData("192.88.99.1")] // 6to4 relays
    [InlineData("224.0.0.1")] // multicast
    [InlineData("240.0.0.1")] // reserved
    [InlineData("255.255.255.255")] // broadcast
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")] // IPv4-compatible
    [InlineData("::ffff:127.0.0.1")] // IPv4-mapped
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:0:7f00:1")] // IPv4-translated
    [InlineData("64:ff9b::7f00:1")] // NAT64
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::a00:1")] // local NAT64
    [InlineData("2002:7f00:1::")] // 6to4
    [InlineData("2001::1")] // Teredo
    [InlineData("2001:db8::1")] // documentation
    [InlineData("3fff::1")]
    [InlineData("100::1")] // discard
    [InlineData("5f00::1")] // segment routing
    [InlineData("4000::1")] // not given out yet
    [InlineData("fc00::1")] // unique local
    [InlineData("fd00:ec2::254")] // AWS metadata
    [InlineData("fe80::1")] // link-local
    [InlineData("fec0::1")] // site-local
    [InlineData("ff02::1")] // multicast
    public void Everything_else_is_not(string address) => EgressRules.IsPublic(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("https://api.example.com/v2")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2606:4700::1111]/")]
    [InlineData("https://localhost.example.com/")]
    public void Nothing_is_said_against_a_public_address_over_https(string address) => Default.Complaint(new(address)).ShouldBeNull();

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://10.1.2.3:8443/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://localhost/")]
    [InlineData("https://LOCALHOST:8443/")]
    [InlineData("https://localhost./")]
    [InlineData("https://api.localhost/")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://0/")]
    [InlineData("https://①②⑦.0.0.1/")]
    [InlineData("https://127。0。0。1/")]
    public void An_address_inside_the_network_is_refused_however_it_is_written(string address) => Default.Complaint(new(address)).ShouldBe(Inside);

    [Theory]
    [InlineData("http://api.example.com/")]
    [InlineData("http://8.8.8.8/")]
    [InlineData("ftp://api.example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1/")]
    public void Anything_but_https_is_refused(string address) => Default.Complaint(new(address)).ShouldBe(OverHttps);

    [Theory]
    [InlineData("https://user@api.example.com/")]
    [InlineData("https://user:password@api.example.com/")]
    [InlineData("https://api.example.com@evil.example/")]
    public void A_user_name_in_the_address_is_refused(string address) => Default.Complaint(new(address)).ShouldBe("must not hold a user name or password");

    [Theory]
    [InlineData("http://10.20.0.5/")]
    [InlineData("https://10.20.0.5/")]
    [InlineData("https://[::ffff:10.20.0.5]/")]
    [InlineData("http://name.in.the.network/")]
    public void Nothing_is_said_against_an_allowed_network(string address) => new EgressRules(["10.20.0.0/16"]).Complaint(new(address)).ShouldBeNull();

    [Fact]
    public void Beside_an_allowed_network_others_stay_refused() => new EgressRules(["10.20.0.0/16"]).Complaint(new("https://10.21.0.5/")).ShouldBe(Inside);

    [Fact]
    public void An_allowed_network_does_not_open_the_public_internet_to_http() =>
        new EgressRules(["10.20.0.0/16"]).Complaint(new("http://8.8.8.8/")).ShouldBe(OverHttps);

    [Theory]
    [InlineData("http://localhost:5080/sample-app", null)]
    [InlineData("http://localhost:5081/sample-app", Inside)]
    [InlineData("http://127.0.0.1:5080/sample-app", Inside)]
    public void An_allowed_origin_is_allowed_with_its_port_and_nothing_beside_it(string address, string? complaint) =>
        new EgressRules([], [new("http://localhost:5080")]).Complaint(new(address)).ShouldBe(complaint);

    [Theory]
    [InlineData("intranet")]
    [InlineData("10.20.0.0/33")]
    [InlineData("")]
    public void A_text_that_is_no_network_refuses_the_start_with_what_to_write(string text) =>
        Should.Throw<StartRefusedException>(() => new EgressRules([text])).Message
            .ShouldBe($"Egress__AllowedNetworks: '{text}' is not a network; write for example 10.20.0.0/16 (a single address is 10.20.0.5/32).");
}
