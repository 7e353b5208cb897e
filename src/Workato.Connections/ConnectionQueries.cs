using Microsoft.EntityFrameworkCore;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;

namespace Workato.Connections;

/// <summary>What a list of connections is narrowed to; null means no matter.</summary>
public sealed record ConnectionFilter
{
    /// <summary>In this folder.</summary>
    public int? FolderId { get; init; }

    /// <summary>In this project.</summary>
    public int? ProjectId { get; init; }

    /// <summary>Runtime user connections of this one.</summary>
    public int? ParentId { get; init; }

    /// <summary>To this app.</summary>
    public string? Provider { get; init; }

    /// <summary>Of this end user.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Whose credentials this member gave, or agreed to at the app.</summary>
    public int? AuthorizedById { get; init; }

    /// <summary>With runtime user connections, which are left out otherwise.</summary>
    public bool IncludeRuntime { get; init; }

    /// <summary>Runtime user connections and no others.</summary>
    public bool OnlyRuntime { get; init; }

    /// <summary>With this text in the end user's id, without regard to case.</summary>
    public string? ExternalIdText { get; init; }

    /// <summary>Changed after this instant.</summary>
    public DateTimeOffset? UpdatedAfter { get; init; }

    /// <summary>In this state.</summary>
    public ConnectionState? State { get; init; }

    /// <summary>With this text in its name, without regard to case.</summary>
    public string? Text { get; init; }

    /// <summary>Behind this id, newest first: the cursor.</summary>
    public int? Before { get; init; }
}

/// <summary>The states a list can be narrowed to.</summary>
public enum ConnectionState
{
    /// <summary>The app accepted the credentials last time.</summary>
    Connected,

    /// <summary>Something is wrong and somebody should look.</summary>
    Broken,

    /// <summary>Not connected yet, or not any more.</summary>
    Disconnected,
}

/// <summary>Reads the connections somebody may reach, for showing, newest first. Never touches a secret.</summary>
public sealed class ConnectionQueries(ConnectionsDbContext db, CurrentAccess current)
{
    private const int MaxParents = 200;

    /// <summary>The connection with this id, or null.</summary>
    public Task<ConnectionSummary?> FindAsync(int id, CancellationToken cancel) =>
        Summaries(Reached.Where(c => c.Id == id)).SingleOrDefaultAsync(cancel);

    /// <summary>The name a new connection is given until somebody names it: the app's, with a number behind it where a connection of that name is there.</summary>
    public async Task<string> FreeNameAsync(Connector connector, CancellationToken cancel)
    {
        var taken = (await Reached.NotOfUsers().Where(c => c.Provider == connector.Provider && c.Name.StartsWith(connector.Title)).Select(c => c.Name).ToListAsync(cancel)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? connector.Title : $"{connector.Title} {n}").First(name => !taken.Contains(name));
    }

    /// <summary>All connections the filter lets through, read as they are consumed.</summary>
    public IAsyncEnumerable<ConnectionSummary> Stream(ConnectionFilter filter) => Summaries(Newest(filter)).AsAsyncEnumerable();

    /// <summary>A page behind the filter's cursor; <paramref name="skip"/> serves callers that count pages.</summary>
    public async Task<Page<ConnectionSummary>> PageAsync(ConnectionFilter filter, int size, CancellationToken cancel, int skip = 0)
    {
        // One more than the page tells whether there is a next one, without counting.
        var rows = await Summaries(Newest(filter).Skip(skip).Take(size + 1)).ToListAsync(cancel);
        return new([.. rows.Take(size)], rows.Count > size);
    }

    /// <summary>Whether there is any.</summary>
    public Task<bool> AnyAsync(CancellationToken cancel) => Reached.AnyAsync(cancel);

    /// <summary>Which apps are connected, by provider.</summary>
    public async Task<IReadOnlyList<string>> ProvidersAsync(CancellationToken cancel) =>
        await Reached.Select(c => c.Provider).Distinct().Order().ToListAsync(cancel);

    /// <summary>The connections that runtime user connections are below, by name; the first 200.</summary>
    public async Task<IReadOnlyList<(int Id, string Name)>> ParentsAsync(CancellationToken cancel)
    {
        var children = Reached.OfUsers();
        var parents = await db.Connections.Where(p => children.Any(c => c.ParentId == p.Id)).OrderBy(p => p.Name).ThenBy(p => p.Id).Take(MaxParents).Select(p => new { p.Id, p.Name }).ToListAsync(cancel);
        return [.. parents.Select(p => (p.Id, p.Name))];
    }

