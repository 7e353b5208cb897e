using Microsoft.EntityFrameworkCore;
using Workato.Connections.Authorizing;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using Workato.Connections.Egress;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Recipes.Jobs;

namespace Workato.Connections;

/// <summary>
/// Connections of end users: each a child of the connection a recipe uses, of one user, connected by that user on a link.
/// A user has one below each parent, however often it is asked for.
/// </summary>
public sealed class RuntimeUserConnections(
    ConnectionsDbContext db, ConnectorCatalog catalog, CredentialPreparation preparation, InheritedInput inherited, ConnectionStore store, ConnectionAuthorization authorization,
    EgressRules egress, CurrentAccess current, TimeProvider time) : IConnectLinks
{
    private const int MaxUrlLength = 2048;

    /// <summary>The user's connection, made where there is none yet, and a link on which the user connects it.</summary>
    public async Task<Result<ConnectLink>> ConnectAsync(NewRuntimeUserConnection wanted, CancellationToken cancel)
    {
        var problems = new ProblemList();
        if (wanted.ParentId is not { } parentId) problems.Add("parent_id", "can't be blank");
        else if (!await db.ConnectionsIn(current.Access.Projects).AnyAsync(c => c.Id == parentId && c.ParentId == null, cancel)) return Refusal.NotFound("Parent connection");
        if (wanted.FolderId is not { } folder) problems.Add("folder_id", "can't be blank");
        else if (!await db.FoldersIn(current.Access.Projects).AnyAsync(f => f.Id == folder, cancel)) problems.Add("folder_id", $"there is no folder {folder}; GET /api/folders names all of them");
        if (string.IsNullOrWhiteSpace(wanted.ExternalId)) problems.Add("external_id", "can't be blank; it names the user, for example ada@acme.example");
        problems.Add(ConnectionGuards.Texts(wanted.Name, null, wanted.ExternalId, nameRequired: false).ToRefusal());
        if (Problem(wanted.CallbackUrl) is { } wrongCallback) problems.Add("callback_url", wrongCallback);
        if (Problem(wanted.RedirectUrl) is { } wrongRedirect) problems.Add("redirect_url", wrongRedirect);
        return problems.Any ? problems.ToRefusal() : await FindOrMakeAsync(wanted, cancel);
    }

    /// <inheritdoc/>
    public async Task<Result<IReadOnlyList<ConnectLink>>> MakeAsync(string externalId, IReadOnlyCollection<int> parents, CancellationToken cancel)
    {
        var links = new List<ConnectLink>();
        foreach (var parent in parents)
        {
            var made = await FindOrMakeAsync(new() { ParentId = parent, ExternalId = externalId }, cancel);
            if (made.Refusal is { } refusal) return refusal;
            links.Add(made.Value!);
        }

        return links;
    }

    private async Task<Result<ConnectLink>> FindOrMakeAsync(NewRuntimeUserConnection wanted, CancellationToken cancel)
    {
        var user = wanted.ExternalId!.Trim();
        var child = await FindAsync(wanted.ParentId!.Value, user, cancel);
        if (child is null)
        {
            var made = await ShellAsync(wanted, user, cancel);
            // Somebody else asked for the same at the same moment: theirs is the one.
            if (made.Refusal is { } refusal && (child = await FindAsync(wanted.ParentId.Value, user, cancel)) is null) return refusal;
            child ??= made.Value!;
        }

        if (await TellAsync(child, wanted, cancel) is { } gone) return gone;
        var link = await authorization.LinkAsync(child.Id, cancel);
        return link.Refusal is { } unable ? unable : new ConnectLink(child.Provider, child.Id, new(link.Value!));
    }

    private Task<Connection?> FindAsync(int parent, string user, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        return db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.ParentId == parent && c.ExternalId == user, cancel);
    }

    private async Task<Result<Connection>> ShellAsync(NewRuntimeUserConnection wanted, string user, CancellationToken cancel)
    {
        if (await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == wanted.ParentId, cancel) is not { } parent) return Refusal.NotFound("Parent connection");
        if (catalog.Find(parent.Provider) is not { } connector || connector.FindWay(parent.SignInBy) is not { } way) return StoredCredentials.NotInstalled(parent.Provider);
        if (!way.For(parent.Settings).Placement.NeedsConsent) return Refusal.Invalid("parent_id", $"must be a connection by OAuth: '{parent.Name}' signs in to {connector.Title} by {way.Title}, which a user cannot do on a link");
        if (!parent.HasCredentials) return Refusal.Invalid("parent_id", $"must be connected: '{parent.Name}' is not connected to {connector.Title} yet, or not any more");
        var prepared = await preparation.PrepareAsync(connector, inherited.Of(parent, connector), null, null, Proving.Skipped, new(), cancel);
        if (prepared.Refusal is { } refusal) return refusal;

        var now = time.GetUtcNow();
        var child = new Connection
        {
            Name = NameOf(wanted.Name, parent.Name, user),
            Provider = parent.Provider,
            FolderId = wanted.FolderId ?? parent.FolderId,
            ParentId = parent.Id,
            ExternalId = user,
            SignInBy = way.Name,
            Settings = [],
            AccountKind = AccountKind.Personal,
            Environment = parent.Environment,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return await store.AddAsync(child, prepared.Value!, [], isEmpty: false, cancel) is { } unable ? unable : child;
    }

    // Whoever asks last is told.
    private async Task<Refusal?> TellAsync(Connection child, NewRuntimeUserConnection wanted, CancellationToken cancel)
    {
        var (callback, redirect) = (Address(wanted.CallbackUrl) ?? child.CallbackUrl, Address(wanted.RedirectUrl) ?? child.RedirectUrl);
        if (callback == child.CallbackUrl && redirect == child.RedirectUrl) return null;
        var written = await db.Connections.Where(c => c.Id == child.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.CallbackUrl, callback).SetProperty(c => c.RedirectUrl, redirect), cancel);
        return written == 1 ? null : Refusal.NotFound("Connection");
    }

    private string? Problem(string? url)
    {
        if (string.IsNullOrWhiteSpace(url)) return null;
        if (url.Length > MaxUrlLength || Address(url)!.Length > MaxUrlLength) return $"is too long (maximum is {MaxUrlLength} characters)";
        if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http")) return "must be an address that begins with https://";
        if (address.UserInfo.Length > 0) return "must not hold a user name or password";
        // On one's own machine, and where an operator allowed it, http will do.
        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback || egress.Complaint(address) is null ? null : "must begin with https://";
    }

    // As it travels in headers: without anything but visible ASCII.
    private static string? Address(string? url) => string.IsNullOrWhiteSpace(url) ? null : Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address) ? address.AbsoluteUri : url;

    private static string NameOf(string? wanted, string parent, string user)
    {
        var name = string.IsNullOrWhiteSpace(wanted) ? $"{parent}: {user}" : wanted.Trim();
        return name.Length <= Connection.MaxNameLength ? name : name[..Connection.MaxNameLength];
    }
}
