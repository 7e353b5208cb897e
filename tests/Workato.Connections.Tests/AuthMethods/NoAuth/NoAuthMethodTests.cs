using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.NoAuth;

namespace Workato.Connections.Tests.AuthMethods.NoAuth;

public sealed class NoAuthMethodTests : AuthMethodContract
{
    protected override IAuthMethod Method => new NoAuthMethod();

    protected override Placement Good => Placement.None;

    protected override IEnumerable<Placement> Nonsense =>
    [
        new() { UserName = Template.Parse("{user}") },
        new() { Headers = new Dictionary<string, Template> { ["X-Key"] = Template.Parse("{key}") } },
        new() { Headers = new Dictionary<string, Template> { ["X-Version"] = Template.Parse("2") } },
        new() { QueryFrom = "pairs" },
    ];

    protected override FieldValues Values => FieldValues.Empty;

    protected override HttpRequestMessage ForgedRequest => Request();

    [Fact]
    public void Nothing_is_put_on_a_request()
    {
        using var request = Request();

        new NoAuthMethod().Bind(Placement.None, FieldValues.Empty).PutOn(request);

        request.Headers.ShouldBeEmpty();
    }
}
