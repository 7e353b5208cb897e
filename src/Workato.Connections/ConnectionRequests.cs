using Workato.Connections.AuthMethods;

namespace Workato.Connections;

/// <summary>When new credentials are proved, and what becomes of those that fail.</summary>
public enum Proving
{
    /// <summary>Test; store only what the app accepts. What the wizard does.</summary>
    Required,

    /// <summary>Test; store a new connection whatever the app says, with its status. What Workato's API does.</summary>
    Recorded,

    /// <summary>Test; store unless the app says no. For what the app issued just now in place of what it does not accept any more: an app that is down must not cost the trip.</summary>
    NotRefused,

    /// <summary>Store without asking the app: a shell connection.</summary>
    Skipped,
}

/// <summary>A connection to be made.</summary>
public sealed record NewConnection
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Which app.</summary>
    public string? Provider { get; init; }

    /// <summary>Where it lies; null: in Home.</summary>
    public int? FolderId { get; init; }

    /// <summary>The connection it belongs to, of the same provider.</summary>
    public int? ParentId { get; init; }

    /// <summary>The end user it belongs to.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Whose account it is.</summary>
    public AccountKind AccountKind { get; init; }

    /// <summary>Which data it reaches.</summary>
    public AppEnvironment Environment { get; init; } = AppEnvironment.Production;

    /// <summary>The fields given; null: none, an empty shell.</summary>
    public IReadOnlyDictionary<string, string?>? Input { get; init; }

    /// <summary>What the app issued, where somebody has it: from the trip to the app, or brought along.</summary>
    public Tokens? Tokens { get; init; }

    /// <summary>Whether the app is asked.</summary>
    public Proving Proving { get; init; } = Proving.Recorded;
}

/// <summary>What is to be different about a connection; null means leave it.</summary>
public sealed record ConnectionChange
{
    /// <summary>A new name.</summary>
    public string? Name { get; init; }

    /// <summary>A new description; empty takes it away.</summary>
    public string? Description { get; init; }

    /// <summary>Another folder.</summary>
    public int? FolderId { get; init; }

    /// <summary>Another parent, of the same provider.</summary>
    public int? ParentId { get; init; }

    /// <summary>Another end user.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Whose account it is.</summary>
    public AccountKind? AccountKind { get; init; }

    /// <summary>Which data it reaches.</summary>
    public AppEnvironment? Environment { get; init; }

    /// <summary>The day (UTC) on which its key, secret or certificate ends, as somebody knows it: year-month-day; empty: not known.</summary>
    public string? EndsOn { get; init; }

    /// <summary>New settings and secrets; a field not in it stays as it is.</summary>
    public IReadOnlyDictionary<string, string?>? Input { get; init; }

    /// <summary>What the app issued, where somebody has it: from the trip to the app, or brought along.</summary>
    public Tokens? Tokens { get; init; }

    /// <summary>Whether the app is asked. Working credentials are never replaced by ones that were not proved, whatever this says.</summary>
    public Proving Proving { get; init; } = Proving.Recorded;

    /// <summary>Whether it is about credentials.</summary>
    internal bool ReplacesCredentials => Input is not null || Tokens is not null;

    /// <summary>Whether it is about more than credentials.</summary>
    internal bool ChangesMore => (Name ?? Description ?? ExternalId ?? EndsOn) is not null || (FolderId ?? ParentId) is not null || AccountKind is not null || Environment is not null;
}
