using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections.Auditing;

/// <summary>
/// Chains entries one to the next by HMAC-SHA256. Entries get their place in the order they become visible, by one node
/// at a time, a moment after they were written: who writes need not queue for it.
/// </summary>
public sealed class AuditChain(ConnectionsDbContext db, CredentialProtector protector)
{
    private const int BatchSize = 500;

    /// <summary>Chains what waits, a batch at the most. Returns how many there were.</summary>
    /// <exception cref="CryptographicException">The key of the chain cannot be opened, or its end was altered: nothing is chained to that.</exception>
    public async Task<int> ChainAsync(CancellationToken cancel)
    {
        if (!await db.Set<AuditEntry>().AnyAsync(e => e.Sequence == null, cancel)) return 0;
        await using var alone = await db.BeginAloneAsync(AloneFor.Auditing, cancel);
        // What was read before this node's turn may be old.
        db.ChangeTracker.Clear();
        var (seal, key) = await SealAsync(cancel);
        var (sequence, before) = (seal.Sequence, seal.LastHash);
        var waiting = await db.Set<AuditEntry>().Where(e => e.Sequence == null).OrderBy(e => e.Id).Take(BatchSize).ToListAsync(cancel);
        foreach (var entry in waiting)
        {
            before = AuditHash.Of(key, ++sequence, before, entry);
            (entry.Sequence, entry.Hash) = (sequence, before);
        }

        seal.End(key, sequence, before);
        await db.SaveChangesAsync(cancel);
        await alone.CommitAsync(cancel);
        db.ChangeTracker.Clear();
        return waiting.Count;
    }

    private async Task<(AuditSeal Seal, byte[] Key)> SealAsync(CancellationToken cancel)
    {
        if (await db.Set<AuditSeal>().SingleOrDefaultAsync(cancel) is { } there)
        {
            var opened = there.Open(protector) ?? throw new CryptographicException("The key of the audit chain cannot be opened.");
            // Going on from an end that somebody moved would cover up what they took away.
            return there.IsWhole(opened) ? (there, opened) : throw new CryptographicException("The end of the audit chain was altered in audit_seal.");
        }

        var key = RandomNumberGenerator.GetBytes(32);
        var seal = AuditSeal.New(protector, key);
        db.Add(seal);
        return (seal, key);
    }
}
