using System.Collections.Frozen;

namespace Workato.Connections.Privileges;

/// <summary>What somebody may do, and in which projects. The one place that decides.</summary>
/// <param name="Role">The role's name, for the words of a refusal.</param>
/// <param name="Privileges">What.</param>
/// <param name="Projects">Where.</param>
public sealed record Access(string Role, FrozenSet<Privilege> Privileges, ProjectScope Projects)
{
    /// <summary>Everything everywhere.</summary>
    public static Access Full { get; } = new(SystemRoles.Owner.Name, SystemRoles.Owner.Privileges.ToFrozenSet(), ProjectScope.All);

    /// <summary>Nothing nowhere.</summary>
    public static Access None { get; } = new("none", [], ProjectScope.None);

    /// <summary>Whether it is allowed.</summary>
    public bool May(Privilege privilege) => Privileges.Contains(privilege);

    /// <summary>Whether everything the other may do is allowed, and everything it reaches is reached: nobody gives away more than they have.</summary>
    public bool Covers(Access other) => other.Privileges.IsSubsetOf(Privileges) && Projects.Contains(other.Projects);

    /// <summary>Why not, in words; null where it is allowed.</summary>
    public Refusal? Check(Privilege privilege) => May(privilege) ? null : Refuse(privilege);

    /// <summary>Why not, in words.</summary>
    public Refusal Refuse(params IReadOnlyList<Privilege> oneOf)
    {
        var names = oneOf.Select(PrivilegeCatalog.Name).ToList();
        return new(RefusalKind.Forbidden, $"You may not {names[0].Words}. It takes the privilege {string.Join(" or ", names.Select(n => $"'{n.Resource}: {n.Verb}'"))}, which the role '{Role}' does not give. An owner or admin can give it.");
    }
}

/// <summary>What whoever acts in this scope may do. Everything, unless whoever opened the scope says otherwise: the web does, for every request.</summary>
public sealed class CurrentAccess
{
    /// <summary>What.</summary>
    public Access Access { get; set; } = Access.Full;
}
