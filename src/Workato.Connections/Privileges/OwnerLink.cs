using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections.Privileges;

/// <summary>A link that signs the local owner in, once.</summary>
public sealed class OwnerLink
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>SHA-256 of the token in the link.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>From when on it no longer works.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

internal sealed class OwnerLinkConfiguration : IEntityTypeConfiguration<OwnerLink>
{
    public void Configure(EntityTypeBuilder<OwnerLink> builder)
    {
        builder.ToTable("owner_links");
        builder.HasIndex(l => l.TokenHash).IsUnique();
    }
}

/// <summary>Makes and redeems the local owner's one-time links.</summary>
public sealed class OwnerLinks(ConnectionsDbContext db, TimeProvider time)
{
    /// <summary>How long an unused link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>A new link's token. Links made before stop working, unless none could be made.</summary>
    public async Task<Secret> CreateAsync(CancellationToken cancel)
    {
        var token = Token.Create();
        // Of two that start at once, neither would see the other's link, and both would work.
        await using var alone = await db.LockStartAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Set<OwnerLink>().ExecuteDeleteAsync(cancel);
        db.Add(new OwnerLink { TokenHash = Token.Hash(token.Reveal()), ExpiresAt = time.GetUtcNow() + Lifetime });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return token;
    }

    /// <summary>Whom the links are for, who signs in now.</summary>
    public async Task<Member> SignInAsync(CancellationToken cancel)
    {
        var owner = await db.Set<Member>().SingleAsync(m => m.IsLocal, cancel);
        owner.SignedInAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancel);
        return owner;
    }

    /// <summary>Uses a link up. True for one caller at most, however many ask at once.</summary>
    public async Task<bool> RedeemAsync(string token, CancellationToken cancel)
    {
        var (hash, now) = (Token.Hash(token), time.GetUtcNow());
        return await db.Set<OwnerLink>().Where(l => l.TokenHash == hash && l.ExpiresAt > now).ExecuteDeleteAsync(cancel) == 1;
    }
}
