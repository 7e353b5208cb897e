using System.Collections.Frozen;

namespace Workato.Connections.Privileges;

/// <summary>The projects somebody may reach: all there are and will be, or those that were chosen.</summary>
public sealed class ProjectScope
{
    private readonly FrozenSet<int>? chosen;

    private ProjectScope(FrozenSet<int>? chosen) => this.chosen = chosen;

    /// <summary>All, also those that are made later.</summary>
    public static ProjectScope All { get; } = new(null);

    /// <summary>None.</summary>
    public static ProjectScope None { get; } = new([]);

    /// <summary>Whether it is all.</summary>
    public bool IsAll => chosen is null;

    /// <summary>The chosen ones, for a query; null: all.</summary>
    public int[]? Ids => chosen?.Order().ToArray();

    /// <summary>Only these.</summary>
    public static ProjectScope Of(IEnumerable<int> ids) => new(ids.ToFrozenSet());

    /// <summary>Whether it reaches this project.</summary>
    public bool Contains(int projectId) => chosen is null || chosen.Contains(projectId);

    /// <summary>Whether everything the other reaches is reached.</summary>
    public bool Contains(ProjectScope other) => chosen is null || (other.chosen is not null && other.chosen.IsSubsetOf(chosen));
}
