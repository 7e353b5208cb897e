using Workato.Connections.Secrets;

namespace Workato.Connections.Authorizing.Profiles;

/// <summary>A custom OAuth profile to be made.</summary>
public sealed record NewOAuthProfile
{
    /// <summary>How people tell it from others of the same app.</summary>
    public string? Name { get; init; }

    /// <summary>Which app; of a secondary connector the app itself is meant.</summary>
    public string? Provider { get; init; }

    /// <summary>The client's id at the app.</summary>
    public string? ClientId { get; init; }

    /// <summary>The client's secret, or its private key, PEM; null for a public client.</summary>
    public Secret? ClientSecret { get; init; }

    /// <summary>The secret by which the app signs what it sends to this server, as Slack does with commands; null: it sends nothing.</summary>
    public Secret? SigningSecret { get; init; }
}

/// <summary>What is to be different about a custom OAuth profile; null stays as it is.</summary>
public sealed record OAuthProfileChange
{
    /// <summary>See <see cref="NewOAuthProfile.Name"/>.</summary>
    public string? Name { get; init; }

    /// <summary>Which app: only the one it belongs to already.</summary>
    public string? Provider { get; init; }

    /// <summary>See <see cref="NewOAuthProfile.ClientId"/>.</summary>
    public string? ClientId { get; init; }

    /// <summary>See <see cref="NewOAuthProfile.ClientSecret"/>.</summary>
    public Secret? ClientSecret { get; init; }

    /// <summary>See <see cref="NewOAuthProfile.SigningSecret"/>.</summary>
    public Secret? SigningSecret { get; init; }
}

/// <summary>A custom OAuth profile for showing. The secret is not read at all.</summary>
public sealed record OAuthProfileSummary
{
    /// <summary>See <see cref="CustomOAuthProfile.Id"/>.</summary>
    public required int Id { get; init; }

    /// <summary>See <see cref="CustomOAuthProfile.Name"/>.</summary>
    public required string Name { get; init; }

    /// <summary>See <see cref="CustomOAuthProfile.Provider"/>.</summary>
    public required string Provider { get; init; }

    /// <summary>See <see cref="CustomOAuthProfile.ClientId"/>.</summary>
    public required string ClientId { get; init; }

    /// <summary>Whether there is a secret; a public client has none.</summary>
    public required bool HasSecret { get; init; }

    /// <summary>How many connections use it.</summary>
    public required int Connections { get; init; }

    /// <summary>See <see cref="CustomOAuthProfile.CreatedAt"/>.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>See <see cref="CustomOAuthProfile.UpdatedAt"/>.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
