using Workato.Connections.Projects;

namespace Workato.Connections.Web.Pages.Shared;

/// <summary>What is asked about every connection, whatever the app.</summary>
public sealed record AboutForm
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Where it lies.</summary>
    public int? FolderId { get; init; }

    /// <summary>Whose account it is.</summary>
    public AccountKind Account { get; init; }

    /// <summary>Which data it reaches.</summary>
    public AppEnvironment Environment { get; init; }

    /// <summary>The day its key, secret or certificate ends, where somebody said so.</summary>
    public string? EndsOn { get; init; }

    /// <summary>The folders to choose from.</summary>
    public IReadOnlyList<FolderPlace> Places { get; init; } = [];

    /// <summary>What is wrong.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();
}
