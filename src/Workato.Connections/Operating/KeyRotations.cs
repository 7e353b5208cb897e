using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Secrets;

namespace Workato.Connections.Operating;

/// <summary>What can be rotated.</summary>
public static class RotationKinds
{
    /// <summary>A new data key, and everything sealed anew under it.</summary>
    public const string DataKeys = "data_keys";

    /// <summary>Every data key wrapped by the certificate in force.</summary>
    public const string Certificate = "certificate";

    /// <summary>For people.</summary>
    public static string Words(string kind) => kind == DataKeys ? "data keys" : "certificate";
}

/// <summary>Begins rotations, which go on in the background on whichever node, and tells how far they are.</summary>
public sealed class KeyRotations(ConnectionsDbContext db, KeyRings rings, KeyMaker maker, KeyCertificates certificates, AuditTrail audit, WhoActs who, WorkSignal signal, TimeProvider time)
{
    /// <summary>The kind of work a rotation is.</summary>
    public const string Work = "key_rotation";

    private const int Shown = 20;

    /// <summary>Begins one: new keys are in force at once, on every node that hears of it. Refused while one of its kind goes on.</summary>
    /// <param name="kind">One of <see cref="RotationKinds"/>.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Result<KeyRotation>> StartAsync(string kind, CancellationToken cancel)
    {
        if (kind is not (RotationKinds.DataKeys or RotationKinds.Certificate)) return Refusal.Invalid("kind", $"must be {RotationKinds.DataKeys} or {RotationKinds.Certificate}");
        if (await FindOpenAsync(kind, cancel) is not null) return GoesOn(kind);
        rings.Refresh();
        if (rings.Keys.FirstOrDefault(k => !k.IsRevoked && !k.CanBeOpened) is { } closed)
            return new Refusal(RefusalKind.Conflict, $"The data key {closed.Id} cannot be opened by the certificates of this server. Nothing was changed. Set KeyEncryption__OtherCertificatePath to the certificate it is wrapped by, and start again.");

        // The new key, what is to be done with it, and who asked for it: all of it or nothing.
        await using var together = await db.Database.BeginTransactionAsync(cancel);
        var rotation = new KeyRotation { Kind = kind, Target = kind == RotationKinds.DataKeys ? NewKey().ToString() : certificates.InForce.Thumbprint, By = who.Actor.Name, StartedAt = time.GetUtcNow() };
        db.Add(rotation);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException e) when (db.IsUniqueViolation(e))
        {
            db.ChangeTracker.Clear();
            return GoesOn(kind);
        }

        db.Add(new WorkItem { Kind = Work, Subject = rotation.Id, DueAt = rotation.StartedAt });
        audit.Add(AuditEvents.KeyRotationStarted, Audited(rotation));
        await db.SaveChangesAsync(cancel);
        await together.CommitAsync(cancel);
        rings.Refresh();
        signal.Call(Work);
        return rotation;
    }

    /// <summary>The last ones, youngest first.</summary>
    public Task<List<KeyRotation>> ListAsync(CancellationToken cancel) =>
        db.Set<KeyRotation>().AsNoTracking().OrderByDescending(r => r.Id).Take(Shown).ToListAsync(cancel);

    /// <summary>One, or null.</summary>
    public Task<KeyRotation?> FindAsync(int id, CancellationToken cancel) => db.Set<KeyRotation>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancel);

    /// <summary>The one of this kind that goes on, or null.</summary>
    public Task<KeyRotation?> FindOpenAsync(string kind, CancellationToken cancel) =>
        db.Set<KeyRotation>().AsNoTracking().SingleOrDefaultAsync(r => r.Kind == kind && r.FinishedAt == null, cancel);

    internal static Audited Audited(KeyRotation rotation) => new(AuditedTypes.KeyRotation, rotation.Id, RotationKinds.Words(rotation.Kind));

    private Guid NewKey()
    {
        var (id, row) = maker.Make(AfterAllOthers());
        db.Add(row);
        return id;
    }

    // The youngest is in force, also where the clock of the node that made the one before is ahead of ours.
    private DateTimeOffset AfterAllOthers() => rings.Default.ActiveFrom is var last && last >= time.GetUtcNow() ? last.AddSeconds(1) : time.GetUtcNow();

    private static Refusal GoesOn(string kind) => new(RefusalKind.Conflict, $"A rotation of the {RotationKinds.Words(kind)} goes on already. Nothing was changed; wait for its end.");
}
