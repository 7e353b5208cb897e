using System.Security.Cryptography;
using Workato.Connections.AuthMethods.OAuth1;
using Workato.Connections.Secrets;

namespace Workato.Connections.Tests.AuthMethods.OAuth1;

/// <summary>The examples of RFC 5849 itself.</summary>
public class Rfc5849Tests
{
    private static readonly (string, string)[] Printer = [("oauth_consumer_key", "dpf43f3p2l4k3l03"), ("oauth_signature_method", "HMAC-SHA1")];

    // Section 3.1.
    private static readonly Uri Address = new("http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b");
    private static readonly (string, string)[] Protocol =
    [
        ("oauth_consumer_key", "9djdj82h48djs9d2"), ("oauth_token", "kkk9d7dh3k39sjv7"), ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", "137131201"), ("oauth_nonce", "7d8f3e4a"),
    ];

    private static IEnumerable<(string, string)> All => FormText.OfQuery(Address).Pairs.Concat(FormText.OfBody("c2&a3=2+q"u8).Pairs).Concat(Protocol);

    [Fact]
    public void The_parameters_of_section_3_4_1_3_1_are_collected() => FormText.OfQuery(Address).Pairs.Concat(FormText.OfBody("c2&a3=2+q"u8).Pairs).ShouldBe(
        [("b5", "%3D%253D"), ("a3", "a"), ("c%40", ""), ("a2", "r%20b"), ("c2", ""), ("a3", "2%20q")]);

    [Fact]
    public void The_parameters_of_section_3_4_1_3_2_are_normalized() => BaseString.Normalized(All).ShouldBe(
        "a2=r%20b&a3=2%20q&a3=a&b5=%3D%253D&c%40=&c2=&oauth_consumer_key=9djdj82h48djs9d2&oauth_nonce=7d8f3e4a"
        + "&oauth_signature_method=HMAC-SHA1&oauth_timestamp=137131201&oauth_token=kkk9d7dh3k39sjv7");

    [Fact]
    public void The_base_string_of_section_3_4_1_1_is_made() => BaseString.Of(new("post"), Address, All).ShouldBe(
        "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D"
        + "%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1"
        + "%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7");

    // Errata 2550: the signature printed in the document belongs to another base string.
    [Fact]
    public void The_request_of_section_3_1_is_signed() =>
        Sign(BaseString.Of(HttpMethod.Post, Address, All), "j49sk3j29djd", "dh893hdasih9").ShouldBe("r6/TJjbCOr97/+UU0NsvSne7s5g=");

    [Fact]
    public void The_request_for_temporary_credentials_of_section_1_2_is_signed() =>
        Sign(BaseString.Of(HttpMethod.Post, new("https://photos.example.net/initiate"),
            [.. Printer, ("oauth_timestamp", "137131200"), ("oauth_nonce", "wIjqoS"), ("oauth_callback", ParameterEncoding.Encode("http://printer.example.com/ready"))]),
            "kd94hf93k423kf44", null).ShouldBe("74KNZJeDHnMBp0EMJ9ZHt/XKycU=");

    [Fact]
    public void The_request_for_token_credentials_of_section_1_2_is_signed() =>
        Sign(BaseString.Of(HttpMethod.Post, new("https://photos.example.net/token"),
            [.. Printer, ("oauth_token", "hh5s93j4hdidpola"), ("oauth_timestamp", "137131201"), ("oauth_nonce", "walatlh"), ("oauth_verifier", "hfdp7dh39dks9884")]),
            "kd94hf93k423kf44", "hdhd0244k9j7ao03").ShouldBe("gKgrFCywp7rO0OXSjdot/IHF7IU=");

    [Fact]
    public void The_request_for_the_photo_of_section_1_2_is_signed()
    {
        var photo = new Uri("http://photos.example.net/photos?file=vacation.jpg&size=original");

        Sign(BaseString.Of(HttpMethod.Get, photo,
            [.. FormText.OfQuery(photo).Pairs, .. Printer, ("oauth_token", "nnch734d00sl2jdk"), ("oauth_timestamp", "137131202"), ("oauth_nonce", "chapoH")]),
            "kd94hf93k423kf44", "pfkkdhi9sl3r4s00").ShouldBe("MdpQcU8iPSUjWoN/UDMsK2sui9I=");
    }

    [Theory]
    [InlineData("http://EXAMPLE.COM:80/r%20v/X?id=123", "http://example.com/r%20v/X")]
    [InlineData("https://www.example.net:8080/?q=1", "https://www.example.net:8080/")]
    [InlineData("https://example.com", "https://example.com/")]
    [InlineData("http://[::1]:443/a", "http://[::1]:443/a")]
    [InlineData("https://bücher.example/a", "https://xn--bcher-kva.example/a")]
    public void The_address_is_as_section_3_4_1_2_has_it(string address, string expected) => BaseString.Address(new(address)).ShouldBe(expected);

    [Fact]
    public void Letters_digits_and_four_marks_alone_stay_as_they_are() =>
        ParameterEncoding.Encode("azAZ09-._~ +%&=*'()!/☃").ShouldBe("azAZ09-._~%20%2B%25%26%3D%2A%27%28%29%21%2F%E2%98%83");

    [Theory]
    [InlineData("%7e%2a*", "~%2A%2A")]
    [InlineData("a+b%2Bc", "a%20b%2Bc")]
    [InlineData("%e4", "%E4")]
    [InlineData("100%", "100%25")]
    [InlineData("%zz", "%25zz")]
    [InlineData("%+1", "%25%201")]
    public void What_is_encoded_already_is_encoded_anew_and_once(string written, string expected) =>
        FormText.OfBody(System.Text.Encoding.UTF8.GetBytes(written)).Pairs.ShouldBe([(expected, "")]);

    [Fact]
    public void An_RSA_signature_is_what_the_public_key_says_it_is()
    {
        using var rsa = RSA.Create(2048);

        foreach (var (name, hash) in new[] { ("RSA-SHA1", HashAlgorithmName.SHA1), ("RSA-SHA256", HashAlgorithmName.SHA256), ("RSA-SHA512", HashAlgorithmName.SHA512) })
        {
            var signature = SignatureMethods.Find(name)!.Sign("GET&x", new(null, null, new Secret(rsa.ExportPkcs8PrivateKeyPem())));
            rsa.VerifyData("GET&x"u8, Convert.FromBase64String(signature), hash, RSASignaturePadding.Pkcs1).ShouldBeTrue();
        }
    }

    // Section 3.4.4.1, with an ampersand of the secret's own.
    [Fact]
    public void A_plain_text_signature_is_both_secrets_encoded() =>
        SignatureMethods.Find("PLAINTEXT")!.Sign("", new(new Secret("djr9rjt0jd&78jf88"), new Secret("a b"), null)).ShouldBe("djr9rjt0jd%2678jf88&a%20b");

    private static string Sign(string baseString, string secret, string? tokenSecret) =>
        SignatureMethods.Find("HMAC-SHA1")!.Sign(baseString, new(new Secret(secret), tokenSecret is null ? null : new Secret(tokenSecret), null));
}
