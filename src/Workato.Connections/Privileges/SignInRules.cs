namespace Workato.Connections.Privileges;

/// <summary>Somebody an OpenID provider vouches for, as it describes them.</summary>
/// <param name="Issuer">The provider: <c>iss</c>.</param>
/// <param name="Subject">Who they are there: <c>sub</c>.</param>
public sealed record ProvenPerson(string Issuer, string Subject)
{
    private const int AddressParts = 2;

    /// <summary>What they are called, as far as the provider says.</summary>
    public string? Name { get; init; }

    /// <summary>The e-mail address, as far as the provider says.</summary>
    public string? Email { get; init; }

    /// <summary>Whether the provider says that the address is not known to be theirs. Many providers say nothing about it.</summary>
    public bool IsEmailDoubted { get; init; }

    /// <summary>The groups or roles they have there.</summary>
    public IReadOnlyCollection<string> Groups { get; init; } = [];

    /// <summary>The address as it is kept, or null where there is none that could be.</summary>
    internal string? Address =>
        Clean(Email)?.ToLowerInvariant() is { Length: <= Member.MaxNameLength } address && address.Split('@') is { Length: AddressParts } parts && parts.All(p => p.Length > 0) ? address : null;

    /// <summary>The name as it is kept: whatever tells most about them.</summary>
    internal string KnownAs => Clean(Name) is { } name ? name[..Math.Min(name.Length, Member.MaxNameLength)] : Address ?? "Somebody without a name";

    // What a provider sends is shown to people and kept by PostgreSQL, which takes no U+0000.
    private static string? Clean(string? text) => string.Concat((text ?? "").Where(c => !char.IsControl(c))).Trim() is { Length: > 0 } clean ? clean : null;
}

/// <summary>Which role those have who sign in, as the operator set it.</summary>
public sealed class SignInRules
{
    private static readonly List<string> First = [SystemRoles.Owner.Name, SystemRoles.Admin.Name];

    private readonly (string Role, IReadOnlyList<string> Groups)[] roles;

    /// <param name="defaultRole">Whoever has no other gets it; null: they may not come in.</param>
    /// <param name="roles">By role the groups that give it.</param>
    public SignInRules(string? defaultRole, IEnumerable<(string Role, IReadOnlyList<string> Groups)> roles)
    {
        DefaultRole = defaultRole;
        this.roles = [.. roles.OrderBy(r => First.FindIndex(f => f.Equals(r.Role, StringComparison.OrdinalIgnoreCase)) is >= 0 and var place ? place : First.Count).ThenBy(r => r.Role, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Whoever has no other gets it; null: they may not come in.</summary>
    public string? DefaultRole { get; }

    /// <summary>Whether groups say anything at all.</summary>
    public bool LookAtGroups => roles.Length > 0;

    /// <summary>The role these groups give: the first of Owner, Admin and then the others by name; null where they give none.</summary>
    public string? RoleOf(IReadOnlyCollection<string> groups) => roles.FirstOrDefault(r => r.Groups.Any(groups.Contains)).Role;
}
