using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;

namespace Workato.Connections;

/// <summary>What must hold before a connection may be made, changed, disconnected or deleted.</summary>
public sealed class ConnectionGuards(ConnectionsDbContext db, ConnectorCatalog catalog, HomeFolder home, CurrentAccess current, IEnumerable<IConnectionUsers> users)
{
    private const int MaxUsersNamed = 20;

    internal Refusal UnknownProvider(string? provider) => catalog.UnknownProvider(provider);

    internal static ProblemList Texts(string? name, string? description, string? externalId, bool nameRequired)
    {
        var problems = new ProblemList();
        if (nameRequired && string.IsNullOrWhiteSpace(name)) problems.Add("name", "can't be blank");
        TooLong("name", name, Connection.MaxNameLength);
        TooLong("description", description, Connection.MaxDescriptionLength);
        TooLong("external_id", externalId, Connection.MaxExternalIdLength);
        return problems;

        void TooLong(string field, string? text, int max)
        {
            if (text?.Length > max) problems.Add(field, $"is too long (maximum is {max} characters)");
            else if (text?.Contains('\0', StringComparison.Ordinal) == true) problems.Add(field, "must not contain the character U+0000");
        }
    }

    /// <summary>The beginning of the day; null where none is given.</summary>
    internal static DateTimeOffset? End(ProblemList problems, string? day)
    {
        if (string.IsNullOrWhiteSpace(day)) return null;
        if (DateOnly.TryParseExact(day.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return new(date, TimeOnly.MinValue, TimeSpan.Zero);
        problems.Add("credentials_end_on", "must be a day such as 2027-01-31, or empty where it is not known");
        return null;
    }

    internal async Task CheckPlaceAsync(ProblemList problems, string provider, int? ownId, int? folderId, int? parentId, CancellationToken cancel)
    {
        if (folderId is { } folder && !await db.FoldersIn(current.Access.Projects).AnyAsync(f => f.Id == folder, cancel))
            problems.Add("folder_id", $"there is no folder {folder}; GET /api/folders names all of them");
        else if (folderId is null && ownId is null && !await MayUseHomeAsync(cancel))
            problems.Add("folder_id", "must be given: you have no access to the Home project, where connections go without one; GET /api/folders names the folders you have");
        if (parentId is not { } parent) return;
        if (ownId is not null && await db.Connections.AnyAsync(c => c.ParentId == ownId, cancel)) problems.Add("parent_id", "must be left out: this connection is a parent itself");

        var parentProvider = await db.ConnectionsIn(current.Access.Projects).Where(c => c.Id == parent && c.Id != ownId && c.ParentId == null).Select(c => c.Provider).SingleOrDefaultAsync(cancel);
        if (parentProvider is null) problems.Add("parent_id", $"there is no connection {parent} that could be the parent");
        else if (parentProvider != provider) problems.Add("parent_id", $"must be a connection of the same provider; {parent} is one of {parentProvider}");
    }

    // Otherwise one user's runs would go through the account of another.
    internal static void CheckUser(ProblemList problems, Connection connection, ConnectionChange change)
    {
        const string Words = "cannot be changed while it is connected: the account is that of the user who signed in; disconnect it first";
        if (connection is not { IsRuntimeUser: true, HasCredentials: true }) return;
        if (change.ExternalId is { } user && user.Trim() != connection.ExternalId) problems.Add("external_id", Words);
        if (change.ParentId is { } parent && parent != connection.ParentId) problems.Add("parent_id", Words);
    }

    internal Task<bool> IsRuntimeUserAsync(int id, CancellationToken cancel) => db.Connections.OfUsers().AnyAsync(c => c.Id == id, cancel);

    private async Task<bool> MayUseHomeAsync(CancellationToken cancel)
    {
        if (current.Access.Projects.IsAll) return true;
        var root = await home.IdAsync(db, cancel);
        return await db.FoldersIn(current.Access.Projects).AnyAsync(f => f.Id == root, cancel);
    }

    internal Task<int> HomeFolderAsync(CancellationToken cancel) => home.IdAsync(db, cancel).AsTask();

    /// <summary>What uses any of these connections.</summary>
    public async Task<IReadOnlyList<ConnectionUser>> UsersAsync(IReadOnlyCollection<int> ids, CancellationToken cancel)
    {
        var found = new List<ConnectionUser>();
        foreach (var source in users) found.AddRange(await source.FindAsync(ids, MaxUsersNamed - found.Count, cancel));
        return found;
    }

    /// <summary>What uses these connections lets go of them, in what is saved next.</summary>
    internal async Task LetGoAsync(IReadOnlyCollection<int> ids, ConnectionEnd end, CancellationToken cancel)
    {
        foreach (var source in users) await source.LetGoAsync(ids, end, cancel);
    }

    /// <summary>What keeps a connection from being deleted. Force stops recipes; it does not throw away what other people connected.</summary>
    internal async Task<IReadOnlyList<ConnectionUser>> UsersOrChildrenAsync(int id, bool force, CancellationToken cancel) =>
    [
        .. force ? [] : await UsersAsync([id], cancel),
        .. await db.Connections.Where(c => c.ParentId == id).OrderBy(c => c.Id).Take(MaxUsersNamed)
            .Select(c => new ConnectionUser("runtime user connection", c.Id, c.Name)).ToListAsync(cancel),
    ];
}
