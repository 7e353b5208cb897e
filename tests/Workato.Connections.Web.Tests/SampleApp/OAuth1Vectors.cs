using Workato.Connections.SampleApp.SignIn.OAuth1;

namespace Workato.Connections.Web.Tests.SampleApp;

/// <summary>The signature check against the examples of RFC 5849, which nobody here made up.</summary>
public sealed class OAuth1Vectors
{
    [Fact]
    public void The_base_string_of_section_3_4_1_1_comes_out()
    {
        Example3411.BaseString.ShouldBe(
            "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2"
            + "%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7");
    }

    // The RFC gives no secrets for it; these, and the signature, are from its erratum 2550.
    [Fact]
    public void The_signature_of_section_3_4_1_1_fits() =>
        Fits(Example3411, "r6/TJjbCOr97/+UU0NsvSne7s5g=", "j49sk3j29djd", "dh893hdasih9").ShouldBeTrue();

    [Fact]
    public void The_three_signatures_of_section_1_2_fit()
    {
        var initiate = new SignedRequest("POST", "https", "photos.example.net", "/initiate", "", """
            realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131200",
            oauth_nonce="wIjqoS", oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready", oauth_signature="74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D"
            """, "");
        var token = new SignedRequest("POST", "https", "photos.example.net", "/token", "", """
            realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="hh5s93j4hdidpola", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201",
            oauth_nonce="walatlh", oauth_verifier="hfdp7dh39dks9884", oauth_signature="gKgrFCywp7rO0OXSjdot%2FIHF7IU%3D"
            """, "");
        var photo = new SignedRequest("GET", "http", "photos.example.net", "/photos", "file=vacation.jpg&size=original", """
            realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202",
            oauth_nonce="chapoH", oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"
            """, "");

        Fits(initiate, "74KNZJeDHnMBp0EMJ9ZHt/XKycU=", "kd94hf93k423kf44", "").ShouldBeTrue();
        Fits(token, "gKgrFCywp7rO0OXSjdot/IHF7IU=", "kd94hf93k423kf44", "hdhd0244k9j7ao03").ShouldBeTrue();
        Fits(photo, "MdpQcU8iPSUjWoN/UDMsK2sui9I=", "kd94hf93k423kf44", "pfkkdhi9sl3r4s00").ShouldBeTrue();
    }

    [Theory]
    [InlineData("http", "EXAMPLE.COM:80", "/r%20v/X", "id=123", "GET&http%3A%2F%2Fexample.com%2Fr%2520v%2FX&id%3D123")]
    [InlineData("https", "www.example.net:8080", "/", "q=1", "GET&https%3A%2F%2Fwww.example.net%3A8080%2F&q%3D1")]
    [InlineData("https", "h", "/", "b=2&a=x&b=1&b=1", "GET&https%3A%2F%2Fh%2F&a%3Dx%26b%3D1%26b%3D1%26b%3D2")]
    [InlineData("https", "h", "/", "a=r+b&b=r%20b&c=%2b", "GET&https%3A%2F%2Fh%2F&a%3Dr%2520b%26b%3Dr%2520b%26c%3D%252B")]
    [InlineData("https", "h", "/", "n%c3%a4me=%e2%82%AC&x=%FF", "GET&https%3A%2F%2Fh%2F&n%25C3%25A4me%3D%25E2%2582%25AC%26x%3D%25FF")]
    [InlineData("https", "h", "/", "a%7e=1&a-=2", "GET&https%3A%2F%2Fh%2F&a-%3D2%26a~%3D1")]
    public void Addresses_come_out_as_sections_3_4_1_2_and_3_4_1_3_say(string scheme, string host, string path, string query, string baseString) =>
        new SignedRequest("get", scheme, host, path, query, "", "").BaseString.ShouldBe(baseString);

    private static SignedRequest Example3411 { get; } = new("POST", "http", "example.com", "/request", "b5=%3D%253D&a3=a&c%40=&a2=r%20b", """
        realm="Example", oauth_consumer_key="9djdj82h48djs9d2", oauth_token="kkk9d7dh3k39sjv7", oauth_signature_method="HMAC-SHA1",
        oauth_timestamp="137131201", oauth_nonce="7d8f3e4a", oauth_signature="bYT5CMsGcbgUdFHObYMEfcx6bsw%3D"
        """, "c2&a3=2+q");

    private static bool Fits(SignedRequest request, string signature, string consumerSecret, string tokenSecret) =>
        SignatureMethod.Find("HMAC-SHA1")!.Fits(new(request.BaseString, signature, consumerSecret, tokenSecret, null));
}
