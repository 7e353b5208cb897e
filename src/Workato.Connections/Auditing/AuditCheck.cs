using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections.Auditing;

/// <summary>Reads every entry and says where the chain does not hold. Servers may go on writing meanwhile.</summary>
public sealed class AuditCheck(ConnectionsDbContext db, CredentialProtector protector, TimeProvider time)
{
    /// <summary>How long an entry may wait for its place before that is a fault.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Checks it.</summary>
    /// <param name="noted">An end of the chain that was noted down before; null: none.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<AuditReport> RunAsync(AuditEnd? noted, CancellationToken cancel)
    {
        var report = new AuditReport();
        await WaitingAsync(report, cancel);
        var seal = await db.Set<AuditSeal>().AsNoTracking().SingleOrDefaultAsync(cancel);
        if (seal is null)
        {
            if (await db.Set<AuditEntry>().AnyAsync(e => e.Sequence != null, cancel)) report.Add("the end of the chain is gone from audit_seal");
            if (noted is not null) report.Add(Gone(noted));
        }
        else if (seal.Open(protector) is not { } key)
        {
            report.Add("the key in audit_seal cannot be opened: it was altered, or is another database's");
        }
        else if (!seal.IsWhole(key))
        {
            report.Add("the end of the chain was altered in audit_seal");
        }
        else
        {
            await WalkAsync(report, seal, key, noted, cancel);
            await BeyondAsync(report, seal, cancel);
            report.End = new(seal.Sequence, seal.LastHash);
        }

        return report;
    }

    private async Task WaitingAsync(AuditReport report, CancellationToken cancel)
    {
        var longAgo = time.GetUtcNow() - Patience;
        var waiting = db.Set<AuditEntry>().Where(e => e.Sequence == null);
        report.Waiting = await waiting.CountAsync(cancel);
        if (await waiting.CountAsync(e => e.At < longAgo, cancel) is var late and > 0)
            report.Add($"{late} {(late == 1 ? "entry that was written more than a minute ago has" : "entries that were written more than a minute ago have")} no place in the chain: no server is running that gives them one, or it cannot, which its log tells");
    }

    private async Task WalkAsync(AuditReport report, AuditSeal seal, byte[] key, AuditEnd? noted, CancellationToken cancel)
    {
        var (expected, before) = (1L, Array.Empty<byte>());
        // What is chained while this goes on comes behind the end that was read, and is another check's.
        var chained = db.Set<AuditEntry>().AsNoTracking().Where(e => e.Sequence != null && e.Sequence <= seal.Sequence).OrderBy(e => e.Sequence).ThenBy(e => e.Id);
        if (noted is { Sequence: 0 }) noted = null;
        await foreach (var entry in chained.AsAsyncEnumerable().WithCancellation(cancel))
        {
            var sequence = entry.Sequence!.Value;
            var said = entry.Hash ?? [];
            report.Checked++;
            if (sequence < expected) report.Add($"entry {sequence} is there twice");
            else if (sequence > expected) report.Add(Missing(expected, sequence - 1));
            else if (!CryptographicOperations.FixedTimeEquals(AuditHash.Of(key, sequence, before, entry), said)) report.Add($"entry {sequence} ({entry.Event}, {entry.At:u}) is not the one that was written there");
            (expected, before) = (sequence + 1, said);
            if (noted is not null && noted.Sequence == sequence && said.AsSpan().SequenceEqual(noted.Hash)) noted = null;
        }

        if (expected <= seal.Sequence) report.Add(Missing(expected, seal.Sequence) + " at the end");
        else if (!before.AsSpan().SequenceEqual(seal.LastHash)) report.Add("the last entry is not the one that audit_seal names");
        if (noted is not null) report.Add(Gone(noted));
    }

    // The last place is read before the end is: where servers write meanwhile, the end is never behind it.
    private async Task BeyondAsync(AuditReport report, AuditSeal seal, CancellationToken cancel)
    {
        var last = await db.Set<AuditEntry>().MaxAsync(e => e.Sequence, cancel) ?? 0;
        var end = await db.Set<AuditSeal>().Select(s => (long?)s.Sequence).SingleOrDefaultAsync(cancel) ?? 0;
        if (last > end) report.Add($"entries {end + 1} to {last} come behind the end that audit_seal names");
        if (end < seal.Sequence) report.Add("the end of the chain went back while it was checked");
    }

    private static string Missing(long first, long last) => first == last ? $"entry {first} is missing" : $"entries {first} to {last} are missing";

    private static string Gone(AuditEnd noted) => $"the end that was noted down, {noted}, is not in the chain any more";
}
