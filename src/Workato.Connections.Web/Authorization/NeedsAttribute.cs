using Microsoft.AspNetCore.Authorization;
using Workato.Connections.Privileges;

namespace Workato.Connections.Web.Authorization;

/// <summary>
/// What it takes to come to an endpoint, a page or one handler of a page: signed in, and one of these privileges; none
/// named: signed in is enough. On a page it holds for all handlers, and a handler's own comes on top of it.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class NeedsAttribute(params Privilege[] oneOf) : Attribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    /// <summary>Any one of them is enough.</summary>
    public IReadOnlyList<Privilege> OneOf => oneOf;

    /// <summary>What the <c>id</c> in the address is of: it must be within reach.</summary>
    public Of Of { get; init; }

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>What an <c>id</c> in an address is of.</summary>
internal enum Of
{
    /// <summary>Nothing that lies in a project.</summary>
    Workspace,

    /// <summary>A connection.</summary>
    Connection,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A project.</summary>
    Project,

    /// <summary>A recipe.</summary>
    Recipe,
}

/// <summary>The same for endpoints that are no classes.</summary>
internal static class NeedsExtensions
{
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Privilege privilege, Of of = Of.Workspace)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NeedsAttribute(privilege) { Of = of });

    public static TBuilder NeedsOneOf<TBuilder>(this TBuilder endpoint, Of of, params Privilege[] privileges)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NeedsAttribute(privileges) { Of = of });

    /// <summary>Whoever is signed in.</summary>
    public static TBuilder NeedsNothing<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NeedsAttribute());
}
