using System.Net.Http.Headers;
using System.Text;
using Workato.Connections.Web.Tests.Support;
using Workato.Connections.Web.Tests.Support.RealSoftware;

namespace Workato.Connections.Web.Tests.Api.Calling;

/// <summary>The product with a connector file that signs in every place.</summary>
public sealed class ProductWithOAuthlib : ProductOnSqlite
{
    public ProductWithOAuthlib() => Settings["Connectors:Directory"] = Path.Combine(AppContext.BaseDirectory, "connectors");
}

/// <summary>Calls that are signed by OAuth 1.0, bodies included, to a provider nobody here wrote.</summary>
public sealed class OAuth1CallTests(ProductWithOAuthlib product) : IClassFixture<ProductWithOAuthlib>, IAsyncLifetime
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Pairs = "q=x%20y&q=x+y&a=%2A&b=%E2%98%83&a=&c&%C3%BC=1%2B1&q=%252F";
    private OAuthlibProvider provider = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => provider = await OAuthlibProvider.StartAsync(Cancel);

    public ValueTask DisposeAsync() => provider.DisposeAsync();

    [Theory]
    [InlineData("HMAC-SHA256")]
    [InlineData("RSA-SHA512")]
    [InlineData("PLAINTEXT")]
    public async Task A_call_is_signed_with_all_the_caller_wrote(string method)
    {
        var id = await ConnectAsync(Rest(method));

        var get = (await product.Api.ReadAsync($"/api/connections/{id}/call/two-legged/a%2Fb?{Pairs}&&")).Ok().Json;
        get.Text("uri").ShouldBe($"{provider.Url}/two-legged/a%2Fb?{Pairs}&&");
        var post = (await SendAsync(id, new ByteArrayContent(Encoding.ASCII.GetBytes(Pairs)), Form)).Ok().Json;
        post.Text("body").ShouldBe(Pairs);
        (await SendAsync(id, new StringContent("""{"a":1}"""), "application/json")).Ok().Json.Text("type").ShouldBe("application/json");
    }

    [Fact]
    public async Task A_token_somebody_brings_is_signed_with()
    {
        var id = await ConnectAsync(Rest("HMAC-SHA1", test: "me", token: provider.Token, tokenSecret: provider.TokenSecret));

        (await product.Api.ReadAsync($"/api/connections/{id}/call/me")).Ok().Json.Text("name").ShouldBe("Alice");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_signature_goes_into_a_form(bool lengthKnown)
    {
        var id = await ConnectAsync(InBody);

        var answer = (await SendAsync(id, lengthKnown ? new ByteArrayContent(Encoding.ASCII.GetBytes(Pairs)) : new Chunked(Pairs), Form + "; charset=utf-8")).Ok().Json;

        answer.Text("body").ShouldNotBeNull().ShouldStartWith(Pairs + "&oauth_consumer_key=");
        answer.Text("type").ShouldBe(Form + "; charset=utf-8");
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_signed_by_its_hash()
    {
        var id = await ConnectAsync(InBody);

        (await SendAsync(id, new StringContent("""{"a":"ü"}"""), "application/json")).Ok().Json["body_hash"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_form_too_large_to_be_signed_is_refused_with_the_limit(bool lengthKnown)
    {
        var id = await ConnectAsync(Rest("HMAC-SHA1"));
        var large = new string('a', (1024 * 1024) + 1);

        var answer = await SendAsync(id, lengthKnown ? new StringContent(large) : new Chunked(large), Form);

        answer.Is(413).Text.ShouldContain("The body is too large: bodies that are signed may have at most 1024 KiB.");
    }

    [Fact]
    public async Task What_is_not_signed_may_be_as_large_as_it_likes()
    {
        var id = await ConnectAsync(Rest("HMAC-SHA1"));

        (await SendAsync(id, new StringContent(new string('a', 3 * 1024 * 1024)), "text/plain")).Ok();
    }

    [Fact]
    public async Task An_app_whose_clock_is_wrong_is_connected_all_the_same()
    {
        await provider.SetClockAsync(TimeSpan.FromMinutes(7), Cancel);

        var id = await ConnectAsync(Rest("HMAC-SHA1"));

        (await product.Api.ReadAsync($"/api/connections/{id}/call/two-legged")).Ok();
    }

    [Fact]
    public async Task An_app_whose_clock_goes_wrong_is_called_with_its_own_time_from_then_on_and_not_lost()
    {
        var id = await ConnectAsync(Rest("HMAC-SHA1"));
        await provider.SetClockAsync(TimeSpan.FromHours(-2), Cancel);

        await product.Api.ReadAsync($"/api/connections/{id}/call/two-legged");

        (await product.Api.ReadAsync($"/api/connections/{id}/call/two-legged")).Ok();
        (await product.GetConnectionAsync(id)).Text("authorization_status").ShouldBe("success");
    }

    [Fact]
    public async Task A_wrong_secret_is_told()
    {
        var connection = await product.CreateAsync("rest", Rest("HMAC-SHA1", secret: "wrong"));

        connection.Text("authorization_status").ShouldBe("failed");
    }

    [Fact]
    public async Task A_private_key_that_cannot_be_read_is_told_of_its_field()
    {
        var answer = await product.Api.SendAsync("/api/connections", new { name = "x", provider = "rest", input = Rest("RSA-SHA1", privateKey: "-----BEGIN nonsense") });

        answer.Is(400).Text.ShouldContain("oauth1_private_key");
    }

    [Fact]
    public async Task The_addresses_of_a_person_are_all_given_or_none()
    {
        var input = Rest("HMAC-SHA1");
        input["oauth1_request_token_url"] = $"{provider.Url}/initiate";

        var answer = (await product.Api.SendAsync("/api/connections", new { name = "x", provider = "rest", input })).Is(400).Text;

        answer.ShouldContain("oauth1_authorize_url");
        answer.ShouldContain("oauth1_access_token_url");
    }

    private Dictionary<string, string?> InBody => new()
    {
        ["place"] = "two_legged_body", ["url"] = provider.Url, ["path"] = "two-legged", ["key"] = provider.ClientKey, ["secret"] = provider.ClientSecret,
    };

    private Dictionary<string, string?> Rest(string method, string test = "two-legged/me", string? secret = null, string? privateKey = null, string? token = null, string? tokenSecret = null) => new()
    {
        ["auth_type"] = "oauth1", ["base_uri"] = provider.Url, ["test_path"] = test, ["oauth1_signature_method"] = method,
        ["oauth1_consumer_key"] = provider.ClientKey, ["oauth1_consumer_secret"] = secret ?? provider.ClientSecret,
        ["oauth1_private_key"] = privateKey ?? provider.PrivateKey, ["oauth1_token"] = token, ["oauth1_token_secret"] = tokenSecret,
    };

    private async Task<int> ConnectAsync(Dictionary<string, string?> input)
    {
        var connection = await product.CreateAsync(input.ContainsKey("place") ? "oauthlib" : "rest", input);
        connection.Text("authorization_status").ShouldBe("success", connection.ToJsonString());
        return connection.Id;
    }

    private Task<Answer> SendAsync(int id, HttpContent content, string type)
    {
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return product.Api.AskAsync(new HttpRequestMessage(HttpMethod.Post, $"/api/connections/{id}/call/two-legged?{Pairs}") { Content = content });
    }

    // Of a length nobody says beforehand.
    private sealed class Chunked(string text) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => stream.WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
