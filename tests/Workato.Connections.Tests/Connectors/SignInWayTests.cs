using Workato.Connections.Connectors;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Connectors;

/// <summary>A way to sign in that depends on what a person gives.</summary>
public class SignInWayTests
{
    private static readonly SignInWay Way = TestCatalog.Instance.Find("rest")!.FindWay("oauth1")!;

    [Fact]
    public void Without_addresses_of_OAuth_1_nobody_is_sent_away() => Way.For(new Dictionary<string, string>()).Placement.NeedsConsent.ShouldBeFalse();

    [Fact]
    public void With_addresses_of_OAuth_1_a_person_is_sent_there() =>
        Way.For(new Dictionary<string, string> { ["oauth1_request_token_url"] = "https://app.example/a" }).ShouldBeSameAs(Way);

    [Fact]
    public void Any_other_way_is_what_it_is()
    {
        var basic = TestCatalog.Instance.Find("rest")!.FindWay("basic")!;

        basic.For(new Dictionary<string, string>()).ShouldBeSameAs(basic);
    }
}
