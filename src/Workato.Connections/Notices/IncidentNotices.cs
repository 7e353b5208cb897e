using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using Workato.Connections.Health;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Recipes;

namespace Workato.Connections.Notices;

/// <summary>
/// Writes a delivery for every channel that is to hear of an incident, with the message as it is at that time. Whoever calls
/// it within a transaction has it sent at once after its end; without one it may take a minute.
/// </summary>
internal sealed class IncidentNotices(ConnectionsDbContext db, ConnectorCatalog catalog, NoticeOptions options, TimeProvider time) : ITellIncidents
{
    // More are counted, and not named.
    private const int MaxNamed = 20;

    /// <remarks>An incident that has no id yet is saved first, since its messages name it.</remarks>
    public async Task TellAsync(Incident incident, IncidentNews news, CancellationToken cancel)
    {
        if (incident.Id == 0) await db.SaveChangesAsync(cancel);
        var channels = await db.NoticeChannels.AsNoTracking().Where(c => c.StoppedAt == null && (c.WithWarnings || !incident.IsWarning)).OrderBy(c => c.Id).ToListAsync(cancel);
        var deliveries = news switch
        {
            IncidentNews.Resolved => await EndAsync(incident, channels, cancel),
            IncidentNews.Joined => await BeginningAsync(incident, await UntoldAsync(incident, channels, cancel), cancel),
            _ => await BeginningAsync(incident, channels, cancel),
        };
        if (deliveries.Count == 0) return;

        var told = deliveries.Select(d => d.ChannelId).ToList();
        await db.WakeAsync(told, [.. channels.Where(c => c.FailingSince is not null).Select(c => c.Id)], time.GetUtcNow(), cancel);
        db.AddRange(deliveries);
    }

    /// <summary>An id for a message that nobody else gives out.</summary>
    internal static string NewMessageId() => "msg_" + RandomNumberGenerator.GetHexString(32, lowercase: true);

    private async Task<List<NoticeDelivery>> BeginningAsync(Incident incident, List<NoticeChannel> channels, CancellationToken cancel)
    {
        var deliveries = new List<NoticeDelivery>();
        // Many channels are told of the same projects.
        foreach (var same in channels.GroupBy(c => c.AllProjects ? "" : string.Join(',', c.ProjectIds.Order())))
        {
            if (await MessageAsync(incident, same.First().Scope(), cancel) is { } message) deliveries.AddRange(same.Select(c => Delivery(c.Id, incident, message)));
        }

        return deliveries;
    }

    // Those that were there when it began, and were not told, since no connection of their projects was concerned.
    private async Task<List<NoticeChannel>> UntoldAsync(Incident incident, List<NoticeChannel> channels, CancellationToken cancel)
    {
        var told = await db.NoticeDeliveries.Where(d => d.IncidentId == incident.Id && d.Event == NoticeMessage.Opened).Select(d => d.ChannelId).Distinct().ToListAsync(cancel);
        return channels.FindAll(c => c.CreatedAt <= incident.OpenedAt && !told.Contains(c.Id));
    }

    // Who was told of the beginning is told of the end, as far as it is a program: people are told once.
    private async Task<List<NoticeDelivery>> EndAsync(Incident incident, List<NoticeChannel> channels, CancellationToken cancel)
    {
        var ids = channels.Where(c => c.Kind == ChannelKinds.Webhook).Select(c => c.Id).ToList();
        var beginnings = await db.NoticeDeliveries.AsNoTracking().Where(d => d.IncidentId == incident.Id && d.Event == NoticeMessage.Opened && ids.Contains(d.ChannelId)).OrderBy(d => d.ChannelId).ToListAsync(cancel);
        return [.. beginnings.DistinctBy(b => b.ChannelId).Select(b => Delivery(b.ChannelId, incident, End(incident, NoticeMessage.FromJson(b.Payload))))];
    }

    private NoticeMessage End(Incident incident, NoticeMessage beginning) => beginning with
    {
        Type = NoticeMessage.Resolved,
        Timestamp = time.GetUtcNow(),
        Data = beginning.Data with
        {
            Title = NoticeTitles.Of(incident, AppOf(incident), IncidentNews.Resolved),
            Message = $"It is over. What was wrong: {incident.Words}",
            Cause = incident.Cause,
            ResolvedAt = incident.ResolvedAt ?? time.GetUtcNow(),
        },
    };

    private async Task<NoticeMessage?> MessageAsync(Incident incident, ProjectScope scope, CancellationToken cancel)
    {
        var concerned = incident.ConnectionId is { } id ? db.Connections.Where(c => c.Id == id) : db.Connections.NotOfUsers().Where(c => c.IncidentId == incident.Id);
        var rows = from c in concerned
                   join f in db.FoldersIn(scope) on c.FolderId equals f.Id
                   orderby c.Id
                   select new { c.Id, c.Name, c.Provider, f.ProjectId, Project = f.Project.Name };
        var count = await rows.CountAsync(cancel);
        if (count == 0) return null;
        var named = await rows.Take(MaxNamed).ToListAsync(cancel);

        var stopped = db.Recipes.Where(r => (!r.Running && concerned.Any(c => c.Id == r.StoppedByConnectionId)) || (r.Running && r.Connections.Any(b => concerned.Any(c => c.Id == b.ConnectionId))));
        var reached = db.RecipesIn(scope);
        var seen = stopped.Where(r => reached.Any(s => s.Id == r.Id));
        var recipes = await seen.OrderBy(r => r.Running).ThenBy(r => r.Id).Take(MaxNamed).Select(r => new { r.Id, r.Name, r.Running }).ToListAsync(cancel);
        var recipesCount = await seen.CountAsync(cancel);
        var others = scope.IsAll ? 0 : await stopped.CountAsync(cancel) - recipesCount;
        return new(NoticeMessage.Opened, time.GetUtcNow(), new()
        {
            Title = NoticeTitles.Of(incident, AppOf(incident), IncidentNews.Opened),
            Message = incident.Words,
            Url = options.AddressOf(incident.ConnectionId is { } one ? $"/connections/{one}" : "/health"),
            IncidentId = incident.Id,
            Warning = incident.IsWarning,
            Cause = incident.Cause,
            Evidence = incident.Evidence,
            Provider = incident.Provider,
            App = AppOf(incident),
            Host = incident.Host,
            OpenedAt = incident.OpenedAt,
            Connections = [.. named.Select(c => new NoticeConnection(c.Id, c.Name, c.Provider, c.ProjectId, c.Project, options.AddressOf($"/connections/{c.Id}")))],
            ConnectionsCount = count,
            Recipes = [.. recipes.Select(r => new NoticeRecipe(r.Id, r.Name, r.Running, options.AddressOf($"/recipes/{r.Id}")))],
            RecipesCount = recipesCount,
            OtherRecipesCount = others,
        });
    }

    private static NoticeDelivery Delivery(int channelId, Incident incident, NoticeMessage message) => new()
    {
        ChannelId = channelId,
        IncidentId = incident.Id,
        ConnectionId = incident.ConnectionId,
        Event = message.Type,
        MessageId = NewMessageId(),
        Payload = message.ToJson(),
        CreatedAt = message.Timestamp,
        DueAt = message.Timestamp,
    };

    private string AppOf(Incident incident) => incident.IsOfServer ? "This server" : catalog.TitleOf(incident.Provider);
}
