using Workato.Connections.Connectors;

namespace Workato.Connections.Tests.Connectors;

public class ConnectorReaderTests
{
    private const string File = "acme.yaml";

    // Line numbers matter here: the tests below name them.
    private const string Good = """
        provider: acme_desk
        title: Acme Desk
        description: Support tickets and customers.
        categories: [Support]
        docs: https://developer.acme.example/reference
        base_url: https://{subdomain}.acme.example/api/v2
        choose_by: auth_type
        fields:
          - name: subdomain
            label: Subdomain
            control: subdomain
        sign_in:
          - name: api_token
            title: API token
            method: api_key
            fields:
              - name: api_key
                label: API token
                control: password
            headers:
              Authorization: Bearer {api_key}
          - name: basic
            title: Password
            method: basic
            fields:
              - name: username
                label: User
              - name: password
                label: Password
                control: password
            username: "{username}"
            password: "{password}"
        test:
          path: /users/me.json
          identity: [/user/email, /user/name]
        guide: Open Admin.
        operations:
          - name: get_ticket
            title: Get a ticket
            method: GET
            path: /tickets/{id}.json
            fields:
              - name: id
                label: Ticket
                in: path

        """;

    /// <summary>In the good file replace this by that, and the line and the words of the refusal.</summary>
    public static TheoryData<string, string, int, string> Refused => new()
    {
        // 1. Who it is.
        { "provider: acme_desk\n", "", 1, "'provider' is missing; write for example provider: acme_desk" },
        { "provider: acme_desk", "provider: AcmeDesk", 1, "'provider' must be small letters, digits and _, begin with a letter and not end in _secondary; write for example provider: acme_desk" },
        { "provider: acme_desk", "provider: 1desk", 1, "'provider' must be small letters, digits and _, begin with a letter and not end in _secondary; write for example provider: acme_desk" },
        { "provider: acme_desk", "provider: acme_secondary", 1, "'provider' must be small letters, digits and _, begin with a letter and not end in _secondary; write for example provider: acme_desk" },
        { "title: Acme Desk\n", "", 1, "'title' is missing; write for example title: Acme Desk" },
        { "title: Acme Desk\n", "title:\n", 1, "'title' is missing; write for example title: Acme Desk" },
        { "description: Support tickets and customers.\n", "", 1, "'description' is missing; write for example description: Support tickets and customers." },
        { "categories: [Support]", "categories: []", 4, "'categories' needs at least one; write for example categories: [Support]" },
        { "categories: [Support]", "categories: Support", 4, "'categories' must be a list, for example [one, two]" },
        { "docs: https:", "docs: http:", 5, "'docs' must be an address that begins with https://" },

        // 2. Where it is.
        { "base_url: https:", "base_url: http:", 6, "'base_url' must begin with https:// (or with a field of control: url)" },
        { "https://{subdomain}.acme", "https://{tenant}.acme", 6, "'base_url' names the field 'tenant', which is not under 'fields'" },
        { "    control: subdomain", "    control: text", 6, "'subdomain' stands in the host and therefore needs control: subdomain, host, select" },
        { "    control: subdomain", "    control: url", 6, "'subdomain' stands in the host and therefore needs control: subdomain, host, select" },
        { "base_url: https://{subdomain}.acme.example/api/v2", "base_url: \"{subdomain}/api\"", 6, "'base_url' begins with 'subdomain', which therefore needs control: url" },
        { "    control: subdomain", "    control: subdomain\n    secret: true", 6, "the secret 'subdomain' must not stand in an address" },
        { "base_url: https://{subdomain}.acme.example/api/v2", "base_url: \"https://{subdomain}.acme example\"", 6, "'base_url' makes no address; write for example base_url: https://api.acme.example/v2" },
        { "base_url: https://{subdomain}.acme.example/api/v2", "base_url: https://", 6, "'base_url' makes no address; write for example base_url: https://api.acme.example/v2" },

        // 3. Secondary connector.
        { "choose_by: auth_type", "choose_by: auth_type\nsecondary: yes please", 8, "'secondary' must be true or false" },

        // 4. Several ways to sign in.
        { "choose_by: auth_type\n", "", 11, "with two or more ways to sign in, 'choose_by' must name the input that chooses; write for example choose_by: auth_type" },
        { "  - name: basic\n", "  - name: api_token\n", 12, "two ways to sign in are called 'api_token'" },
        { "choose_by: auth_type", "choose_by: username", 12, "two fields are called 'username' when signing in by 'basic'" },

        // 5. Fields.
        { "  - name: subdomain\n    label", "  - label", 9, "'name' is missing; write for example name: api_key" },
        { "    label: Subdomain\n", "", 9, "'label' is missing; write for example label: API key" },
        { "- name: username", "- name: user-name", 26, "a field's name is letters, digits and _, beginning with a letter" },
        { "    control: subdomain", "    control: dropdown", 11, "there is no control 'dropdown'; write one of text, password, textarea, select, checkbox, subdomain, host, url" },
        { "    control: subdomain", "    control: select", 9, "'options' belong to control: select, and a select needs them" },
        { "    control: subdomain", "    control: subdomain\n    options:\n      - {value: eu}", 12, "'options' belong to control: select, and a select needs them" },
        { "    control: subdomain", "    control: select\n    options:\n      - {label: Europe}", 13, "'value' is missing; write for example value: eu" },
        { "    control: subdomain", "    control: select\n    default: us\n    options:\n      - {value: eu}", 12, "'default' must be the value of one of the options" },
        { "    control: subdomain", "    control: subdomain\n    required: perhaps", 12, "'required' must be true or false" },
        { "        label: API token\n", "        label: API token\n        default: abc\n", 19, "a secret has no default; remove the line" },
        { "      - name: username", "      - name: subdomain", 12, "two fields are called 'subdomain' when signing in by 'basic'" },
        { "fields:\n  - name: subdomain\n    label: Subdomain\n    control: subdomain\n", "fields: subdomain\n", 8, "'fields' must be a list of mappings, each beginning with '- '" },

        // 6. Ways to sign in.
        { "    method: api_key", "    method: apikey", 15, "there is no method 'apikey'; write one of no_auth, basic, api_key" },
        { "    method: api_key\n", "", 13, "'method' is missing; write for example method: api_key" },
        { "    title: Password\n", "", 22, "'title' is missing; write for example title: API key" },
        { "    headers:\n      Authorization: Bearer {api_key}\n", "", 15, "api_key needs at least one of 'headers', 'query', 'cookies', 'headers_from', 'query_from' with a field in braces" },
        { "    password: \"{password}\"\n", "", 24, "basic needs the keys 'username' and 'password', for example username: \"{username}\"" },
        { "    password: \"{password}\"\n", "    password: \"{password}\"\n    headers: {X-Key: \"{password}\"}\n", 24, "basic knows only the keys 'username' and 'password'; remove the others or choose api_key" },
        { "    password: \"{password}\"\n", "    password: \"{passwort}\"\n", 12, "the way 'basic' uses the field 'passwort', which is not declared" },
        { "    password: \"{password}\"\n", "    password: x\n", 12, "the secret 'password' of the way 'basic' is asked for but put nowhere" },
        { "      Authorization: Bearer {api_key}", "      \"No Header\": \"{api_key}\"", 15, "api_key cannot set the header 'No Header'; write a name such as X-Api-Key" },
        { "      Authorization: Bearer {api_key}", "      X-Key: \"{api_key}\"\n      x-key: \"{api_key}\"", 20, "'headers' names 'x-key' twice" },
        { "    headers:\n      Authorization: Bearer {api_key}\n", "    headers: \"{api_key}\"\n", 20, "'headers' must be a mapping of names to texts" },

        // 7. The test request.
        { "test:\n  path: /users/me.json\n  identity: [/user/email, /user/name]\n", "", 1, "'test' is missing: without a test request nobody knows whether a connection works; write for example test: {path: /me, identity: [/email]}" },
        { "  path: /users/me.json\n", "", 34, "'path' is missing; write for example path: /me" },
        { "  path: /users/me.json", "  path: users/me.json", 34, "'path' must begin with /; write for example path: /users/me.json" },
        { "  path: /users/me.json", "  path: /users/{who}.json", 33, "the test's path names 'who', which is not a setting of the way 'api_token'" },
        { "  path: /users/me.json", "  path: /users/{api_key}.json", 33, "the test's path names 'api_key', which is not a setting of the way 'api_token'" },
        { "[/user/email, /user/name]", "[/user/email, user.name]", 35, "an identity is a JSON pointer and begins with '/', for example /user/email" },
        { "  path: /users/me.json", "  path: /users/me.json\n  method: FETCH", 35, "'method' must be GET, HEAD, POST, PUT, PATCH or DELETE, not 'FETCH'" },
        { "  path: /users/me.json", "  path: /users/me.json\n  accept: [ok]", 35, "'accept' is a list of statuses, for example [200-299, 404]" },
        { "  path: /users/me.json", "  path: /users/me.json\n  headers: {Content-Type: a/b, \"X Y\": c}", 35, "'headers' cannot set 'X Y'; write a name such as X-Api-Version" },
        { "test:\n  path: /users/me.json\n  identity: [/user/email, /user/name]\n", "test: /me\n", 33, "'test' must be a mapping" },
        { "guide: Open Admin.", "guide: Open Admin.\nrejected_with: [200]", 37, "'rejected_with' is a list of statuses from 400 to 499, for example [401, 403]" },
        { "guide: Open Admin.", "guide: Open Admin.\nrejected_with: []", 37, "'rejected_with' is a list of statuses from 400 to 499, for example [401, 403]" },

        // 8. The setup guide.
        { "guide: Open Admin.\n", "", 1, "'guide' is missing; write for example guide: |, then the steps as Markdown" },

        // 9. Operations.
        { "    method: GET\n", "    method: get\n", 40, "'method' must be GET, HEAD, POST, PUT, PATCH or DELETE, not 'get'" },
        { "        in: path", "        in: header", 45, "'in' must be path, query or body" },
        { "        in: path", "        in: query", 37, "the operation 'get_ticket' must declare exactly the fields in its path, with in: path" },
        { "/tickets/{id}.json", "/tickets.json", 37, "the operation 'get_ticket' must declare exactly the fields in its path, with in: path" },
        { "    path: /tickets/{id}.json", "    path: tickets/{id}.json", 41, "'path' must begin with /; write for example path: /tickets/{id}.json" },
        { "operations:\n", "operations:\n  - {name: get_ticket, title: Twice, path: /tickets}\n", 37, "two operations are called 'get_ticket'" },

        // Unknown keys.
        { "title: Acme Desk", "titel: Acme\ntitle: Acme Desk", 2, "unknown key 'titel'; did you mean 'title'?" },
        { "    label: Subdomain", "    label: Subdomain\n    lable: x", 11, "unknown key 'lable'; did you mean 'label'?" },
        { "    method: basic", "    method: basic\n    header: x", 25, "unknown key 'header'; did you mean 'headers'?" },
        { "  path: /users/me.json", "  path: /users/me.json\n  retries: 3", 35, "unknown key 'retries'; known here: identity, accept, method, path, headers, body" },
        { "provider: acme_desk", "[a, b]: c\nprovider: acme_desk", 1, "a key must be plain text here" },

        // Not even YAML, or not a mapping.
        { "title: Acme Desk", "title: [Acme", 3, "not readable as YAML: " },
        { "title: Acme Desk", "title: Acme Desk\ntitle: Twice", 3, "not readable as YAML: Duplicate key" },
        { "title: Acme Desk", "title: [Acme, Desk]", 2, "'title' must be plain text here" },
    };

