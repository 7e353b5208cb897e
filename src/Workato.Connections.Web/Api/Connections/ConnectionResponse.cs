using Workato.Connections.Authorizing;

namespace Workato.Connections.Web.Api.Connections;

/// <summary>A connection in Workato's shape, and behind it what Workato's has not. Never a secret.</summary>
internal sealed record ConnectionResponse
{
    /// <summary>The id.</summary>
    public required int Id { get; init; }

    /// <summary>The connector's id; the same as <see cref="Provider"/>.</summary>
    public required string Application { get; init; }

    /// <summary>The connector's id.</summary>
    public required string Provider { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required string? Description { get; init; }

    /// <summary>When these credentials were accepted first.</summary>
    public required DateTimeOffset? AuthorizedAt { get; init; }

    /// <summary><c>success</c>, <c>failed</c> (the app refused), <c>exception</c> (the app could not be asked), or null: never connected, or disconnected.</summary>
    public required AuthorizationStatus? AuthorizationStatus { get; init; }

    /// <summary>Why it is not <c>success</c>, in words for a person.</summary>
    public required string? AuthorizationError { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The end user, for runtime user connections.</summary>
    public required string? ExternalId { get; init; }

    /// <summary>The folder it lies in.</summary>
    public required int FolderId { get; init; }

    /// <summary>When a working connection stopped working.</summary>
    public required DateTimeOffset? ConnectionLostAt { get; init; }

    /// <summary>Why it stopped working.</summary>
    public required string? ConnectionLostReason { get; init; }

    /// <summary>The parent, for runtime user connections.</summary>
    public required int? ParentId { get; init; }

    /// <summary>The project it belongs to.</summary>
    public required int ProjectId { get; init; }

    /// <summary>As whom the app knows us.</summary>
    public required string? ConnectedAs { get; init; }

    /// <summary>Whose account it is: <c>dedicated</c> or <c>personal</c>.</summary>
    public required AccountKind Account { get; init; }

    /// <summary>Which data it reaches: <c>sandbox</c> or <c>production</c>.</summary>
    public required AppEnvironment Environment { get; init; }

    /// <summary>The chosen way to sign in.</summary>
    public required string SignInBy { get; init; }

    /// <summary>The settings given, without the secrets.</summary>
    public required IReadOnlyDictionary<string, string> Input { get; init; }

    /// <summary>Whether it holds credentials.</summary>
    public required bool HasCredentials { get; init; }

    /// <summary>When the app was last asked by a test.</summary>
    public required DateTimeOffset? TestedAt { get; init; }

    /// <summary>The custom OAuth profile it was connected by, where the app asks for one.</summary>
    public required int? CustomOauthProfileId { get; init; }

    /// <summary>The permissions asked for by OAuth 2.0.</summary>
    public required IReadOnlyList<string>? RequestedScopes { get; init; }

    /// <summary>The permissions the app says it granted; null where it does not say.</summary>
    public required IReadOnlyList<string>? GrantedScopes { get; init; }

    /// <summary>When the access token ends; it is renewed before, where the app allows it.</summary>
    public required DateTimeOffset? TokenExpiresAt { get; init; }

    /// <summary>When a new access token is got next; null: not by itself.</summary>
    public required DateTimeOffset? TokenRenewalAt { get; init; }

    /// <summary>When the permission, key or certificate ends for good, as the app or a person said; null where it is not known.</summary>
    public required DateTimeOffset? CredentialsEndAt { get; init; }

    /// <summary>What is wrong; null where nothing is.</summary>
    public required DiagnosisResponse? Diagnosis { get; init; }

    public static ConnectionResponse From(ConnectionSummary c) => new()
    {
        Id = c.Id,
        Application = c.Provider,
        Provider = c.Provider,
        Name = c.Name,
        Description = c.Description,
        AuthorizedAt = c.AuthorizedAt,
        AuthorizationStatus = c.Status,
        AuthorizationError = c.Error,
        CreatedAt = c.CreatedAt,
        UpdatedAt = c.UpdatedAt,
        ExternalId = c.ExternalId,
        FolderId = c.FolderId,
        ConnectionLostAt = c.LostAt,
        ConnectionLostReason = c.LostReason,
        ParentId = c.ParentId,
        ProjectId = c.ProjectId,
        ConnectedAs = c.Identity,
        Account = c.AccountKind,
        Environment = c.Environment,
        SignInBy = c.SignInBy,
        Input = c.Settings,
        HasCredentials = c.HasCredentials,
        TestedAt = c.TestedAt,
        CustomOauthProfileId = c.CustomOAuthProfileId,
        RequestedScopes = c.RequestedScopes is null ? null : Scopes.Split(c.RequestedScopes),
        GrantedScopes = c.GrantedScopes is null ? null : Scopes.Split(c.GrantedScopes),
        TokenExpiresAt = c.TokensExpireAt,
        TokenRenewalAt = c.RefreshDueAt,
        CredentialsEndAt = c.EndsAt,
        Diagnosis = DiagnosisResponse.From(ConnectionProblem.Of(c)),
    };
}