    // Those of end users have privileges of their own.
    private IQueryable<Connection> Reached
    {
        get
        {
            var (rows, access) = (db.ConnectionsIn(current.Access.Projects), current.Access);
            if (!access.May(Privilege.ReadRuntimeConnections)) rows = rows.NotOfUsers();
            return access.May(Privilege.ReadConnections) ? rows : rows.OfUsers();
        }
    }

    private IQueryable<Connection> Newest(ConnectionFilter filter)
    {
        var (rows, folders) = (Reached, db.Folders);
        if (filter.FolderId is { } folder) rows = rows.Where(c => c.FolderId == folder);
        if (filter.ProjectId is { } project) rows = rows.Where(c => folders.Any(f => f.Id == c.FolderId && f.ProjectId == project));
        if (filter.ParentId is { } parent) rows = rows.Where(c => c.ParentId == parent);
        if (filter.Provider is { } provider) rows = rows.Where(c => c.Provider == provider);
        if (filter.ExternalId is { } external) rows = rows.Where(c => c.ExternalId == external);
        if (filter.AuthorizedById is { } member) rows = rows.Where(c => c.AuthorizedById == member);
        if (!filter.IncludeRuntime) rows = rows.NotOfUsers();
        if (filter.OnlyRuntime) rows = rows.OfUsers();
        if (filter.ExternalIdText is { Length: > 0 } user) rows = db.WhereContains(rows.Where(c => c.ExternalId != null), c => c.ExternalId!, user);
        if (filter.UpdatedAfter is { } after) rows = rows.Where(c => c.UpdatedAt > after);
        if (filter.Before is { } before) rows = rows.Where(c => c.Id < before);
        if (filter.Text is { Length: > 0 } text) rows = db.WhereContains(rows, c => c.Name, text);
        rows = filter.State switch
        {
            ConnectionState.Connected => rows.Where(c => c.Status == AuthorizationStatus.Success),
            ConnectionState.Broken => rows.Where(c => c.Status == AuthorizationStatus.Failed || c.Status == AuthorizationStatus.Exception),
            ConnectionState.Disconnected => rows.Where(c => c.Status == null),
            _ => rows,
        };
        return rows.OrderByDescending(c => c.Id);
    }

    private IQueryable<ConnectionSummary> Summaries(IQueryable<Connection> rows) =>
        from c in rows.AsNoTracking()
        join f in db.Folders on c.FolderId equals f.Id
        select new ConnectionSummary
        {
            Id = c.Id,
            Name = c.Name,
            Description = c.Description,
            Provider = c.Provider,
            FolderId = c.FolderId,
            FolderName = f.Name,
            ProjectId = f.ProjectId,
            ProjectName = f.Project.Name,
            ParentId = c.ParentId,
            ExternalId = c.ExternalId,
            SignInBy = c.SignInBy,
            Settings = c.Settings,
            HasCredentials = c.UsesTokens ? c.SealedTokens != null : c.SealedSecrets != null,
            UsesTokens = c.UsesTokens,
            CustomOAuthProfileId = c.CustomOAuthProfileId,
            RequestedScopes = c.RequestedScopes,
            GrantedScopes = c.GrantedScopes,
            TokensExpireAt = c.TokensExpireAt,
            RefreshDueAt = c.RefreshDueAt,
            EndsAt = c.EndsAt,
            EndIsGiven = c.EndIsGiven,
            RefreshProblem = c.RefreshProblem,
            Status = c.Status,
            Error = c.Error,
            Cause = c.Cause,
            Evidence = c.Evidence,
            IdentityBefore = c.IdentityBefore,
            AuthorizedAt = c.AuthorizedAt,
            TestedAt = c.TestedAt,
            AuthorizedBy = c.AuthorizedBy,
            Identity = c.Identity,
            LostAt = c.LostAt,
            LostReason = c.LostReason,
            AccountKind = c.AccountKind,
            Environment = c.Environment,
            CreatedAt = c.CreatedAt,
            UpdatedAt = c.UpdatedAt,
        };
}
