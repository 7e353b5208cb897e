using Workato.Connections.Connectors;

namespace Workato.Connections.Tests.Connectors;

public class NearestTests
{
    private static readonly string[] Words = ["zendesk", "zendesk_secondary", "sendgrid", "jira"];

    [Theory]
    [InlineData("zendes", "zendesk")]
    [InlineData("zendesck", "zendesk")]
    [InlineData("Zendesk", "zendesk")]
    [InlineData("sengrid", "sendgrid")]
    [InlineData("zendesk_se", "zendesk_secondary")]
    [InlineData("jria", "jira")]
    public void A_slip_of_the_finger_finds_what_was_meant(string word, string meant) => Nearest.To(word, Words).ShouldBe(meant);

    [Theory]
    [InlineData("salesforce")]
    [InlineData("x")]
    [InlineData("")]
    public void A_word_like_none_of_them_finds_nothing(string word) => Nearest.To(word, Words).ShouldBeNull();
}
