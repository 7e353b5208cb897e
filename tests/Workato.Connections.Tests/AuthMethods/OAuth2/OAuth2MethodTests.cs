using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth2;
using Workato.Connections.Secrets;

namespace Workato.Connections.Tests.AuthMethods.OAuth2;

public sealed class OAuth2MethodTests : AuthMethodContract
{
    private static readonly OAuth2Terms Terms = new() { AuthorizeUrl = Template.Parse("https://app.example/authorize"), TokenUrl = Template.Parse("https://app.example/token") };

    protected override IAuthMethod Method => new OAuth2Method();

    protected override Placement Good => new() { OAuth2 = Terms };

    protected override IEnumerable<Placement> Nonsense =>
    [
        Placement.None,
        Good with { UserName = Template.Parse("{user}") },
        Good with { HeadersFrom = "lines" },
    ];

    protected override FieldValues Values => Given().With(new Tokens { AccessToken = new("at-1"), Learned = new Dictionary<string, string> { ["tenant"] = "t-7" } });

    protected override HttpRequestMessage ForgedRequest
    {
        get
        {
            var request = Request();
            request.Headers.Add("Authorization", $"Bearer {Forged}");
            return request;
        }
    }

    [Fact]
    public void The_access_token_is_a_bearer() => On(Good).Headers.GetValues("Authorization").ShouldBe(["Bearer at-1"]);

    [Fact]
    public void The_file_may_put_the_access_token_elsewhere()
    {
        var request = On(Good with { Headers = new Dictionary<string, Template> { ["X-Shop-Token"] = Template.Parse("{access_token}") } });

        request.Headers.GetValues("X-Shop-Token").ShouldBe(["at-1"]);
        request.Headers.Contains("Authorization").ShouldBeFalse();
    }

    [Fact]
    public void Something_beside_the_token_leaves_it_a_bearer()
    {
        var request = On(Good with { Headers = new Dictionary<string, Template> { ["X-Tenant"] = Template.Parse("{tenant}") } });

        request.Headers.GetValues("X-Tenant").ShouldBe(["t-7"]);
        request.Headers.GetValues("Authorization").ShouldBe(["Bearer at-1"]);
    }

    [Fact]
    public void A_refresh_token_is_put_nowhere()
    {
        var values = Given().With(new Tokens { AccessToken = new("at-1"), RefreshToken = new Secret("rt-1") });
        using var request = Request();

        Method.Bind(Good, values).PutOn(request);

        (request.RequestUri + request.Headers.ToString()).ShouldNotContain("rt-1");
    }

    private HttpRequestMessage On(Placement placement)
    {
        var request = Request();
        Method.Bind(placement, Values).PutOn(request);
        return request;
    }
}
