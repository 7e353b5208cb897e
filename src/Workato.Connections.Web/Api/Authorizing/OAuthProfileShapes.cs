using System.Text.Json.Serialization;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Secrets;

namespace Workato.Connections.Web.Api.Authorizing;

/// <summary>A custom OAuth profile to be made or changed. When changing, what is left out stays as it is.</summary>
internal sealed record OAuthProfileBody
{
    /// <summary>Up to 255 characters; needed when making one.</summary>
    public string? Name { get; init; }

    /// <summary>The connector's id; needed when making one, and cannot be changed.</summary>
    public string? Provider { get; init; }

    /// <summary>The client as the app knows it.</summary>
    public OAuthClientBody? Data { get; init; }
}

/// <summary>A client, as an app's developer console shows it. No record: a record would print its secret.</summary>
internal sealed class OAuthClientBody
{
    /// <summary>Client id, consumer key or app id; needed when making one.</summary>
    public string? ClientId { get; init; }

    /// <summary>Client secret, consumer secret, or the private key in PEM form. Left out for a client without one; never sent back.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The signing secret of a Slack app, by which its commands are known to be Slack's. Never sent back.</summary>
    public string? Token { get; init; }

    /// <summary>The same as the rest of the product takes it; Workato's tools send an empty one for "none".</summary>
    [JsonIgnore]
    public Secret? Signing => string.IsNullOrWhiteSpace(Token) ? null : new(Token);

    /// <summary>The secret as the rest of the product takes it.</summary>
    [JsonIgnore]
    public Secret? Secret => ClientSecret is null ? null : new(ClientSecret);
}

/// <summary>Workato's envelope of a single thing.</summary>
internal sealed record OneResult<T>(T Result);

/// <summary>A custom OAuth profile, in Workato's shape.</summary>
/// <param name="Id">Its id; a connection names it in <c>input.custom_oauth_profile_id</c>.</param>
/// <param name="UserId">The workspace's owner, as <c>GET /api/users/me</c> says.</param>
/// <param name="Name">How people tell it from others.</param>
/// <param name="Provider">The connector's id.</param>
/// <param name="Data">The client, without its secret.</param>
/// <param name="SharedAccountsCount">How many connections use it.</param>
/// <param name="OemCustomersCount">Always 0: there are no customers of partners here.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record OAuthProfileResponse(
    int Id, int UserId, string Name, string Provider, OAuthClientResponse Data, int SharedAccountsCount, int OemCustomersCount, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static OAuthProfileResponse From(OAuthProfileSummary p, int owner) =>
        new(p.Id, owner, p.Name, p.Provider, new(p.ClientId), p.Connections, 0, p.CreatedAt, p.UpdatedAt);
}

/// <summary>A client, without its secret.</summary>
/// <param name="ClientId">Its id at the app.</param>
internal sealed record OAuthClientResponse(string ClientId);
