using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Egress;
using Workato.Connections.Privileges;
using Workato.Connections.Secrets;

namespace Workato.Connections.Notices;

/// <summary>
/// Makes, changes and removes channels. One that is told of projects somebody may not reach is not there for them: its
/// deliveries name what is in those projects.
/// </summary>
public sealed partial class NoticeChannels(
    ConnectionsDbContext db, NoticeOptions options, EgressRules egress, CredentialProtector protector, CurrentAccess current, Grants grants, IProjectDirectory projects, AuditTrail trail, WorkSignal signal, TimeProvider time, ILogger<NoticeChannels> log)
{
    /// <summary>How many there may be.</summary>
    public const int Max = 100;

    internal static Refusal NotFound => Refusal.NotFound("Notice channel");

    /// <summary>Whether this server can send e-mail.</summary>
    public bool CanMail => options.Mail is not null;

    internal static Refusal IsOff(NoticeChannel channel) => new(RefusalKind.Conflict, $"The channel '{channel.Name}' is off. Switch it on first.");

    /// <summary>All within reach, oldest first.</summary>
    public async Task<IReadOnlyList<NoticeChannel>> ListAsync(CancellationToken cancel) =>
        [.. (await db.NoticeChannels.AsNoTracking().OrderBy(c => c.Id).ToListAsync(cancel)).Where(IsReached)];

    /// <summary>The one with this id, or null.</summary>
    public async Task<NoticeChannel?> FindAsync(int id, CancellationToken cancel) =>
        await db.NoticeChannels.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is { } found && IsReached(found) ? found : null;

    /// <summary>Makes one. A webhook's secret is given out once, here.</summary>
    public async Task<Result<MadeNoticeChannel>> CreateAsync(NoticeChannelDraft draft, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var kind = draft.Kind?.Trim().ToLowerInvariant();
        var problems = new ProblemList();
        var isKnown = kind is ChannelKinds.Email or ChannelKinds.Webhook;
        if (!isKnown) problems.Add("kind", "must be 'email' or 'webhook'");
        else if (kind == ChannelKinds.Email && !CanMail) problems.Add("kind", "e-mail cannot be sent: this server knows no mail server. Whoever runs it sets Mail__Host and Mail__From; a webhook needs neither");
        if (await db.NoticeChannels.CountAsync(cancel) >= Max) problems.Add("kind", $"there are {Max} channels already, which is the most there may be");

        var channel = new NoticeChannel { Kind = isKnown ? kind! : "", Name = "", Address = "", CreatedAt = now, UpdatedAt = now };
        var wanted = draft with { Name = draft.Name ?? "", Address = draft.Address ?? "", AllProjects = draft.AllProjects ?? (draft.ProjectIds is null ? current.Access.Projects.IsAll : null) };
        if (await FillAsync(channel, wanted, problems, cancel) is { } refusal) return refusal;

        // Sealed for its row, so the row must be there first.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(channel);
        await db.SaveChangesAsync(cancel);
        var secret = kind == ChannelKinds.Webhook ? Seal(channel) : null;
        db.Add(new WorkItem { Kind = NoticeWorker.Work, Subject = channel.Id, DueAt = now });
        trail.Add(AuditEvents.NoticeChannelCreated, About(channel), Changes(null, channel));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        db.Entry(channel).State = EntityState.Detached;
        LogMade(log, channel.Id, channel.Kind);
        return new MadeNoticeChannel(channel, secret);
    }

    /// <summary>Changes one, switches it on or off. What waits is tried at once with the new settings.</summary>
    public async Task<Result<NoticeChannel>> UpdateAsync(int id, NoticeChannelDraft draft, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } before) return NotFound;
        var channel = await db.NoticeChannels.SingleAsync(c => c.Id == id, cancel);
        var problems = new ProblemList();
        if (draft.Kind is { } kind && !kind.Trim().Equals(channel.Kind, StringComparison.OrdinalIgnoreCase)) problems.Add("kind", $"cannot be changed: this channel is '{channel.Kind}'; make another one");
        if (await FillAsync(channel, draft, problems, cancel) is { } refusal)
        {
            db.Entry(channel).State = EntityState.Detached;
            return refusal;
        }

        var changes = Changes(before, channel);
        if (changes.Count > 0)
        {
            channel.UpdatedAt = time.GetUtcNow();
            // What was wrong was wrong with the old settings.
            if (channel.StoppedAt is null) (channel.FailingSince, channel.Problem) = (null, null);
            trail.Add(AuditEvents.NoticeChannelUpdated, About(channel), changes);
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await db.WakeAsync([id], [], channel.UpdatedAt, cancel);
            if (!channel.Scope().Contains(before.Scope())) await ForgetAsync(channel, cancel);
            await db.NoticeDeliveries.Where(d => d.ChannelId == id && d.DueAt > channel.UpdatedAt).ExecuteUpdateAsync(set => set.SetProperty(d => d.DueAt, channel.UpdatedAt), cancel);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            signal.Call(NoticeWorker.Work);
            LogChanged(log, id);
        }

        db.Entry(channel).State = EntityState.Detached;
        return channel;
    }

    /// <summary>Gives a webhook a new secret, which is given out once, here. Messages are signed with it from now on.</summary>
    public async Task<Result<MadeNoticeChannel>> RegenerateSecretAsync(int id, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } found) return NotFound;
        if (found.Kind != ChannelKinds.Webhook) return new Refusal(RefusalKind.Conflict, "Only webhooks are signed: an e-mail channel has no secret.");
        var channel = await db.NoticeChannels.SingleAsync(c => c.Id == id, cancel);
        var secret = Seal(channel);
        channel.UpdatedAt = time.GetUtcNow();
        trail.Add(AuditEvents.NoticeChannelSecretReplaced, About(channel), new AuditChanges().WithSecrets(["secret"]));
        await db.SaveChangesAsync(cancel);
        db.Entry(channel).State = EntityState.Detached;
        LogSecret(log, id);
        return new MadeNoticeChannel(channel, secret);
    }

    /// <summary>Removes one, with all its deliveries.</summary>
    public async Task<Result<bool>> DeleteAsync(int id, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } channel) return NotFound;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // The piece of work first, as whoever tells of an incident locks them.
        await db.Set<WorkItem>().Where(w => w.Kind == NoticeWorker.Work && w.Subject == id).ExecuteDeleteAsync(cancel);
        if (await db.NoticeChannels.Where(c => c.Id == id).ExecuteDeleteAsync(cancel) == 0) return NotFound;
        trail.Add(AuditEvents.NoticeChannelDeleted, About(channel), new AuditChanges().With("name", channel.Name, null).With("kind", channel.Kind, null).With("address", Address(channel), null));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        LogRemoved(log, id);
        return true;
    }

    // Its messages name what is in projects it is not told of any more; those of an app as a whole may name anything.
    private Task<int> ForgetAsync(NoticeChannel channel, CancellationToken cancel)
    {
        var reached = db.ConnectionsIn(channel.Scope());
        return db.NoticeDeliveries.Where(d => d.ChannelId == channel.Id && d.IncidentId != null && (d.ConnectionId == null || !reached.Any(c => c.Id == d.ConnectionId))).ExecuteDeleteAsync(cancel);
    }

    private bool IsReached(NoticeChannel channel) => current.Access.Projects.Contains(channel.Scope());

    private Secret Seal(NoticeChannel channel)
    {
        var secret = WebhookSecrets.New();
        channel.SealedSecret = protector.SealWebhook(channel.Id, secret);
        return secret;
    }

    private async Task<Refusal?> FillAsync(NoticeChannel channel, NoticeChannelDraft draft, ProblemList problems, CancellationToken cancel)
    {
        if (draft.Name is not null) problems.CheckName(draft.Name, NoticeChannel.MaxNameLength);
        if (draft.Address is not null && channel.Kind.Length > 0) problems.CheckAddress(channel.Kind, draft.Address, egress);
        var quiet = draft.Quiet is { } given ? problems.Read(given) : (channel.QuietFrom, channel.QuietTo, channel.TimeZone);
        if (await PlaceAsync(channel, draft, problems, cancel) is { } beyond) return beyond;
        if (problems.Any) return problems.ToRefusal();

        channel.Name = draft.Name?.Trim() ?? channel.Name;
        if (draft.Address is { } address) channel.Address = channel.Kind == ChannelKinds.Email ? string.Join(", ", NoticeChannelRules.Addresses(address).Distinct(StringComparer.OrdinalIgnoreCase)) : address.Trim();
        channel.WithWarnings = draft.WithWarnings ?? channel.WithWarnings;
        (channel.QuietFrom, channel.QuietTo, channel.TimeZone) = quiet;
        if (draft.IsOn is { } isOn && isOn != channel.StoppedAt is null) (channel.StoppedAt, channel.FailingSince, channel.Problem) = (isOn ? null : time.GetUtcNow(), null, null);
        return null;
    }

    // Nobody has told what they may not see themselves.
    private async Task<Refusal?> PlaceAsync(NoticeChannel channel, NoticeChannelDraft draft, ProblemList problems, CancellationToken cancel)
    {
        if (draft.AllProjects is null && draft.ProjectIds is null) return null;
        var all = draft.AllProjects ?? false;
        var ids = all ? [] : draft.ProjectIds?.Distinct().Order().ToList() ?? channel.ProjectIds;
        if (all && !current.Access.Projects.IsAll) return grants.Refuse(About(channel), "You may not have a channel told of all projects: you have access to chosen ones only. Name projects of yours.");
        if (grants.CheckReach(About(channel), ids) is { } beyond) return beyond;
        if (draft is { AllProjects: true, ProjectIds.Count: > 0 }) problems.Add("project_ids", "must be left out where it is told of all projects");
        else if (!all && ids.Count == 0) problems.Add("project_ids", "choose at least one, or all projects");
        else if (ids.Except(await projects.ThereAsync(ids, cancel)).ToList() is { Count: > 0 } missing) problems.Add("project_ids", $"there is no project {string.Join(", ", missing)}");
        if (!problems.Any) (channel.AllProjects, channel.ProjectIds) = (all, ids);
        return null;
    }

    private static Audited About(NoticeChannel channel) => new(AuditedTypes.NoticeChannel, channel.Id == 0 ? null : channel.Id, channel.Name);

    private static AuditChanges Changes(NoticeChannel? before, NoticeChannel after)
    {
        var changes = Settings(before, after);
        if (before?.Address != after.Address) changes["address"] = [before is null ? null : Address(before), Address(after)];
        return changes;
    }

    // A webhook's path is often all that keeps others from sending there: the log needs only its host.
    private static string Address(NoticeChannel channel) => channel.Kind == ChannelKinds.Webhook ? new Uri(channel.Address).GetLeftPart(UriPartial.Authority) + "/…" : channel.Address;

    private static AuditChanges Settings(NoticeChannel? before, NoticeChannel after) => new AuditChanges()
        .With("kind", before?.Kind, after.Kind).With("name", before?.Name, after.Name)
        .With("projects", before is null ? null : Projects(before), Projects(after)).With("with_warnings", before?.WithWarnings, after.WithWarnings)
        .With("quiet_hours", before is null ? null : Quiet(before), Quiet(after)).With("active", before is null ? null : before.StoppedAt is null, after.StoppedAt is null);

    private static string Projects(NoticeChannel channel) => channel.AllProjects ? "all" : string.Join(", ", channel.ProjectIds);

    private static string? Quiet(NoticeChannel channel) => channel.QuietFrom is null ? null : string.Create(CultureInfo.InvariantCulture, $"{channel.QuietFrom:HH:mm} to {channel.QuietTo:HH:mm} {channel.TimeZone ?? "UTC"}");

    [LoggerMessage(LogLevel.Information, "Notice channel {ChannelId} ({Kind}) was made.")]
    private static partial void LogMade(ILogger log, int channelId, string kind);

    [LoggerMessage(LogLevel.Information, "Notice channel {ChannelId} was changed.")]
    private static partial void LogChanged(ILogger log, int channelId);

    [LoggerMessage(LogLevel.Information, "Notice channel {ChannelId} was given a new secret.")]
    private static partial void LogSecret(ILogger log, int channelId);

    [LoggerMessage(LogLevel.Information, "Notice channel {ChannelId} was removed.")]
    private static partial void LogRemoved(ILogger log, int channelId);
}
