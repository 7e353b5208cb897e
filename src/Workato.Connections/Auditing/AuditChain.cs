using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections.Auditing;

/// <summary>
/// Chains entries one to the next by HMAC-SHA256 and checks the chain. Entries get their place in the order they become
/// visible, by one node at a time, a moment after they were written: who writes need not queue for it.
/// </summary>
public sealed class AuditChain(ConnectionsDbContext db, CredentialProtector protector, TimeProvider time)
{
    /// <summary>How long an entry may wait for its place before the check calls it a fault.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const int BatchSize = 500;
    private const string Row = "audit_seal:1";

    /// <summary>Chains what waits, a batch at the most. Returns how many there were.</summary>
    public async Task<int> ChainAsync(CancellationToken cancel)
    {
        if (!await db.Set<AuditEntry>().AnyAsync(e => e.Sequence == null, cancel)) return 0;
        await using var alone = await db.BeginAloneAsync(AloneFor.Auditing, cancel);
        var seal = await SealAsync(cancel);
        var key = Open(seal) ?? throw new CryptographicException("The key of the audit chain cannot be opened.");
        var waiting = await db.Set<AuditEntry>().Where(e => e.Sequence == null).OrderBy(e => e.Id).Take(BatchSize).ToListAsync(cancel);
        foreach (var entry in waiting)
        {
            (entry.Sequence, entry.Hash) = (seal.Sequence + 1, Hash(key, seal.Sequence + 1, seal.Hash, entry));
            (seal.Sequence, seal.Hash) = (entry.Sequence.Value, entry.Hash);
        }

        await db.SaveChangesAsync(cancel);
        await alone.CommitAsync(cancel);
        return waiting.Count;
    }

    /// <summary>Reads every entry and says where the chain does not hold.</summary>
    /// <param name="noted">An end of the chain that was noted down before, as <see cref="AuditReport.End"/> says it; null: none.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<AuditReport> CheckAsync(string? noted, CancellationToken cancel)
    {
        var report = new AuditReport();
        var seal = await db.Set<AuditSeal>().AsNoTracking().SingleOrDefaultAsync(cancel);
        var longWaiting = time.GetUtcNow() - Patience;
        report.Waiting = await db.Set<AuditEntry>().CountAsync(e => e.Sequence == null, cancel);
        if (await db.Set<AuditEntry>().CountAsync(e => e.Sequence == null && e.At < longWaiting, cancel) is var late and > 0) report.Add($"{late} entries were written long ago and have no place in the chain");
        if (seal is null)
        {
            if (await db.Set<AuditEntry>().AnyAsync(e => e.Sequence != null, cancel)) report.Add("the end of the chain is gone from audit_seal");
            return report;
        }

        if (Open(seal) is not { } key)
        {
            report.Add("the key in audit_seal cannot be opened: it was altered, or is another database's");
            return report;
        }

        var (expected, before) = (1L, Array.Empty<byte>());
        await foreach (var entry in db.Set<AuditEntry>().AsNoTracking().Where(e => e.Sequence != null).OrderBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(cancel))
        {
            var sequence = entry.Sequence!.Value;
            if (sequence != expected) report.Add(sequence == expected + 1 ? $"entry {expected} is missing" : $"entries {expected} to {sequence - 1} are missing");
            else if (!CryptographicOperations.FixedTimeEquals(Hash(key, sequence, before, entry), entry.Hash)) report.Add($"entry {sequence} ({entry.Event}, {entry.At:u}) is not the one that was written there");
            (expected, before) = (sequence + 1, entry.Hash ?? []);
            report.Checked++;
            if (noted == AuditReport.EndOf(sequence, before)) noted = null;
        }

        if (expected - 1 < seal.Sequence) report.Add($"entries {expected} to {seal.Sequence} are missing at the end");
        else if (expected - 1 > seal.Sequence || !before.AsSpan().SequenceEqual(seal.Hash)) report.Add("the end of the chain is not the one that audit_seal names");
        if (noted is not null) report.Add($"the end that was noted down, {noted}, is not in the chain any more");
        report.End = AuditReport.EndOf(seal.Sequence, seal.Hash);
        return report;
    }

    private async Task<AuditSeal> SealAsync(CancellationToken cancel)
    {
        if (await db.Set<AuditSeal>().SingleOrDefaultAsync(cancel) is { } there) return there;
        var seal = new AuditSeal { SealedKey = protector.Seal(SecretKinds.Auditing, Row, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))) };
        db.Add(seal);
        return seal;
    }

    private byte[]? Open(AuditSeal seal) => protector.Open<string>(SecretKinds.Auditing, Row, seal.SealedKey) is { } key ? Convert.FromBase64String(key) : null;

    // Everything an entry says, in a form that does not depend on the database.
    private static byte[] Hash(byte[] key, long sequence, byte[] before, AuditEntry entry) => HMACSHA256.HashData(key, JsonSerializer.SerializeToUtf8Bytes(new[]
    {
        sequence.ToString(CultureInfo.InvariantCulture), Convert.ToHexStringLower(before), entry.Id.ToString(CultureInfo.InvariantCulture), entry.At.UtcTicks.ToString(CultureInfo.InvariantCulture),
        entry.Event, entry.ResourceType, entry.ResourceId?.ToString(CultureInfo.InvariantCulture), entry.ResourceName, entry.ProjectId?.ToString(CultureInfo.InvariantCulture),
        entry.ActorKind.ToString(), entry.ActorId?.ToString(CultureInfo.InvariantCulture), entry.ActorName, entry.ActorEmail, entry.Address, entry.UserAgent,
        entry.Count.ToString(CultureInfo.InvariantCulture), entry.Reason, entry.Changes,
    }));
}

/// <summary>What a check of the chain found.</summary>
public sealed class AuditReport
{
    private const int MaxFaults = 100;
    private readonly List<string> faults = [];

    /// <summary>How many entries were read.</summary>
    public long Checked { get; internal set; }

    /// <summary>How many were written a moment ago and have no place yet.</summary>
    public int Waiting { get; internal set; }

    /// <summary>The end of the chain, to be noted down where nobody who has the database can reach it.</summary>
    public string? End { get; internal set; }

    /// <summary>What is wrong, the first hundred of it.</summary>
    public IReadOnlyList<string> Faults => faults;

    internal static string EndOf(long sequence, byte[] hash) => $"{sequence}:{Convert.ToHexStringLower(hash)}";

    internal void Add(string fault)
    {
        if (faults.Count < MaxFaults) faults.Add(fault);
    }
}
