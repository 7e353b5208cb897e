using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections.Operating;

/// <summary>A data key, and what there is under it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CreatedAt">When it was made; null where it is gone.</param>
/// <param name="IsInForce">Whether new secrets are sealed under it.</param>
/// <param name="IsThere">Whether it is in the key ring; otherwise nothing sealed under it can be opened.</param>
/// <param name="WrappedBy">The thumbprint of the certificate that opens it; null where that cannot be told.</param>
/// <param name="CanBeOpened">Whether this server can open it.</param>
/// <param name="Secrets">How many secrets are sealed under it.</param>
public sealed record KeyCount(Guid Id, DateTimeOffset? CreatedAt, bool IsInForce, bool IsThere, string? WrappedBy, bool CanBeOpened, long Secrets);

/// <summary>Which data keys there are, and how much is sealed under each.</summary>
public sealed class KeyStock(ConnectionsDbContext db, KeyRings rings, KeyCertificates certificates)
{
    /// <summary>The thumbprint of the certificate that new keys are wrapped by here.</summary>
    public string CertificateInForce => certificates.InForce.Thumbprint;

    /// <summary>The thumbprint of the other certificate this server has; null: none.</summary>
    public string? OtherCertificate => certificates.Other?.Thumbprint;

    /// <summary>All keys, youngest first; last those that are gone and something is still sealed under.</summary>
    public async Task<IReadOnlyList<KeyCount>> ListAsync(CancellationToken cancel)
    {
        rings.Refresh();
        var counts = new Dictionary<Guid, long>();
        foreach (var column in SealedColumn.All)
        {
            foreach (var (key, count) in await column.CountAsync(db, cancel)) counts[key] = counts.GetValueOrDefault(key) + count;
        }

        var wrapped = await WrappedAsync(cancel);
        var keys = rings.Keys.OrderByDescending(k => k.ActiveFrom)
            .Select(k => new KeyCount(k.Id, k.CreatedAt, k.Id == rings.Default.Id, true, wrapped.GetValueOrDefault(k.Id), k.CanBeOpened && !k.IsRevoked, counts.GetValueOrDefault(k.Id))).ToList();
        return [.. keys, .. counts.Where(c => keys.TrueForAll(k => k.Id != c.Key)).Select(c => new KeyCount(c.Key, null, false, false, null, false, c.Value))];
    }

    private async Task<Dictionary<Guid, string?>> WrappedAsync(CancellationToken cancel) =>
        (await db.DataProtectionKeys.AsNoTracking().Select(k => k.Xml!).ToListAsync(cancel))
            .Select(x => (Id: KeyWrapping.IdOf(x), By: KeyWrapping.WrappedBy(x))).Where(k => k.Id is not null).DistinctBy(k => k.Id).ToDictionary(k => k.Id!.Value, k => k.By);
}
