using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections.Operating;

/// <summary>Wraps by the new certificate every data key that is wrapped by another, one at a time.</summary>
internal sealed class WrappingPass(ConnectionsDbContext db, KeyRings rings, KeyCertificates certificates, KeyWrapping wrapping) : RotationPass(db)
{
    public override async Task<bool> RunAsync(KeyRotation rotation, Func<bool> isStopping, CancellationToken cancel)
    {
        // Another node has it.
        if (certificates.Find(rotation.Target) is null) return false;
        var (isWhole, changed) = (rotation.Part is null, 0);
        if (isWhole)
        {
            (rotation.Part, rotation.Cursor, rotation.Unreadable) = (KeyRings.Table, 0, 0);
            if (rotation is { Total: 0, Done: 0 }) rotation.Total = (await Db.DataProtectionKeys.AsNoTracking().Select(k => k.Xml).ToListAsync(cancel)).Count(x => IsLeft(x, rotation));
            await Db.SaveChangesAsync(cancel);
        }

        while (await Db.DataProtectionKeys.AsNoTracking().Where(k => k.Id > rotation.Cursor).OrderBy(k => k.Id).FirstOrDefaultAsync(cancel) is { } key)
        {
            changed += await WrapAsync(rotation, key, cancel);
            if (isStopping()) return false;
        }

        (rotation.Part, rotation.Cursor) = (null, 0);
        await Db.SaveChangesAsync(cancel);
        if (changed > 0) rings.Refresh();
        return isWhole && changed == 0;
    }

    private async Task<int> WrapAsync(KeyRotation rotation, DataProtectionKey key, CancellationToken cancel)
    {
        var writes = new List<Func<Task<bool>>>();
        if (IsLeft(key.Xml, rotation))
        {
            if (wrapping.Wrap(key.Xml!, rotation.Target) is { } wrapped) writes.Add(() => PutAsync(key, wrapped, cancel));
            else rotation.Unreadable++;
        }

        await SaveAsync(rotation, key.Id, writes, cancel);
        return writes.Count;
    }

    private async Task<bool> PutAsync(DataProtectionKey read, string wrapped, CancellationToken cancel) =>
        await Db.DataProtectionKeys.Where(k => k.Id == read.Id && k.Xml == read.Xml).ExecuteUpdateAsync(set => set.SetProperty(k => k.Xml, wrapped), cancel) > 0;

    private static bool IsLeft(string? xml, KeyRotation rotation) =>
        xml is not null && KeyWrapping.WrappedBy(xml) is { } by && !by.Equals(rotation.Target, StringComparison.OrdinalIgnoreCase);
}
