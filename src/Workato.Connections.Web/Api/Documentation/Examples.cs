namespace Workato.Connections.Web.Api.Documentation;

/// <summary>The examples in the API document; a test holds them against the shapes that are really sent.</summary>
internal static class Examples
{
    public const string Success = """{"success":true}""";

    public const string Disconnected = """{"success":true,"status":"disconnected"}""";

    public const string Tested = """{"authorization_status":"success","connected_as":"ada@sample.example","authorization_error":null,"diagnosis":null}""";

    public const string CreateConnection = """
        {"name":"Sample app, integrations","provider":"sample_app","folder_id":1,"account":"dedicated","environment":"sandbox",
         "input":{"auth_type":"api_key","api_key":"..."}}
        """;

    public const string UpdateConnection = """{"name":"Sample app, month end","input":{"api_key":"..."}}""";

    public const string Connection = """
        {"id":7,"application":"sample_app","provider":"sample_app","name":"Sample app, integrations","description":null,
         "authorized_at":"2026-01-31T08:00:00+00:00","authorization_status":"success","authorization_error":null,
         "created_at":"2026-01-31T08:00:00+00:00","updated_at":"2026-01-31T08:00:00+00:00","external_id":null,"folder_id":1,
         "connection_lost_at":null,"connection_lost_reason":null,"parent_id":null,"project_id":1,"connected_as":"ada@sample.example",
         "account":"dedicated","environment":"sandbox","sign_in_by":"api_key","input":{"url":"http://localhost:5080/sample-app"},
         "has_credentials":true,"tested_at":"2026-01-31T08:00:00+00:00","custom_oauth_profile_id":null,"requested_scopes":null,
         "granted_scopes":null,"token_expires_at":null,"token_renewal_at":null,
         "credentials_end_at":null,"diagnosis":null}
        """;

    public const string OAuthUrl = """{"data":{"url":"https://connections.example.com/oauth/connect/..."}}""";

    public const string CreateRuntimeUser = """
        {"parent_id":7,"folder_id":1,"external_id":"ada@acme.example","callback_url":"https://portal.acme.example/connected","redirect_url":"https://portal.acme.example/done"}
        """;

    public const string RuntimeUser = """{"data":{"id":18,"url":"https://connections.example.com/oauth/connect/..."}}""";

    public const string DeviceAuthorization = """
        {"user_code":"WDJB-MJHT","verification_uri":"https://acme.example/device","verification_uri_complete":"https://acme.example/device?user_code=WDJB-MJHT",
         "expires_in":1800,"interval":5}
        """;

    public const string DeviceState = """{"state":"waiting","problem":null}""";

    public const string Folder = """
        {"id":2,"name":"Finance","parent_id":1,"is_project":true,"project_id":2,"created_at":"2026-01-31T08:00:00+00:00","updated_at":"2026-01-31T08:00:00+00:00"}
        """;

    public const string StartKeyRotation = """{"kind":"data_keys"}""";

    public const string KeyRotation = """
        {"id":3,"kind":"data_keys","target":"6f1c1de2-7f0a-4c0e-9a3e-3a0b8f3b7a51","by":"Ada Lovelace","started_at":"2026-01-31T08:00:00+00:00",
         "finished_at":null,"done":41200,"total":120000,"unreadable":0}
        """;

    public const string KeyRotations = """
        {"rotations":[{"id":3,"kind":"data_keys","target":"6f1c1de2-7f0a-4c0e-9a3e-3a0b8f3b7a51","by":"Ada Lovelace","started_at":"2026-01-31T08:00:00+00:00",
         "finished_at":null,"done":41200,"total":120000,"unreadable":0}],
         "keys":[{"id":"6f1c1de2-7f0a-4c0e-9a3e-3a0b8f3b7a51","created_at":"2026-01-31T08:00:00+00:00","is_in_force":true,"is_there":true,
         "wrapped_by":"5D1F0C0B7A51E1D0A6F1C1DE27F0A4C0E9A3E3A0","can_be_opened":true,"secrets":41200}],
         "certificate":"5D1F0C0B7A51E1D0A6F1C1DE27F0A4C0E9A3E3A0","other_certificate":null}
        """;

    public const string SetupCheck = """
        {"callback_url":"https://connections.example.com/oauth/callback","public_url":"https://connections.example.com/","is_public_url_set":true,
         "known_networks":[],"reached_at":"https://connections.example.com","understood_as":"http://connections.example.com",
         "request":{"scheme":"http","host":"connections.example.com","port":80,"path_base":"","remote_address":"172.18.0.2","is_known_proxy":false,
          "x_forwarded_proto":"https","x_forwarded_host":null,"x_forwarded_for":"203.0.113.7","forwarded":null},
         "is_fine":false,
         "findings":[{"check":"proxy","status":"to_fix","message":"172.18.0.2 sent headers that say how people reached it, and they are ignored, ...",
          "setting":"ForwardedHeaders__KnownNetworks","value":"172.18.0.2/32"}]}
        """;

    public const string CreateOAuthProfile = """{"name":"Gmail, integrations","provider":"gmail","data":{"client_id":"1234-abcd.apps.example.com","client_secret":"..."}}""";

    public const string UpdateOAuthProfile = """{"name":"Gmail, month end","data":{"client_secret":"..."}}""";

    public const string OAuthProfile = """
        {"id":3,"user_id":1,"name":"Gmail, integrations","provider":"gmail","data":{"client_id":"1234-abcd.apps.example.com"},"shared_accounts_count":2,
         "oem_customers_count":0,"created_at":"2026-01-31T08:00:00+00:00","updated_at":"2026-01-31T08:00:00+00:00"}
        """;

    public const string OAuthProfileResult = $$"""{"result":{{OAuthProfile}}}""";

    public const string ActivityLogs = """
        {"data":[{"id":1207,"timestamp":"2026-01-31T08:00:00+00:00","event_type":"connection_secret_replaced",
         "workspace":{"id":1,"name":"Workato.Connections","email":"owner@localhost"},
         "user":{"id":4,"name":"Anna","email":"anna@acme.example","type":"member","api_client_id":null},
         "details":{"request":{"ip_address":"10.0.0.5","user_agent":"curl/8.5"},"activity":"replaced the secret of connection 'Billing'","count":1,"reason":null,
          "changes":{"input.api_key":[null,"[secret]"],"connected_as":["bot@acme.example","ada@acme.example"]}},
         "resource":{"id":7,"name":"Billing","type":"SharedAccount"},"project_id":2,
         "sequence":1190,"hash":"9f2b1c..."}],
         "total":1}
        """;

    public const string Project = """{"id":2,"description":"Month end and invoices","folder_id":2,"name":"Accounting"}""";
}
