using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Diagnosing;
using Workato.Connections.Health;
using Workato.Connections.Notices;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Notices;

/// <summary>Channels, connections that break, and the work of telling it.</summary>
public sealed class NoticeScene
{
    private readonly Workspace workspace;
    private readonly IServiceProvider node;

    private NoticeScene(Workspace workspace, IServiceProvider node) => (this.workspace, this.node) = (workspace, node);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A workspace without channels and incidents, whatever was there before.</summary>
    public static async Task<NoticeScene> PrepareAsync(Workspace workspace, MailOptions? mail = null)
    {
        var node = mail is null ? workspace.Services : workspace.StartNode(configure: s => s.AddSingleton(new NoticeOptions { PublicUrl = new("https://connections.example.com"), Mail = mail }));
        await workspace.DbAsync(async db =>
        {
            await db.NoticeChannels.ExecuteDeleteAsync(Cancel);
            await db.Incidents.ExecuteDeleteAsync(Cancel);
            return await db.Set<WorkItem>().ExecuteDeleteAsync(Cancel);
        });
        return new(workspace, node);
    }

    public Task<T> AskAsync<TService, T>(Func<TService, Task<T>> ask)
        where TService : notnull => workspace.AskAsync(ask, node);

    /// <summary>Makes a channel; with the draft's settings beside.</summary>
    public async Task<MadeNoticeChannel> ChannelAsync(string address, NoticeChannelDraft? draft = null) => (await AskAsync<NoticeChannels, Result<MadeNoticeChannel>>(c =>
        c.CreateAsync((draft ?? new()) with { Kind = address.Contains('@', StringComparison.Ordinal) ? "email" : "webhook", Name = draft?.Name ?? "Ops", Address = address }, Cancel))).Granted();

    public async Task<int> ConnectionAsync(string name, int? folder = null)
    {
        var now = workspace.Time.GetUtcNow();
        return await workspace.DbAsync(async db =>
        {
            var made = new Connection { Name = name, Provider = "test_desk", FolderId = folder ?? await db.Set<Workato.Connections.Projects.Folder>().Where(f => f.ParentId == null).Select(f => f.Id).SingleAsync(Cancel), SignInBy = "basic", Settings = [], CreatedAt = now, UpdatedAt = now };
            db.Add(made);
            await db.SaveChangesAsync(Cancel);
            return made.Id;
        });
    }

    /// <summary>A new connection breaks, and it is told.</summary>
    public async Task<Incident> BreakAsync(string name, int? folder = null) => await OpenAsync(await ConnectionAsync(name, folder), name);

    public Task<Incident> OpenAsync(int connection, string name, bool isWarning = false) => TellAsync(
        new()
        {
            Provider = "test_desk",
            ConnectionId = connection,
            ConnectionName = name,
            Cause = isWarning ? Causes.EndsSoon : Causes.TokenRevoked,
            IsWarning = isWarning,
            Words = $"The app took the permission back. Reconnect '{name}'.",
            Evidence = "401 invalid_token",
            OpenedAt = workspace.Time.GetUtcNow(),
        },
        IncidentNews.Opened);

    /// <summary>An app does not answer, and these connections are part of it.</summary>
    public async Task<Incident> DownAsync(params int[] connections)
    {
        var incident = new Incident { Provider = "test_desk", Host = $"{Guid.NewGuid():N}.example", Cause = Causes.AppDown, Words = "The app answers 503.", OpenedAt = workspace.Time.GetUtcNow() };
        await workspace.DbAsync(async db =>
        {
            db.Add(incident);
            await db.SaveChangesAsync(Cancel);
            return await db.Connections.Where(c => connections.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.IncidentId, incident.Id), Cancel);
        });
        return await TellAsync(incident, IncidentNews.Opened);
    }

    /// <summary>Another connection feels it, after it was told.</summary>
    public async Task JoinAsync(Incident incident, int connection)
    {
        await workspace.DbAsync(db => db.Connections.Where(c => c.Id == connection).ExecuteUpdateAsync(set => set.SetProperty(c => c.IncidentId, incident.Id), Cancel));
        await TellAsync(incident, IncidentNews.Joined);
    }

    public Task<Incident> ResolveAsync(Incident incident)
    {
        incident.ResolvedAt = workspace.Time.GetUtcNow();
        return TellAsync(incident, IncidentNews.Resolved);
    }

    /// <summary>Does the work that is due.</summary>
    public Task RunAsync() => node.GetRequiredService<WorkRunner>().RunDueAsync(Cancel);

    /// <summary>Some time passes, and the work that is due then is done.</summary>
    public Task AfterAsync(TimeSpan time)
    {
        workspace.Time.Advance(time);
        return RunAsync();
    }

    public Task<List<NoticeDelivery>> DeliveriesAsync() => workspace.DbAsync(db => db.NoticeDeliveries.AsNoTracking().OrderBy(d => d.Id).ToListAsync(Cancel));

    public async Task<NoticeDelivery> DeliveryAsync() => (await DeliveriesAsync()).ShouldHaveSingleItem();

    public Task<NoticeChannel> ChannelAsync(int id) => workspace.DbAsync(db => db.NoticeChannels.AsNoTracking().SingleAsync(c => c.Id == id, Cancel));

    // As the watch does it: the news and what is sent because of them, in one transaction.
    private Task<Incident> TellAsync(Incident incident, IncidentNews news) => workspace.AskAsync<IServiceProvider, Incident>(
        async services =>
        {
            var db = services.GetRequiredService<ConnectionsDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
            if (incident.Id == 0) db.Add(incident);
            else db.Update(incident);
            await services.GetRequiredService<ITellIncidents>().TellAsync(incident, news, Cancel);
            await db.SaveChangesAsync(Cancel);
            await transaction.CommitAsync(Cancel);
            return incident;
        },
        node);
}
