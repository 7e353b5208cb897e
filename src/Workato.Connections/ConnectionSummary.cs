namespace Workato.Connections;

/// <summary>What may be shown of a connection: everything but its secrets.</summary>
public sealed record ConnectionSummary
{
    /// <summary>See <see cref="Connection.Id"/>.</summary>
    public required int Id { get; init; }

    /// <summary>See <see cref="Connection.Name"/>.</summary>
    public required string Name { get; init; }

    /// <summary>See <see cref="Connection.Description"/>.</summary>
    public string? Description { get; init; }

    /// <summary>See <see cref="Connection.Provider"/>.</summary>
    public required string Provider { get; init; }

    /// <summary>See <see cref="Connection.FolderId"/>.</summary>
    public required int FolderId { get; init; }

    /// <summary>The folder's name.</summary>
    public required string FolderName { get; init; }

    /// <summary>The project it belongs to.</summary>
    public required int ProjectId { get; init; }

    /// <summary>The project's name.</summary>
    public required string ProjectName { get; init; }

    /// <summary>See <see cref="Connection.ParentId"/>.</summary>
    public int? ParentId { get; init; }

    /// <summary>See <see cref="Connection.ExternalId"/>.</summary>
    public string? ExternalId { get; init; }

    /// <summary>See <see cref="Connection.SignInBy"/>.</summary>
    public required string SignInBy { get; init; }

    /// <summary>See <see cref="Connection.Settings"/>.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Whether it holds credentials.</summary>
    public required bool HasCredentials { get; init; }

    /// <summary>See <see cref="Connection.UsesTokens"/>.</summary>
    public bool UsesTokens { get; init; }

    /// <summary>See <see cref="Connection.CustomOAuthProfileId"/>.</summary>
    public int? CustomOAuthProfileId { get; init; }

    /// <summary>See <see cref="Connection.RequestedScopes"/>.</summary>
    public string? RequestedScopes { get; init; }

    /// <summary>See <see cref="Connection.GrantedScopes"/>.</summary>
    public string? GrantedScopes { get; init; }

    /// <summary>See <see cref="Connection.TokensExpireAt"/>.</summary>
    public DateTimeOffset? TokensExpireAt { get; init; }

    /// <summary>See <see cref="Connection.RefreshDueAt"/>.</summary>
    public DateTimeOffset? RefreshDueAt { get; init; }

    /// <summary>See <see cref="Connection.EndsAt"/>.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>See <see cref="Connection.EndIsGiven"/>.</summary>
    public bool EndIsGiven { get; init; }

    /// <summary>See <see cref="Connection.RefreshProblem"/>.</summary>
    public string? RefreshProblem { get; init; }

    /// <summary>See <see cref="Connection.Status"/>.</summary>
    public AuthorizationStatus? Status { get; init; }

    /// <summary>See <see cref="Connection.Error"/>.</summary>
    public string? Error { get; init; }

    /// <summary>See <see cref="Connection.Cause"/>.</summary>
    public string? Cause { get; init; }

    /// <summary>See <see cref="Connection.Evidence"/>.</summary>
    public string? Evidence { get; init; }

    /// <summary>See <see cref="Connection.IdentityBefore"/>.</summary>
    public string? IdentityBefore { get; init; }

    /// <summary>See <see cref="Connection.AuthorizedAt"/>.</summary>
    public DateTimeOffset? AuthorizedAt { get; init; }

    /// <summary>See <see cref="Connection.AuthorizedBy"/>.</summary>
    public string? AuthorizedBy { get; init; }

    /// <summary>See <see cref="Connection.TestedAt"/>.</summary>
    public DateTimeOffset? TestedAt { get; init; }

    /// <summary>See <see cref="Connection.Identity"/>.</summary>
    public string? Identity { get; init; }

    /// <summary>See <see cref="Connection.LostAt"/>.</summary>
    public DateTimeOffset? LostAt { get; init; }

    /// <summary>See <see cref="Connection.LostReason"/>.</summary>
    public string? LostReason { get; init; }

    /// <summary>See <see cref="Connection.AccountKind"/>.</summary>
    public AccountKind AccountKind { get; init; }

    /// <summary>See <see cref="Connection.Environment"/>.</summary>
    public AppEnvironment Environment { get; init; }

    /// <summary>See <see cref="Connection.CreatedAt"/>.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>See <see cref="Connection.UpdatedAt"/>.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
