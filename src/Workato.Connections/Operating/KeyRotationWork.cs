using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Secrets;

namespace Workato.Connections.Operating;

/// <summary>
/// Carries a rotation to its end: again and again over everything, until a whole pass, begun when every node had had the
/// time to hear of it, found nothing left to do.
/// </summary>
internal sealed partial class KeyRotationWork(IServiceScopeFactory scopes, WorkSignal signal, TimeProvider time, ILogger<KeyRotationWork> log) : IWorker
{
    // A node that was cut off from notices reads the key ring again by itself within KeyRingWatch.Interval.
    internal static readonly TimeSpan Settling = KeyRingWatch.Interval * 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public string Kind => KeyRotations.Work;

    // One of each kind of rotation.
    public int AtOnce => 2;

    public async Task DoAsync(WorkItem item, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var db = services.GetRequiredService<ConnectionsDbContext>();
        db.Attach(item);
        var rotation = await db.Set<KeyRotation>().SingleOrDefaultAsync(r => r.Id == item.Subject && r.FinishedAt == null, cancel);
        if (rotation is null)
        {
            db.Remove(item);
        }
        else
        {
            RotationPass pass = rotation.Kind == RotationKinds.DataKeys ? services.GetRequiredService<ResealingPass>() : services.GetRequiredService<WrappingPass>();
            var began = time.GetUtcNow();
            var isClean = await pass.RunAsync(rotation, () => signal.IsStopping, cancel);
            if (isClean && began >= rotation.StartedAt + Settling) Finish(services.GetRequiredService<AuditTrail>(), db, rotation, item);
            else item.PutOff(Next(rotation, isClean));
        }

        await db.SaveChangesAsync(cancel);
    }

    // At a stop another node may have it at once.
    private DateTimeOffset Next(KeyRotation rotation, bool isClean)
    {
        var (now, settled) = (time.GetUtcNow(), rotation.StartedAt + Settling);
        return signal.IsStopping ? now : isClean && settled > now + Pause ? settled : now + Pause;
    }

    private void Finish(AuditTrail audit, ConnectionsDbContext db, KeyRotation rotation, WorkItem item)
    {
        (rotation.FinishedAt, rotation.Part, rotation.Cursor) = (time.GetUtcNow(), null, 0);
        var left = rotation.Unreadable == 0 ? null : $"{rotation.Unreadable} could not be opened and were left as they are; the command verify names them.";
        audit.Add(AuditEvents.KeyRotationFinished, KeyRotations.Audited(rotation), reason: left);
        db.Remove(item);
        LogFinished(log, RotationKinds.Words(rotation.Kind), rotation.Done, rotation.Unreadable);
    }

    [LoggerMessage(LogLevel.Information, "The rotation of the {Kind} has ended: {Done} done, {Unreadable} could not be opened.")]
    private static partial void LogFinished(ILogger log, string kind, long done, long unreadable);
}
