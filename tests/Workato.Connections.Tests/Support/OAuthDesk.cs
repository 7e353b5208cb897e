namespace Workato.Connections.Tests.Support;

/// <summary>An app that is connected by OAuth 2.0, with the client of a custom OAuth profile; it has a secondary connector.</summary>
public static class OAuthDesk
{
    public const string Provider = "oauth_desk";

    /// <summary>Its connector file, under whatever name a test needs.</summary>
    public static string File(string provider = Provider, string title = "OAuth Desk") => $$"""
        provider: {{provider}}
        title: {{title}}
        description: An app of these tests that asks a person for permission.
        categories: [Tests]
        docs: https://oauth-desk.example/docs
        base_url: https://oauth-desk.example
        secondary: true
        sign_in:
          - name: oauth2
            title: OAuth 2.0
            method: oauth2
            oauth2:
              authorize_url: https://oauth-desk.example/authorize
              token_url: https://oauth-desk.example/token
              scopes:
                - name: tickets.read
                  for: Read tickets
        test:
          path: /me
          identity: [/email]
        guide: |
          1. Open the developer console of the desk.
          2. Register a client there.
        """;
}
