using System.Text;
using Workato.Connections.Recipes.Workbot;
using Workato.Connections.Secrets;

namespace Workato.Connections.Tests.Recipes.Workbot;

/// <summary>Slack's signature, by the example of its own documents.</summary>
public sealed class SlackSignatureTests
{
    private const string Timestamp = "1531420618";
    private const string Signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    private const string Body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private static readonly Secret SigningSecret = new("8f742231b10e8888abcd99yyyzzz85a5");
    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1531420618);

    [Fact]
    public void What_Slack_signed_is_Slacks_for_five_minutes()
    {
        Problem(Then).ShouldBeNull();
        Problem(Then.AddMinutes(5)).ShouldBeNull();
        Problem(Then.AddMinutes(5).AddSeconds(1)).ShouldNotBeNull().ShouldContain("five minutes");
        Problem(Then.AddMinutes(-6)).ShouldNotBeNull().ShouldContain("five minutes");
    }

    [Theory]
    [InlineData(null, Signature, "not signed")]
    [InlineData(Timestamp, null, "not signed")]
    [InlineData("yesterday", Signature, "timestamp")]
    [InlineData("99999999999999999", Signature, "timestamp")]
    [InlineData(Timestamp, "v0=a2114d57", "signature")]
    [InlineData("1531420619", Signature, "signature")]
    public void Anything_else_is_not(string? timestamp, string? signature, string words) =>
        SlackSignature.Problem(SigningSecret, timestamp, signature, Encoding.UTF8.GetBytes(Body), Then).ShouldNotBeNull().ShouldContain(words);

    [Fact]
    public void Without_a_signing_secret_nothing_is() => SlackSignature.Problem(null, Timestamp, Signature, Encoding.UTF8.GetBytes(Body), Then).ShouldNotBeNull().ShouldContain("signature");

    private static string? Problem(DateTimeOffset now) => SlackSignature.Problem(SigningSecret, Timestamp, Signature, Encoding.UTF8.GetBytes(Body), now);
}
