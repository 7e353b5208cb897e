namespace Workato.Connections.Web.Api.Documentation;

/// <summary>The examples of members, roles and API clients.</summary>
internal static class PeopleExamples
{
    public const string CreateApiClient = """{"name":"Nightly export","api_privilege_group_id":3,"all_folders":false,"folder_ids":[1],"ip_allow_list":["192.0.2.10","198.51.100.0/24"],"expires_at":"2050-01-31T08:00:00Z"}""";

    public const string UpdateApiClient = """{"all_folders":true,"ip_allow_list":[]}""";

    public const string ApiClient = "{" + ClientFacts + ""","token":{"updated_at":"2026-01-31T08:00:00+00:00"}}""";

    public const string ApiClients = """{"result":{"count":1,"items":[""" + ApiClient + "]}}";

    public const string ApiClientResult = """{"result":""" + ApiClient + "}";

    public const string ApiClientMade = """{"result":{""" + ClientFacts + ""","token":{"value":"wrkc_...","updated_at":"2026-01-31T08:00:00+00:00"}}}""";

    public const string ApiClientRoles = """{"result":{"count":1,"items":[{"id":3,"name":"Analyst","created_at":"2026-01-31T08:00:00+00:00","updated_at":"2026-01-31T08:00:00+00:00"}]}}""";

    public const string CreateRole = """{"name":"Connection keeper","description":"Puts broken connections right.","privileges":{"Connections":["read","update","use","authorize"]}}""";

    public const string UpdateRole = """{"privileges":{"Connections":["read","update","use","authorize"],"Recipes":["read"]}}""";

    public const string Role = """
        {"id":5,"name":"Connection keeper","description":"Puts broken connections right.","system":false,"inheritable":false,"folder_ids":[],
         "created_at":"2026-01-31T08:00:00+00:00","updated_at":"2026-01-31T08:00:00+00:00","privileges":{"Connections":["read","update","use","authorize"]}}
        """;

    public const string InviteMember = """{"email":"ada@example.com","name":"Ada Lovelace","role":"Analyst","all_folders":false,"folder_ids":[1]}""";

    public const string UpdateMember = """{"env_roles":[{"environment_type":"dev","name":"Operator"}],"all_folders":true}""";

    public const string Member = """
        {"id":2,"grant_type":"team","roles":[{"environment_type":"dev","name":"Analyst"}],"external_id":null,"name":"Ada Lovelace","email":"ada@example.com","time_zone":"UTC",
         "created_at":"2026-01-31T08:00:00+00:00","role_id":3,"role_from_groups":false,"all_folders":false,"folder_ids":[1],"last_sign_in_at":null}
        """;

    public const string Members = $$"""{"data":[{{Member}}],"total":1}""";

    public const string MemberPrivileges = """{"data":[{"environment_type":"dev","name":"Operator","privileges":{"Recipes":["read","run","read_run_history"]},"all_folders":false,"folder_ids":[1]}]}""";

    public const string RemovedMember = """{"success":true,"authorized_connections":[{"id":7,"name":"Sample app, integrations","provider":"sample_app","authorization_status":"success"}],"has_more":false}""";

    private const string ClientFacts = """
        "id":2,"name":"Nightly export","api_privilege_group_id":3,"created_at":"2026-01-31T08:00:00+00:00","updated_at":"2026-01-31T08:00:00+00:00","all_folders":false,"folder_ids":[1],
        "environment_name":null,"environment_id":null,"ip_allow_list":"192.0.2.10,198.51.100.0/24","expires_at":"2050-01-31T08:00:00+00:00","last_used_at":null
        """;
}
