using Workato.Connections.Authorizing;
using Workato.Connections.Connectors;
using Workato.Connections.Egress;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests;

/// <summary>What is accepted as the input of a connection, and in which words the rest is refused.</summary>
public class ConnectionInputTests
{
    private const string File = """
        provider: acme_desk
        title: Acme Desk
        description: Tickets.
        categories: [Support]
        docs: https://acme.example
        base_url: https://{subdomain}.{host}/{path}
        choose_by: auth_type
        fields:
          - {name: subdomain, label: Subdomain, control: subdomain}
          - {name: host, label: Host, control: host, default: acme.example}
          - {name: path, label: Path, required: false}
          - {name: sandbox, label: Sandbox, control: checkbox, required: false}
          - {name: region, label: Region, control: select, required: false, options: [{value: eu}, {value: us}]}
        sign_in:
          - name: basic
            title: Password
            method: basic
            fields:
              - {name: username, label: User}
              - {name: password, label: Password, control: password}
            username: "{username}"
            password: "{password}"
          - name: headers
            title: Headers
            method: api_key
            fields:
              - {name: pairs, label: Headers, control: textarea, secret: true}
            headers_from: pairs
        test: {path: /me}
        guide: Ask.
        """;

    private static readonly Connector Acme = ConnectorReader.Read("acme.yaml", File).Connector!;

    [Fact]
    public void Settings_and_secrets_are_told_apart()
    {
        var values = Check().Granted().Values;

        values.Settings.ShouldBe(new Dictionary<string, string> { ["subdomain"] = "acme", ["host"] = "acme.example", ["username"] = "bot" }, ignoreOrder: true);
        values.Secrets.Keys.ShouldBe(["password"]);
    }

    [Fact]
    public void The_first_way_to_sign_in_is_taken_where_none_is_chosen() => Check().Granted().Way.Name.ShouldBe("basic");

    [Fact]
    public void Spaces_around_a_setting_are_taken_away() => Check(("subdomain", " acme ")).Granted().Values.Settings["subdomain"].ShouldBe("acme");

    [Fact]
    public void Spaces_around_a_password_stay() => Check(("password", " p ")).Granted().Values.Secrets["password"].Reveal().ShouldBe(" p ");

    [Theory]
    [InlineData("auth_type", "oauth", "is not a way to sign in to Acme Desk; allowed: basic, headers")]
    [InlineData("passwort", "x", "is not a field of Acme Desk when signing in by Password; allowed: subdomain, host, path, sandbox, region, username, password, auth_type")]
    [InlineData("pairs", "X-Key: 1", "is not a field of Acme Desk when signing in by Password; allowed: subdomain, host, path, sandbox, region, username, password, auth_type")]
    [InlineData("username", "", "can't be blank")]
    [InlineData("username", "a:b", "must not contain a colon")]
    [InlineData("username", "a\nb", "must not contain control characters or line breaks")]
    [InlineData("username", "a\0b", "must not contain control characters or line breaks")]
    [InlineData("password", null, "can't be blank")]
    [InlineData("password", "copied\n", "must not contain control characters or line breaks")]
    [InlineData("region", "asia", "is not included in the list; allowed: eu, us")]
    [InlineData("sandbox", "yes", "must be true or false")]
    [InlineData("subdomain", "https://acme", "must be a part of a host name: letters, digits and hyphens, without https:// and slashes")]
    [InlineData("subdomain", "acme/", "must be a part of a host name: letters, digits and hyphens, without https:// and slashes")]
    [InlineData("subdomain", "evil.example/x?", "must be a part of a host name: letters, digits and hyphens, without https:// and slashes")]
    [InlineData("subdomain", "user@evil", "must be a part of a host name: letters, digits and hyphens, without https:// and slashes")]
    [InlineData("subdomain", "-acme", "must be a part of a host name: letters, digits and hyphens, without https:// and slashes")]
    [InlineData("host", "https://acme.example", "must be a host name such as acme.example.com, without https:// and slashes")]
    [InlineData("host", "evil.example#", "must be a host name such as acme.example.com, without https:// and slashes")]
    [InlineData("host", "user@evil.example", "must be a host name such as acme.example.com, without https:// and slashes")]
    public void What_is_wrong_is_told_by_field(string field, string? value, string problem) => Check((field, value)).RefusedField("input." + field).ShouldBe(problem);

