namespace Workato.Connections.Auditing;

/// <summary>Who can do something here.</summary>
public enum ActorKind
{
    /// <summary>The product by itself: at start, in the background.</summary>
    Product,

    /// <summary>A person of the workspace.</summary>
    Member,

    /// <summary>A program with a token.</summary>
    ApiClient,

    /// <summary>Somebody who is not signed in: with a link, or with nothing.</summary>
    Nobody,
}

/// <summary>Who did something, and from where.</summary>
/// <param name="Kind">What kind of somebody.</param>
/// <param name="Id">The id among its kind; null for the product and for nobody.</param>
/// <param name="Name">As people know it.</param>
public sealed record Actor(ActorKind Kind, int? Id, string Name)
{
    /// <summary>The e-mail address of a person.</summary>
    public string? Email { get; init; }

    /// <summary>The address the request came from.</summary>
    public string? Address { get; init; }

    /// <summary>What sent the request, as it calls itself.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The product by itself.</summary>
    public static Actor Product { get; } = new(ActorKind.Product, null, "Workato.Connections");

    /// <summary>Somebody who is not signed in.</summary>
    public static Actor Nobody { get; } = new(ActorKind.Nobody, null, "Nobody signed in");
}

/// <summary>Who acts in this scope. The product itself, unless whoever opened the scope says otherwise: the web does, for every request.</summary>
public sealed class WhoActs
{
    /// <summary>Who.</summary>
    public Actor Actor { get; set; } = Actor.Product;
}
