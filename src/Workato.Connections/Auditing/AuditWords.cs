using System.Collections.Frozen;
using System.Globalization;

namespace Workato.Connections.Auditing;

/// <summary>What an entry says, in words for people.</summary>
public static class AuditWords
{
    // {0}: the thing.
    private static readonly FrozenDictionary<string, string> Sentences = new Dictionary<string, string>
    {
        [AuditEvents.SignedIn] = "signed in",
        [AuditEvents.SignedOut] = "signed out",
        [AuditEvents.SignInRefused] = "was not let in",
        [AuditEvents.AccessRefused] = "was refused {0}",
        [AuditEvents.TokenRefused] = "came with an API token that is not known here",
        [AuditEvents.ConnectionCreated] = "created {0}",
        [AuditEvents.ConnectionUpdated] = "changed {0}",
        [AuditEvents.ConnectionConnected] = "put credentials into {0}",
        [AuditEvents.ConnectionSecretReplaced] = "replaced the secret of {0}",
        [AuditEvents.ConnectionDisconnected] = "disconnected {0}",
        [AuditEvents.ConnectionDeleted] = "deleted {0}",
        [AuditEvents.ConnectionCalled] = "called the app through {0}",
        [AuditEvents.ConnectionLinkCreated] = "made a link for connecting {0}",
        [AuditEvents.FolderCreated] = "created {0}",
        [AuditEvents.FolderUpdated] = "changed {0}",
        [AuditEvents.FolderDeleted] = "deleted {0}",
        [AuditEvents.ProjectCreated] = "created {0}",
        [AuditEvents.ProjectUpdated] = "changed {0}",
        [AuditEvents.ProjectDeleted] = "deleted {0}",
        [AuditEvents.OAuthProfileCreated] = "added {0}",
        [AuditEvents.OAuthProfileUpdated] = "changed {0}",
        [AuditEvents.OAuthProfileSecretReplaced] = "replaced the secret of {0}",
        [AuditEvents.OAuthProfileDeleted] = "removed {0}",
        [AuditEvents.ApiClientCreated] = "created {0}",
        [AuditEvents.ApiClientUpdated] = "changed {0}",
        [AuditEvents.ApiClientTokenMade] = "made a new token for {0}",
        [AuditEvents.ApiClientDeleted] = "removed {0}",
        [AuditEvents.MemberInvited] = "invited {0}",
        [AuditEvents.MemberJoined] = "joined the workspace",
        [AuditEvents.MemberUpdated] = "changed {0}",
        [AuditEvents.MemberRemoved] = "removed {0}",
        [AuditEvents.RecipeCreated] = "created {0}",
        [AuditEvents.RecipeUpdated] = "changed {0}",
        [AuditEvents.RecipeStarted] = "started {0}",
        [AuditEvents.RecipeStopped] = "stopped {0}",
        [AuditEvents.RecipeDeleted] = "deleted {0}",
        [AuditEvents.NoticeChannelCreated] = "created {0}",
        [AuditEvents.NoticeChannelUpdated] = "changed {0}",
        [AuditEvents.NoticeChannelSecretReplaced] = "replaced the secret of {0}",
        [AuditEvents.NoticeChannelDeleted] = "removed {0}",
        [AuditEvents.RoleCreated] = "created {0}",
        [AuditEvents.RoleUpdated] = "changed {0}",
        [AuditEvents.RoleDeleted] = "deleted {0}",
        [AuditEvents.KeyRotationStarted] = "began {0}",
        [AuditEvents.KeyRotationFinished] = "finished {0}",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Kinds = new Dictionary<string, string>
    {
        [AuditedTypes.Connection] = "connection",
        [AuditedTypes.Folder] = "folder",
        [AuditedTypes.Project] = "project",
        [AuditedTypes.OAuthProfile] = "OAuth app",
        [AuditedTypes.ApiClient] = "API client",
        [AuditedTypes.Member] = "member",
        [AuditedTypes.Role] = "role",
        [AuditedTypes.Recipe] = "recipe",
        [AuditedTypes.KeyRotation] = "the rotation of keys",
        [AuditedTypes.NoticeChannel] = "notice channel",
        [AuditedTypes.Address] = "address",
    }.ToFrozenDictionary();

    /// <summary>What somebody did, for example <c>replaced the secret of connection 'Billing'</c>.</summary>
    public static string Activity(AuditEntry entry)
    {
        var (before, thing, after) = Parts(entry);
        return before + thing + after;
    }

    /// <summary>The same in three parts: up to the name of the thing, the name in quotes, and what comes behind it.</summary>
    public static (string Before, string Thing, string After) Parts(AuditEntry entry)
    {
        var sentence = Sentences.GetValueOrDefault(entry.Event) ?? entry.Event.Replace('_', ' ') + ": {0}";
        var times = entry.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", {entry.Count:N0} times");
        var parts = sentence.Split("{0}");
        if (parts.Length == 1) return (sentence, "", times);
        var name = entry.ResourceName ?? entry.ResourceId?.ToString(CultureInfo.InvariantCulture) ?? "";
        return entry.ResourceType == AuditedTypes.Address ? (parts[0], name, times) : ($"{parts[0]}{Kind(entry.ResourceType)} ", $"'{name}'", parts[1] + times);
    }

    /// <summary>A kind of thing.</summary>
    public static string Kind(string type) => Kinds.GetValueOrDefault(type) ?? type;

    /// <summary>The name of an event, for choosing from a list: <c>Connection secret replaced</c> for example.</summary>
    public static string Choice(string @event)
    {
        var words = @event.Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..].Replace("api", "API", StringComparison.Ordinal).Replace("oauth", "OAuth", StringComparison.Ordinal);
    }
}
