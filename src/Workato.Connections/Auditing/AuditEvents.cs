namespace Workato.Connections.Auditing;

/// <summary>What is written down, as <c>GET /api/activity_logs</c> names it: Workato's <c>resource_verb</c>.</summary>
public static class AuditEvents
{
#pragma warning disable CS1591 // The names say it.
    public const string SignedIn = "user_signed_in";
    public const string SignedOut = "user_signed_out";
    public const string SignInRefused = "user_sign_in_refused";
    public const string AccessRefused = "access_refused";
    public const string TokenRefused = "api_token_refused";

    public const string ConnectionCreated = "connection_created";
    public const string ConnectionUpdated = "connection_updated";
    public const string ConnectionConnected = "connection_connected";
    public const string ConnectionSecretReplaced = "connection_secret_replaced";
    public const string ConnectionDisconnected = "connection_disconnected";
    public const string ConnectionDeleted = "connection_deleted";
    public const string ConnectionCalled = "connection_called";
    public const string ConnectionLinkCreated = "connection_link_created";

    public const string FolderCreated = "folder_created";
    public const string FolderUpdated = "folder_updated";
    public const string FolderDeleted = "folder_deleted";
    public const string ProjectCreated = "project_created";
    public const string ProjectUpdated = "project_updated";
    public const string ProjectDeleted = "project_deleted";

    public const string OAuthProfileCreated = "custom_oauth_profile_created";
    public const string OAuthProfileUpdated = "custom_oauth_profile_updated";
    public const string OAuthProfileSecretReplaced = "custom_oauth_profile_secret_replaced";
    public const string OAuthProfileDeleted = "custom_oauth_profile_deleted";

    public const string ApiClientCreated = "api_client_created";
    public const string ApiClientUpdated = "api_client_updated";
    public const string ApiClientTokenMade = "api_client_token_made";
    public const string ApiClientDeleted = "api_client_deleted";

    public const string MemberInvited = "member_invited";
    public const string MemberJoined = "member_joined";
    public const string MemberUpdated = "member_updated";
    public const string MemberRemoved = "member_removed";
    public const string RecipeCreated = "recipe_created";
    public const string RecipeUpdated = "recipe_updated";
    public const string RecipeStarted = "recipe_started";
    public const string RecipeStopped = "recipe_stopped";
    public const string RecipeDeleted = "recipe_deleted";
    public const string NoticeChannelCreated = "notice_channel_created";
    public const string NoticeChannelUpdated = "notice_channel_updated";
    public const string NoticeChannelSecretReplaced = "notice_channel_secret_replaced";
    public const string NoticeChannelDeleted = "notice_channel_deleted";
    public const string RoleCreated = "role_created";
    public const string RoleUpdated = "role_updated";
    public const string RoleDeleted = "role_deleted";
    public const string KeyRotationStarted = "key_rotation_started";
    public const string KeyRotationFinished = "key_rotation_finished";
#pragma warning restore CS1591

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = Constants.Of(typeof(AuditEvents));
}

/// <summary>Kinds of things events are about, by Workato's names.</summary>
public static class AuditedTypes
{
#pragma warning disable CS1591 // The names say it.
    public const string Connection = "SharedAccount";
    public const string Folder = "Folder";
    public const string Project = "Project";
    public const string OAuthProfile = "CustomOauthKey";
    public const string ApiClient = "ApiClient";
    public const string Member = "User";
    public const string Role = "PrivilegeGroup";
    public const string Recipe = "Flow";
    public const string KeyRotation = "KeyRotation";
    public const string NoticeChannel = "NoticeChannel";
    public const string Address = "Address";
#pragma warning restore CS1591

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = Constants.Of(typeof(AuditedTypes));
}
