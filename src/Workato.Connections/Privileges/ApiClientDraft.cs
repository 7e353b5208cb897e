namespace Workato.Connections.Privileges;

/// <summary>An API client to be made or changed. When changing, what is left out stays as it is.</summary>
public sealed record ApiClientDraft
{
    /// <summary>Unique; needed when making one.</summary>
    public string? Name { get; init; }

    /// <summary>What it may do, and where.</summary>
    public Grant Grant { get; init; } = new();

    /// <summary>The addresses and networks it may be used from; empty: from everywhere.</summary>
    public IReadOnlyList<string>? AllowedNetworks { get; init; }

    /// <summary>When its token ends.</summary>
    public Ending? Ending { get; init; }
}

/// <summary>When a token ends.</summary>
/// <param name="At">The moment; null: never.</param>
public sealed record Ending(DateTimeOffset? At);
