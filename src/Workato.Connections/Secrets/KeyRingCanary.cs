using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Workato.Connections.Secrets;

/// <summary>A sealed value of which we know what it says: the first thing to be opened at every start.</summary>
public sealed class KeyRingCanary
{
    /// <summary>There is one row, number 1.</summary>
    public int Id { get; init; } = 1;

    /// <summary>The sealed value.</summary>
    public required byte[] Sealed { get; init; }

    /// <summary>When the key ring was founded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class KeyRingCanaryConfiguration : IEntityTypeConfiguration<KeyRingCanary>
{
    public void Configure(EntityTypeBuilder<KeyRingCanary> builder)
    {
        builder.ToTable("key_ring_canary");
        builder.Property(c => c.Id).ValueGeneratedNever();
    }
}
