using Workato.Connections.Answers;

namespace Workato.Connections.Tests.Answers;

public class WordsTests
{
    [Theory]
    [InlineData(401, "401 Unauthorized")]
    [InlineData(404, "404 Not Found")]
    [InlineData(500, "500 Internal Server Error")]
    [InlineData(429, "429 Too Many Requests")]
    [InlineData(299, "299")]
    public void A_status_is_named_as_people_know_it(int status, string name) => Words.Name(status).ShouldBe(name);

    [Fact]
    public void Rejected_credentials_are_told_with_cause_and_next_step() => Words.Rejected("Zendesk", 401, null).ShouldBe(
        "Zendesk did not accept the credentials (401 Unauthorized). They were mistyped, or changed or revoked in Zendesk: check them there and enter them again.");

    [Fact]
    public void What_the_app_says_itself_stands_in_between() => Words.Rejected("Zendesk", 401, "Couldn't authenticate you.").ShouldBe(
        "Zendesk did not accept the credentials (401 Unauthorized). Zendesk says: “Couldn't authenticate you”. They were mistyped, or changed or revoked in Zendesk: check them there and enter them again.");

    [Fact]
    public void A_missing_permission_points_at_the_users_permissions() => Words.Forbidden("Zendesk", 403, null).ShouldBe(
        "Zendesk refused the request (403 Forbidden). Either its user may not do this, or the credentials are wrong: check both in Zendesk.");

    [Fact]
    public void A_wrong_address_names_the_host() => Words.WrongAddress("Zendesk", 404, "acme.zendesk.com").ShouldBe(
        "There is no Zendesk at this address (404 Not Found from acme.zendesk.com). Check the address settings of the connection.");

    [Fact]
    public void An_app_in_trouble_does_not_blame_the_connection() => Words.InTrouble("Zendesk", 503).ShouldBe(
        "Zendesk is in trouble (503 Service Unavailable). Test again later; nothing is known to be wrong with the connection.");

    [Fact]
    public void An_app_that_asks_to_slow_down_does_not_blame_the_connection() => Words.InTrouble("Zendesk", 429).ShouldBe(
        "Zendesk asks us to slow down (429 Too Many Requests). Test again in a few minutes; nothing is wrong with the connection.");

    [Fact]
    public void A_redirect_names_where_to() => Words.Redirected("Zendesk", "login.example").ShouldBe(
        "Zendesk sends us on to login.example instead of answering, often to a sign-in page. Check the address settings of the connection.");

    [Fact]
    public void A_redirect_to_nowhere_in_particular_is_told_too() => Words.Redirected("Zendesk", null).ShouldContain("another address");

    [Fact]
    public void A_page_instead_of_the_API_is_told_by_its_type() => Words.NotTheApi("Zendesk", "text/html").ShouldBe(
        "Something answered that is not Zendesk's API (it sent text/html). Check the address settings of the connection.");
}
