using Workato.Connections.Secrets;

namespace Workato.Connections;

/// <summary>A connection of an end user's own that is wanted.</summary>
public sealed record NewRuntimeUserConnection
{
    /// <summary>The connection it is a child of: the recipe's.</summary>
    public int? ParentId { get; init; }

    /// <summary>Where it lies.</summary>
    public int? FolderId { get; init; }

    /// <summary>The end user.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Its name; null: the parent's name and the user.</summary>
    public string? Name { get; init; }

    /// <summary>Who is told when the user has connected it.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>Where the user's browser goes then.</summary>
    public string? RedirectUrl { get; init; }
}

/// <summary>A link on which one user connects one app.</summary>
/// <param name="Provider">Which app.</param>
/// <param name="ConnectionId">The user's own connection, which waits to be connected.</param>
/// <param name="Token">What the link ends in. Whoever has it may connect this one connection, once.</param>
public sealed record ConnectLink(string Provider, int ConnectionId, Secret Token);
