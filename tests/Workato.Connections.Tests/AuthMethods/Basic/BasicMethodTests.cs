using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.Basic;

namespace Workato.Connections.Tests.AuthMethods.Basic;

public sealed class BasicMethodTests : AuthMethodContract
{
    protected override IAuthMethod Method => new BasicMethod();

    protected override Placement Good => new() { UserName = Template.Parse("{username}"), Password = Template.Parse("{password}") };

    protected override IEnumerable<Placement> Nonsense =>
    [
        Placement.None,
        new() { UserName = Template.Parse("{username}") },
        new() { Password = Template.Parse("{password}") },
        Good with { Headers = new Dictionary<string, Template> { ["X-Key"] = Template.Parse("{key}") } },
        Good with { Query = new Dictionary<string, Template> { ["key"] = Template.Parse("{key}") } },
        Good with { Cookies = new Dictionary<string, Template> { ["key"] = Template.Parse("{key}") } },
        Good with { HeadersFrom = "pairs" },
        Good with { QueryFrom = "pairs" },
    ];

    protected override FieldValues Values => Given(("username", "Aladdin"), ("password", "open sesame"));

    protected override HttpRequestMessage ForgedRequest
    {
        get
        {
            var request = Request();
            request.Headers.Add("Authorization", $"Basic {Forged}");
            return request;
        }
    }

    [Theory]
    [InlineData("Aladdin", "open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ==")] // RFC 7617 section 2
    [InlineData("test", "123£", "dGVzdDoxMjPCow==")] // RFC 7617 section 2.1, UTF-8
    [InlineData("key-as-user", "", "a2V5LWFzLXVzZXI6")]
    public void User_name_and_password_are_put_on_as_RFC_7617_says(string user, string password, string expected) =>
        Authorization(Good, Given(("username", user), ("password", password))).ShouldBe("Basic " + expected);

    [Fact]
    public void Fixed_parts_of_the_templates_are_put_on_too() =>
        Authorization(new() { UserName = Template.Parse("{email}/token"), Password = Template.Parse("x") }, Given(("email", "a@b.example")))
            .ShouldBe("Basic " + Convert.ToBase64String("a@b.example/token:x"u8));

    [Fact]
    public void A_user_name_with_a_colon_is_refused_by_field() =>
        Method.Problems(Good, Given(("username", "a:b"), ("password", "c"))).ShouldBe([("username", "must not contain a colon")]);

    [Fact]
    public void A_password_with_a_colon_is_fine() => Method.Problems(Good, Given(("username", "a"), ("password", "b:c"))).ShouldBeEmpty();

    private string Authorization(Placement placement, FieldValues values)
    {
        using var request = Request();
        Method.Bind(placement, values).PutOn(request);
        return request.Headers.Authorization!.ToString();
    }
}
