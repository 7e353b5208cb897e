using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Workato.Connections.Secrets;

namespace Workato.Connections.Auditing;

/// <summary>The end of the chain, so that entries cut off from it are missed, and the sealed key of its hashes.</summary>
public sealed class AuditSeal
{
    private const string Row = "audit_seal:1";

    /// <summary>There is one row, number 1.</summary>
    public int Id { get; init; } = 1;

    /// <summary>The key of the hashes, sealed: who has the database alone cannot make a chain that holds.</summary>
    public required byte[] SealedKey { get; set; }

    /// <summary>How many entries are chained.</summary>
    public long Sequence { get; set; }

    /// <summary>The last entry's hash, and behind it a hash by the same key of this end: it cannot be moved to an earlier entry.</summary>
    public byte[] Hash { get; set; } = [];

    /// <summary>The last entry's hash; empty where there is none.</summary>
    internal byte[] LastHash => Hash.Length <= HMACSHA256.HashSizeInBytes ? [] : Hash[..^HMACSHA256.HashSizeInBytes];

    /// <summary>The end of a chain that has no entries yet.</summary>
    internal static AuditSeal New(CredentialProtector protector, byte[] key)
    {
        var seal = new AuditSeal { SealedKey = protector.Seal(SecretKinds.Auditing, Row, Convert.ToBase64String(key)) };
        seal.End(key, 0, []);
        return seal;
    }

    /// <summary>The key of the hashes, or null where it cannot be opened.</summary>
    internal byte[]? Open(CredentialProtector protector) => protector.Open<string>(SecretKinds.Auditing, Row, SealedKey) is { } key ? Convert.FromBase64String(key) : null;

    /// <summary>Puts the end behind this entry.</summary>
    internal void End(byte[] key, long sequence, byte[] last) => (Sequence, Hash) = (sequence, [.. last, .. AuditHash.OfEnd(key, sequence, last)]);

    /// <summary>Whether the end is where the product put it.</summary>
    internal bool IsWhole(byte[] key) =>
        Hash.Length >= HMACSHA256.HashSizeInBytes && CryptographicOperations.FixedTimeEquals(Hash.AsSpan(^HMACSHA256.HashSizeInBytes..), AuditHash.OfEnd(key, Sequence, LastHash));
}

internal sealed class AuditSealConfiguration : IEntityTypeConfiguration<AuditSeal>
{
    public void Configure(EntityTypeBuilder<AuditSeal> builder)
    {
        builder.ToTable("audit_seal");
        builder.Property(s => s.Id).ValueGeneratedNever();
    }
}