    [Fact]
    public void The_good_file_is_read_without_problems() => ConnectorReader.Read(File, Good).Problems.ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_broken_rule_is_refused_with_file_line_and_what_to_write(string replace, string by, int line, string message)
    {
        Good.ShouldContain(replace);

        var (connector, problems) = ConnectorReader.Read(File, Good.Replace(replace, by, StringComparison.Ordinal));

        connector.ShouldBeNull();
        problems.ShouldContain(p => p.File == File && p.Line == line && p.Message.StartsWith(message, StringComparison.Ordinal), string.Join('\n', problems));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing")]
    [InlineData("- provider: acme")]
    [InlineData("just text")]
    [InlineData("a: 1\n---\nb: 2")]
    public void A_file_that_is_not_one_mapping_is_refused(string yaml) =>
        ConnectorReader.Read(File, yaml).Problems.ShouldBe([new(File, 1, "the file must hold one mapping that begins with provider:")]);

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once() =>
        ConnectorReader.Read(File, Good.Replace("title: Acme Desk\n", "", StringComparison.Ordinal).Replace("docs: https", "docs: ftp", StringComparison.Ordinal))
            .Problems.Count.ShouldBe(2);

    [Fact]
    public void A_problem_is_written_as_editors_understand_it() => new ConnectorProblem(File, 7, "is wrong").ToString().ShouldBe("acme.yaml:7: is wrong");

    [Fact]
    public void Numbers_and_truth_values_are_read_as_text_where_text_is_meant() =>
        ConnectorReader.Read(File, Good.Replace("title: Acme Desk", "title: 123", StringComparison.Ordinal)).Connector!.Title.ShouldBe("123");

    [Fact]
    public void A_password_is_secret_by_itself() =>
        ConnectorReader.Read(File, Good).Connector!.Ways[0].Fields.Single().Secret.ShouldBeTrue();

    [Fact]
    public void A_password_cannot_be_declared_public() =>
        ConnectorReader.Read(File, Good.Replace("        label: API token\n", "        label: API token\n        secret: false\n", StringComparison.Ordinal))
            .Connector!.Ways[0].Fields.Single().Secret.ShouldBeTrue();

    [Fact]
    public void A_field_is_required_unless_it_says_otherwise() => ConnectorReader.Read(File, Good).Connector!.Fields.Single().Required.ShouldBeTrue();

    [Theory]
    [InlineData("GET", "query")]
    [InlineData("DELETE", "query")]
    [InlineData("POST", "body")]
    [InlineData("PATCH", "body")]
    public void A_field_of_an_operation_goes_where_its_method_takes_it(string method, string place)
    {
        var yaml = Good + $"  - {{name: other, title: Other, method: {method}, path: /other, fields: [{{name: text, label: Text}}]}}\n";

        ConnectorReader.Read(File, yaml).Connector!.Operations[1].Fields.Single().In.ShouldBe(place);
    }

    [Fact]
    public void Wrong_credentials_mean_401_unless_the_file_says_otherwise() => ConnectorReader.Read(File, Good).Connector!.RejectedWith.ShouldBe([401]);

    [Fact]
    public void A_file_may_say_how_its_app_refuses_credentials() =>
        ConnectorReader.Read(File, Good + "rejected_with: [400, 403]\n").Connector!.RejectedWith.ShouldBe([400, 403], ignoreOrder: true);

    [Fact]
    public void The_first_way_to_sign_in_is_the_default() => ConnectorReader.Read(File, Good).Connector!.FindWay(null)!.Name.ShouldBe("api_token");

    [Fact]
    public void Settings_are_put_into_the_base_address() =>
        Read(Good).BaseUrlFor(Read(Good).Ways[0], new Dictionary<string, string> { ["subdomain"] = "acme" }).ShouldBe("https://acme.acme.example/api/v2");

    [Theory]
    [InlineData("{status: [401], cause: token_revokd}", "there is no cause 'token_revokd'; did you mean 'token_revoked'?")]
    [InlineData("{cause: token_revoked}", "a diagnosis needs something to be known by; write for example status: [401] or code: [invalid_grant]")]
    [InlineData("{status: [unauthorized], text: [x], cause: token_revoked}", "'status' is a list of statuses, for example [401, 500-599]")]
    [InlineData("{text: [x], while: [lunch], cause: token_revoked}", "'while' is a list of test, sign_in, refresh, callback, not 'lunch'")]
    [InlineData("{text: [x], at: error, cause: token_revoked}", "'at' is a JSON pointer and begins with '/', for example /error/code")]
    [InlineData("{text: [''], cause: token_revoked}", "an empty text or code fits everything")]
    [InlineData("{text: [x], couse: token_revoked, cause: unknown}", "unknown key 'couse'; did you mean 'cause'?")]
    public void A_diagnosis_that_cannot_be_one_is_refused_by_its_line(string rule, string message) =>
        ConnectorReader.Read(File, Good + $"diagnosis:\n  - {rule}\n").Problems.ShouldBe([new(File, Good.Split('\n').Length + 1, message)]);

    [Fact]
    public void A_diagnosis_is_read_in_the_order_of_the_file()
    {
        var rules = Read(Good + "diagnosis:\n  - {status: [400-499], code: [gone], cause: token_revoked, next: Ask them.}\n  - {rejected: true, cause: unknown}\n").Diagnosis;

        rules.Select(r => r.Cause).ShouldBe(["token_revoked", "unknown"]);
        (rules[0].Codes.ShouldHaveSingleItem(), rules[0].Next, rules[1].IsRejection).ShouldBe(("gone", "Ask them.", true));
    }

    private static Connector Read(string yaml) => ConnectorReader.Read(File, yaml).Connector!;
}
