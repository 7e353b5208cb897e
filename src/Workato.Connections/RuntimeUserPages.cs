using System.Buffers.Text;
using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Secrets;

namespace Workato.Connections;

/// <summary>
/// A page on which an end user, who has no account here, sees which apps they connected and takes connections away again.
/// The link names the user, sealed; whoever has it is that user for an hour.
/// </summary>
public sealed class RuntimeUserPages(ConnectionsDbContext db, ConnectionService service, ConnectionAuthorization authorization, CredentialProtector protector, WhoActs who, CurrentAccess current, TimeProvider time)
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const string Row = "page";
    private const int MaxTokenLength = 8192;
    private static readonly FrozenSet<Privilege> Own = [Privilege.ReadRuntimeConnections, Privilege.UpdateRuntimeConnections];

    /// <summary>What a link to the page of a user ends in. It shows what lies in the projects that whoever makes it may reach.</summary>
    public Result<string> CreateLink(string? externalId)
    {
        if (string.IsNullOrWhiteSpace(externalId)) return Refusal.Invalid("external_id", "can't be blank; it names the user");
        if (externalId.Length > Connection.MaxExternalIdLength) return Refusal.Invalid("external_id", $"is too long (maximum is {Connection.MaxExternalIdLength} characters)");
        return LinkOf(externalId.Trim(), current.Access.Projects.Ids);
    }

    /// <summary>The same for a user whom a chat vouches for, with all that is theirs.</summary>
    public string LinkOf(string externalId) => LinkOf(externalId, null);

    /// <summary>Whose page it is, or null where the link does not work any more.</summary>
    public string? UserOf(string token) => Open(token)?.ExternalId;

    /// <summary>The user's connections, by app.</summary>
    public async Task<IReadOnlyList<Connection>> ListAsync(string token, CancellationToken cancel) =>
        Open(token) is { } page ? await Reached(page).AsNoTracking().OrderBy(c => c.Provider).ThenBy(c => c.Id).ToListAsync(cancel) : [];

    /// <summary>Takes the credentials of one away. Runs on behalf of the user then ask for them again.</summary>
    public async Task<Result<bool>> DisconnectAsync(string token, int id, CancellationToken cancel)
    {
        if (await EnterAsync(token, id, cancel) is { } refusal) return refusal;
        return await service.DisconnectAsync(id, force: true, cancel);
    }

    /// <summary>What a link ends in on which the user connects one.</summary>
    public async Task<Result<string>> ConnectAsync(string token, int id, CancellationToken cancel) =>
        await EnterAsync(token, id, cancel) is { } refusal ? refusal : await authorization.LinkAsync(id, cancel);

    // From here on the user acts, with what is theirs alone.
    private async Task<Refusal?> EnterAsync(string token, int id, CancellationToken cancel)
    {
        if (Open(token) is not { } page || !await Reached(page).AnyAsync(c => c.Id == id, cancel)) return Refusal.NotFound("Connection");
        who.Actor = who.Actor with { Kind = ActorKind.Nobody, Id = null, Name = $"{page.ExternalId} by a personal link" };
        current.Access = new("personal link", Own, ProjectScope.All);
        return null;
    }

    private IQueryable<Connection> Reached(Page page)
    {
        var folders = db.Folders;
        var rows = db.Connections.Where(c => c.ParentId != null && c.ExternalId == page.ExternalId);
        return page.Projects is { } projects ? rows.Where(c => folders.Any(f => f.Id == c.FolderId && projects.Contains(f.ProjectId))) : rows;
    }

    private string LinkOf(string externalId, IReadOnlyCollection<int>? projects) =>
        Base64Url.EncodeToString(protector.Seal(SecretKinds.PersonalPages, Row, new Page(externalId, projects is null ? null : [.. projects], time.GetUtcNow() + Lifetime)));

    private Page? Open(string token) => token.Length < MaxTokenLength && Base64Url.IsValid(token)
        && protector.Open<Page>(SecretKinds.PersonalPages, Row, Base64Url.DecodeFromChars(token)) is { } page && page.Until > time.GetUtcNow() ? page : null;

    private sealed record Page(string ExternalId, int[]? Projects, DateTimeOffset Until);
}
