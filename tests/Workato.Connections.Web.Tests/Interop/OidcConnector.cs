using Workato.Connections.Web.Tests.Support.RealSoftware;

namespace Workato.Connections.Web.Tests.Interop;

/// <summary>A connector file for the provider, as an operator writes one.</summary>
internal sealed record OidcConnector(string Provider, OidcClient Client)
{
    /// <summary>What people read.</summary>
    public string Title => $"Desk ({Provider})";

    public bool Pushes { get; init; }

    /// <summary>Who must have sent people back; null: the provider.</summary>
    public string? Issuer { get; init; }

    /// <summary>Whether the client acts for itself and not for a person.</summary>
    public bool IsProgram { get; init; }

    public string File(string url) => $$"""
        provider: {{Provider}}
        title: {{Title}}
        description: An OpenID provider nobody here wrote.
        categories: [Identity]
        docs: https://desk.example/reference
        base_url: "{url}"
        fields:
          - name: url
            label: Address
            control: url
            default: {{url}}
        sign_in:
          - name: oauth2
            title: OAuth 2.0
            method: oauth2
            oauth2:
              token_url: "{url}/token"
              revoke_url: "{url}/token/revocation"
              client_auth: {{Client.Authentication switch { "client_secret_basic" => "basic", "client_secret_post" => "body", var other => other }}}
        {{(IsProgram ? OfProgram : OfPerson(url))}}
        test:
          path: {{(IsProgram ? "/program" : "/me")}}
          identity: [/email, /name, /program]
        guide: |
          Register a client there.

        """;

    private const string OfProgram = """
              grant: client_credentials
              scopes:
                - name: reports
                  for: Read reports
        """;

    private string OfPerson(string url) => $$"""
              authorize_url: "{url}/auth"
              device_url: "{url}/device/auth"
              issuer: {{Issuer ?? url}}
              {{(Pushes ? "pushed_url: \"{url}/request\"" : "")}}
              authorize_parameters:
                prompt: consent
              scopes:
                - name: openid
                  for: Know whose account it is
                  required: true
                - name: profile
                  for: See the name
                - name: email
                  for: See the e-mail address
                - name: offline_access
                  for: Act while nobody is there
        """;
}
