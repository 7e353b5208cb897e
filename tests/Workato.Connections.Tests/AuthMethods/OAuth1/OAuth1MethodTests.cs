using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Workato.Connections.AuthMethods;
using Workato.Connections.AuthMethods.OAuth1;

namespace Workato.Connections.Tests.AuthMethods.OAuth1;

public sealed partial class OAuth1MethodTests : AuthMethodContract
{
    private static readonly OAuth1Terms Terms = new() { ConsumerKey = Template.Parse("{key}"), ConsumerSecret = Template.Parse("{secret}") };

    protected override IAuthMethod Method => new OAuth1Method();

    protected override Placement Good => new() { OAuth1 = Terms };

    protected override IEnumerable<Placement> Nonsense =>
    [
        Placement.None,
        Good with { Headers = new Dictionary<string, Template> { ["X-Key"] = Template.Parse("{key}") } },
        With(t => t with { SignatureMethod = Template.Parse("HMAC-MD5") }),
        With(t => t with { TokenSecret = Template.Parse("{token_secret}") }),
    ];

    protected override FieldValues Values => Given(("key", "ck"), ("secret", "cs"));

    protected override HttpRequestMessage ForgedRequest
    {
        get
        {
            var request = Request($"https://app.example/things?oauth_token={Forged}&OAUTH_nonce={Forged}&oauth%5Fsignature={Forged}");
            request.Headers.TryAddWithoutValidation("Authorization", $"OAuth oauth_consumer_key=\"{Forged}\"");
            return request;
        }
    }

    [Fact]
    public void No_two_requests_have_the_same_nonce()
    {
        var credentials = Method.Bind(Good, Values);

        Enumerable.Range(0, 100).Select(_ => Header(credentials, "oauth_nonce")).Distinct().Count().ShouldBe(100);
    }

    [Fact]
    public void Without_a_token_only_the_consumer_signs() => Authorization(Good, Values).ShouldNotContain("oauth_token");

    [Fact]
    public void The_token_the_app_issued_is_used() =>
        Authorization(Good, Values.With(new Tokens { AccessToken = new("at"), TokenSecret = new("ts") })).ShouldContain("oauth_token=\"at\"");

    [Fact]
    public void A_token_somebody_brings_is_used_with_its_own_secret_and_none_other()
    {
        var placement = With(t => t with { SignatureMethod = Template.Parse("PLAINTEXT"), Token = Template.Parse("{token}"), TokenSecret = Template.Parse("{its_secret}") });
        var issued = new Tokens { AccessToken = new("at"), TokenSecret = new("ts") };

        Authorization(placement, Given(("key", "ck"), ("secret", "cs"), ("token", "mine"), ("its_secret", "s")).With(issued)).ShouldContain("oauth_token=\"mine\"");
        Header(Method.Bind(placement, Given(("key", "ck"), ("secret", "cs"), ("token", "mine"), ("its_secret", "s")).With(issued)), "oauth_signature").ShouldBe("cs%26s");
        Header(Method.Bind(placement, Given(("key", "ck"), ("secret", "cs"), ("token", "mine")).With(issued)), "oauth_signature").ShouldBe("cs%26");
        Header(Method.Bind(placement, Values.With(issued)), "oauth_signature").ShouldBe("cs%26ts");
    }

    [Fact]
    public void The_client_of_a_profile_is_used_where_the_file_names_none()
    {
        var placement = With(t => t with { ConsumerKey = null, ConsumerSecret = null, SignatureMethod = Template.Parse("PLAINTEXT") });

        Authorization(placement, Given().With(new OAuthClient("pk", new("ps")))).ShouldContain("oauth_consumer_key=\"pk\"");
        Header(Method.Bind(placement, Given().With(new OAuthClient("pk", new("ps")))), "oauth_signature").ShouldBe("ps%26");
    }

    [Fact]
    public void The_realm_is_quoted_in_the_header_and_left_out_where_it_is_empty()
    {
        var placement = With(t => t with { Realm = Template.Parse("{realm}") });

        Authorization(placement, Given(("key", "ck"), ("realm", "a \"b\" \\"))).ShouldStartWith("""OAuth realm="a \"b\" \\", oauth_consumer_key="ck", """);
        Authorization(placement, Values).ShouldStartWith("OAuth oauth_consumer_key=");
    }

