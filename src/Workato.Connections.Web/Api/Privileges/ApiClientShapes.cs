using System.Text.Json;
using System.Text.Json.Serialization;
using Workato.Connections.Privileges;
using Workato.Connections.Secrets;

namespace Workato.Connections.Web.Api.Privileges;

/// <summary>An API client to be made or changed. When changing, what is left out stays as it is.</summary>
internal sealed record ApiClientBody
{
    /// <summary>Unique, up to 100 characters; needed when making one.</summary>
    public string? Name { get; init; }

    /// <summary>The role, see <c>GET /api/developer_api_client_roles</c>; needed when making one.</summary>
    public int? ApiPrivilegeGroupId { get; init; }

    /// <summary>Whether it has access to all projects, also those that are made later.</summary>
    public bool? AllFolders { get; init; }

    /// <summary>Otherwise to which: the root folder of a project, or any folder in it. Access is always to whole projects.</summary>
    public IReadOnlyList<int>? FolderIds { get; init; }

    /// <summary>The addresses and networks it may be used from, such as <c>192.0.2.10</c> and <c>10.0.0.0/8</c>: an array, or a text with commas. Empty: from everywhere.</summary>
    public JsonElement? IpAllowList { get; init; }

    /// <summary>From when on its token does not work any more; null: it does not end.</summary>
    public DateTimeOffset? ExpiresAt
    {
        get;
        init => (field, Ending) = (value, new(value));
    }

    /// <summary>Workato's <c>DEV</c>, <c>TEST</c> or <c>PROD</c>. Taken and not kept: there is one environment here.</summary>
    public string? Environment { get; init; }

    /// <summary>What was said of its end; null where nothing was.</summary>
    [JsonIgnore]
    public Ending? Ending { get; private init; }

    /// <summary>What is wrong with it before anybody is asked, or null.</summary>
    public Refusal? Problem() =>
        Environment is not null && !Environments.All.Contains(Environment.ToLowerInvariant()) ? Refusal.Invalid("environment", "must be DEV, TEST or PROD, or left out: there is one environment here")
        : IpAllowList is { } list && Networks(list) is null ? Refusal.Invalid("ip_allow_list", "is not of the right form: an array of texts, or a text with commas, is expected")
        : null;

    /// <summary>As the library takes it.</summary>
    public ApiClientDraft ToDraft(IReadOnlyList<int>? projectIds) => new()
    {
        Name = Name,
        Grant = new(ApiPrivilegeGroupId, AllFolders, projectIds),
        AllowedNetworks = IpAllowList is { } list ? Networks(list) : null,
        Ending = Ending,
    };

    private static IReadOnlyList<string>? Networks(JsonElement list) => list.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.String => list.GetString()!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        JsonValueKind.Array when list.EnumerateArray().All(n => n.ValueKind == JsonValueKind.String) => [.. list.EnumerateArray().Select(n => n.GetString()!)],
        _ => null,
    };
}

/// <summary>Workato's environments. There is one here, and it goes by the name of Workato's first.</summary>
internal static class Environments
{
    public const string One = "dev";

    public static readonly string[] All = [One, "test", "prod"];
}

/// <summary>Workato's envelope of API clients and their roles.</summary>
internal sealed record CountedAnswer<T>(Counted<T> Result)
{
    public CountedAnswer(int count, IReadOnlyList<T> items)
        : this(new Counted<T>(count, items))
    {
    }
}

/// <summary>A page, and how many there are in all.</summary>
internal sealed record Counted<T>(int Count, IReadOnlyList<T> Items);

/// <summary>An API client, in Workato's shape; <c>ip_allow_list</c> and what follows but the token is ours or newer.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="ApiPrivilegeGroupId">Its role.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="AllFolders">Whether it has access to all projects.</param>
/// <param name="FolderIds">Otherwise the root folders of those it has access to.</param>
/// <param name="EnvironmentName">Always null: there is one environment here.</param>
/// <param name="EnvironmentId">Always null.</param>
/// <param name="IpAllowList">The addresses and networks it may be used from, with commas between them; null: from everywhere.</param>
/// <param name="ExpiresAt">When its token ends; null: never.</param>
/// <param name="LastUsedAt">When it was last used, to the minute.</param>
/// <param name="Token">Its token.</param>
internal sealed record ApiClientResponse(
    int Id, string Name, int ApiPrivilegeGroupId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, bool AllFolders, IReadOnlyList<int> FolderIds, string? EnvironmentName, int? EnvironmentId,
    string? IpAllowList, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, ApiTokenResponse Token)
{
    public static ApiClientResponse From(ApiClient c, IReadOnlyDictionary<int, int> roots, Secret? token = null) => new(
        c.Id, c.Name, c.RoleId, c.CreatedAt, c.UpdatedAt, c.AllProjects, FoldersOf(c.ProjectIds, roots), null, null,
        c.AllowedNetworks.Count == 0 ? null : string.Join(",", c.AllowedNetworks.Select(Networks.Display)), c.ExpiresAt, c.UsedAt, new() { Value = token?.Reveal(), UpdatedAt = c.TokenMadeAt });

    /// <summary>Projects as the API names them. One that was deleted has no folder any more.</summary>
    public static IReadOnlyList<int> FoldersOf(IEnumerable<int> projects, IReadOnlyDictionary<int, int> roots) => [.. projects.Where(roots.ContainsKey).Select(p => roots[p])];
}

/// <summary>A token. No record: a record would print it.</summary>
internal sealed class ApiTokenResponse
{
    /// <summary>The token itself: only in the answer that made it, never again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Value { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A role as API clients are given it, in Workato's shape.</summary>
internal sealed record ApiClientRoleResponse(int Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