    [Fact]
    public void A_value_that_is_too_long_is_refused() => Check(("username", new('x', 4097))).RefusedField("input.username").ShouldBe("is too long (maximum is 4096 characters)");

    [Fact]
    public void Several_lines_may_be_longer_and_have_breaks() =>
        Check(("auth_type", "headers"), ("username", null), ("password", null), ("pairs", "X-A: 1\r\nX-B: " + new string('2', 5000))).Granted();

    [Fact]
    public void A_bad_line_is_told_without_repeating_it() =>
        Check(("auth_type", "headers"), ("username", null), ("password", null), ("pairs", "hunter2")).RefusedField("input.pairs").ShouldBe("line 1 is not of the form 'X-Api-Key: abc123'");

    [Fact]
    public void Fields_of_another_way_that_were_left_empty_are_no_mistake() => Check(("pairs", "")).Granted();

    [Theory]
    [InlineData("http://acme.example", "must begin with https://")]
    [InlineData("ftp://acme.example", "must begin with https://")]
    [InlineData("https://127.0.0.1", "points inside the network; an operator can allow it with Egress__AllowedNetworks")]
    [InlineData("https://2130706433/", "points inside the network; an operator can allow it with Egress__AllowedNetworks")]
    [InlineData("https://user:pass@acme.example", "must not hold a user name or password")]
    [InlineData("https://acme.example/?a=b", "must be an address such as https://acme.example.com/api, without ? and #")]
    [InlineData("https://acme.example/#a", "must be an address such as https://acme.example.com/api, without ? and #")]
    [InlineData("acme.example", "must be an address such as https://acme.example.com/api, without ? and #")]
    [InlineData("/etc/passwd", "must begin with https://")]
    public void An_address_is_checked_before_anything_is_sent(string address, string problem) =>
        new ConnectionInput(TestCatalog.Instance.Find("test_desk")!, new EgressRules([]))
            .Check(new Dictionary<string, string?> { ["url"] = address, ["username"] = "bot", ["password"] = "p" }, null)
            .RefusedField("input.url").ShouldBe(problem);

    [Fact]
    public void A_port_that_is_none_makes_no_address() => Check(("host", "acme.example:99999")).RefusedField("input.subdomain").ShouldBe("makes no valid address");

    [Theory]
    [InlineData("v1?x=")]
    [InlineData("v1#")]
    [InlineData("../admin")]
    [InlineData("v1/%2e%2e/admin")]
    [InlineData("..\\admin")]
    public void A_setting_in_the_path_stays_in_the_path(string path) => Check(("path", path)).RefusedField("input.subdomain").ShouldContain("not allowed");

    [Fact]
    public void A_setting_not_given_stays_as_it_is()
    {
        var current = Check(("region", "eu")).Granted();

        Check(current, ("password", "newer")).Granted().Values.Settings["region"].ShouldBe("eu");
    }

    [Fact]
    public void An_empty_text_takes_a_setting_away()
    {
        var current = Check(("region", "eu")).Granted();

        Check(current, ("region", "")).Granted().Values.Settings.Keys.ShouldNotContain("region");
    }

    [Fact]
    public void A_changed_path_on_the_same_host_keeps_the_secrets()
    {
        var current = Check().Granted();

        Check(current, ("path", "v2")).Granted().Values.Secrets["password"].Reveal().ShouldBe("p");
    }

    [Theory]
    [InlineData("subdomain", "other")]
    [InlineData("host", "evil.example")]
    [InlineData("host", "acme.example:8443")]
    public void A_changed_host_or_port_demands_the_secrets_again(string field, string value)
    {
        var current = Check().Granted();

        Check(current, (field, value)).RefusedField("input.password").ShouldStartWith("must be given again");
    }

    private static Result<OpenCredentials> Check(params (string Name, string? Value)[] given)
    {
        var input = new Dictionary<string, string?> { ["subdomain"] = "acme", ["username"] = "bot", ["password"] = "p" };
        foreach (var (name, value) in given) input[name] = value;
        return new ConnectionInput(Acme, new EgressRules([])).Check(input, null);
    }

    private static Result<OpenCredentials> Check(OpenCredentials current, params (string Name, string? Value)[] given) =>
        new ConnectionInput(Acme, new EgressRules([])).Check(given.ToDictionary(g => g.Name, g => g.Value), current);
}