    [Fact]
    public void A_realm_that_cannot_stand_in_a_header_is_a_problem() =>
        Method.Problems(With(t => t with { Realm = Template.Parse("{realm}") }), Given(("key", "ck"), ("realm", "Zürich"))).ShouldBe([("realm", "must hold only plain ASCII characters")]);

    [Fact]
    public void A_signature_method_that_does_not_exist_is_a_problem_of_its_field() =>
        Method.Problems(With(t => t with { SignatureMethod = Template.Parse("{how}") }), Given(("key", "ck"), ("how", "HMAC-MD5"))).ShouldBe(
            [("how", "is not a signature method; allowed: HMAC-SHA1, HMAC-SHA256, HMAC-SHA512, RSA-SHA1, RSA-SHA256, RSA-SHA512, PLAINTEXT")]);

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("public")]
    [InlineData("elliptic")]
    [InlineData("too short")]
    [InlineData("with a passphrase")]
    public void A_private_key_that_cannot_sign_is_a_problem_of_its_field(string kind)
    {
        using var rsa = RSA.Create(kind == "too short" ? 512 : 2048);
        using var elliptic = ECDsa.Create();
        var key = kind switch
        {
            "public" => rsa.ExportSubjectPublicKeyInfoPem(),
            "elliptic" => elliptic.ExportPkcs8PrivateKeyPem(),
            "too short" => rsa.ExportPkcs8PrivateKeyPem(),
            "with a passphrase" => rsa.ExportEncryptedPkcs8PrivateKeyPem("open", new(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000)),
            _ => kind,
        };

        var problem = Method.Problems(Rsa, Given(("key", "ck"), ("private_key", key))).ShouldHaveSingleItem();

        problem.Field.ShouldBe("private_key");
        problem.Problem.ShouldStartWith("must be an RSA private key for RSA-SHA512: PEM, ");
        Authorization(Rsa, Given(("key", "ck"), ("private_key", key))).ShouldContain("oauth_signature=\"\"");
    }

    [Fact]
    public void A_private_key_may_be_written_in_any_of_the_usual_ways()
    {
        using var rsa = RSA.Create(2048);

        foreach (var key in new[] { rsa.ExportPkcs8PrivateKeyPem(), rsa.ExportRSAPrivateKeyPem(), rsa.ExportRSAPrivateKeyPem().Replace("\n", "\\n", StringComparison.Ordinal), "\n" + rsa.ExportPkcs8PrivateKeyPem() + "\r\n" })
            Method.Problems(Rsa, Given(("key", "ck"), ("private_key", key))).ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_private_key_of_its_own_the_secret_is_the_private_key()
    {
        using var rsa = RSA.Create(2048);
        var placement = With(t => t with { ConsumerKey = null, ConsumerSecret = null, SignatureMethod = Template.Parse("RSA-SHA1") });

        Header(Method.Bind(placement, Given().With(new OAuthClient("pk", new(rsa.ExportRSAPrivateKeyPem())))), "oauth_signature").ShouldNotBeEmpty();
    }

    [Fact]
    public void A_private_key_is_not_asked_for_where_nothing_is_signed_by_it() =>
        Method.Problems(With(t => t with { PrivateKey = Template.Parse("{private_key}") }), Values).ShouldBeEmpty();

    protected override string Lasting(string put) => EachTime().Replace(put, "$1=");

    private static Placement Rsa => With(t => t with { SignatureMethod = Template.Parse("RSA-SHA512"), PrivateKey = Template.Parse("{private_key}") });

    private static Placement With(Func<OAuth1Terms, OAuth1Terms> otherwise) => new() { OAuth1 = otherwise(Terms) };

    private static string Authorization(Placement placement, FieldValues values) => Put(new OAuth1Method().Bind(placement, values));

    private static string Header(IRequestCredentials credentials, string parameter) => Regex.Match(Put(credentials), $"{parameter}=\"([^\"]*)\"").Groups[1].Value;

    private static string Put(IRequestCredentials credentials)
    {
        using var request = Request();
        credentials.PutOn(request);
        return request.Headers.GetValues("Authorization").Single();
    }

    // RFC 5849 section 3.3: no two requests have the same nonce, and so no two the same signature.
    [GeneratedRegex("(oauth_(?:nonce|timestamp|signature))=\"[^\"]*\"")]
    private static partial Regex EachTime();
}
