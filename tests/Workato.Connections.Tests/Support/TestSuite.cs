namespace Workato.Connections.Tests.Support;

/// <summary>The connector "test_suite": an app one signs in to by OAuth 2.0 in each of its ways.</summary>
public static class TestSuite
{
    public const string Provider = "test_suite";

    /// <summary>Another app of the same kind.</summary>
    public const string OtherProvider = "other_suite";

    /// <summary>Its connector file.</summary>
    public static string OtherFile => File.Replace($"provider: {Provider}", $"provider: {OtherProvider}", StringComparison.Ordinal).Replace("title: Test Suite", "title: Other Suite", StringComparison.Ordinal);

    public const string File = """
        provider: test_suite
        title: Test Suite
        description: The app of these tests that issues tokens.
        categories: [Tests]
        docs: https://suite.example/docs
        base_url: "{url}"
        choose_by: auth_type
        fields:
          - name: url
            label: Address
            control: url
        sign_in:
          - name: code
            title: Sign in
            method: oauth2
            oauth2:
              authorize_url: "{url}/authorize"
              token_url: "{url}/token"
              revoke_url: "{url}/revoke"
              device_url: "{url}/device"
              issuer: https://suite.example
              scopes:
                - {name: read, for: Read}
                - {name: write, for: Write, default: false}
          - name: machine
            title: As a machine
            method: oauth2
            fields:
              - name: app_id
                label: App id
              - name: app_secret
                label: App secret
                control: password
            oauth2:
              grant: client_credentials
              token_url: "{url}/token"
              client_id: "{app_id}"
              client_secret: "{app_secret}"
          - name: signed
            title: By a signed assertion
            method: oauth2
            fields:
              - name: mail
                label: Account
              - name: private_key
                label: Private key
                control: textarea
                secret: true
            oauth2:
              grant: jwt_bearer
              token_url: "{url}/token"
              assertion:
                issuer: "{mail}"
                subject: "{mail}"
                private_key: "{private_key}"
        test:
          path: /me
          identity: [/email]
        guide: Ask the tests.
        """;
}
