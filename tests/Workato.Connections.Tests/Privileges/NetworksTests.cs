using System.Net;
using Workato.Connections.Privileges;

namespace Workato.Connections.Tests.Privileges;

public class NetworksTests
{
    [Theory]
    [InlineData("192.0.2.10", "192.0.2.10/32")]
    [InlineData(" 192.0.2.10 ", "192.0.2.10/32")]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3/15", "10.0.0.0/15")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("2001:DB8::1", "2001:db8::1/128")]
    [InlineData("2001:db8:1:2::/48", "2001:db8:1::/48")]
    [InlineData("::ffff:192.0.2.10", "192.0.2.10/32")]
    [InlineData("::ffff:10.0.0.0/104", "10.0.0.0/8")]
    public void Are_kept_in_one_notation(string written, string kept) => Networks.Normalize(written).ShouldBe(kept);

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("10.1")]
    [InlineData("1")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.256")]
    [InlineData("2001:db8::/129")]
    [InlineData("fe80::1%eth0")]
    [InlineData("::ffff:10.0.0.0/8")]
    [InlineData("10.0.0.1 10.0.0.2")]
    public void What_is_neither_an_address_nor_a_network_is_refused(string written) => Networks.Normalize(written).ShouldBeNull();

    [Theory]
    [InlineData("10.0.0.0/8", "10.200.0.1", true)]
    [InlineData("10.0.0.0/8", "::ffff:10.200.0.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("192.0.2.10/32", "192.0.2.11", false)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("2001:db8::/32", "2001:db8::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    public void Hold_addresses_or_do_not(string network, string address, bool holds) => Networks.Allow([IPNetwork.Parse(network)], IPAddress.Parse(address)).ShouldBe(holds);

    [Fact]
    public void None_at_all_lets_everybody_in_and_one_keeps_out_who_has_no_address()
    {
        Networks.Allow([], null).ShouldBeTrue();
        Networks.Allow([IPNetwork.Parse("0.0.0.0/0")], null).ShouldBeFalse();
    }

    [Theory]
    [InlineData("192.0.2.10/32", "192.0.2.10")]
    [InlineData("2001:db8::1/128", "2001:db8::1")]
    [InlineData("2001:db8::/32", "2001:db8::/32")]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    public void A_single_address_is_shown_as_one(string kept, string shown) => Networks.Display(kept).ShouldBe(shown);
}
