using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Workato.Connections.Data;

namespace Workato.Connections.Authorizing.Profiles;

/// <summary>The operator's own client at an app: its id and secret, used by many connections.</summary>
public sealed class CustomOAuthProfile
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 255;

    /// <summary>The longest client id, in characters.</summary>
    public const int MaxClientIdLength = 1024;

    /// <summary>The id in the API; also the sub-purpose its secret is sealed under.</summary>
    public int Id { get; init; }

    /// <summary>How people tell it from others of the same app.</summary>
    public required string Name { get; set; }

    /// <summary>Which app. Never changes.</summary>
    public required string Provider { get; init; }

    /// <summary>The client's id at the app (RFC 6749 section 2.2): no secret.</summary>
    public required string ClientId { get; set; }

    /// <summary>The client's secret, or its private key, sealed for this row; null for a public client.</summary>
    public byte[]? SealedSecret { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class CustomOAuthProfileConfiguration : IEntityTypeConfiguration<CustomOAuthProfile>
{
    public void Configure(EntityTypeBuilder<CustomOAuthProfile> builder)
    {
        builder.ToTable("custom_oauth_profiles");
        builder.Property(p => p.Name).HasMaxLength(CustomOAuthProfile.MaxNameLength);
        builder.Property(p => p.Provider).HasMaxLength(64);
        builder.Property(p => p.ClientId).HasMaxLength(CustomOAuthProfile.MaxClientIdLength);
        builder.HasIndex(p => p.Provider);
    }
}

/// <summary>The profiles, where the context is at hand.</summary>
public static class CustomOAuthProfileSet
{
    extension(ConnectionsDbContext db)
    {
        /// <summary>All custom OAuth profiles.</summary>
        public DbSet<CustomOAuthProfile> CustomOAuthProfiles => db.Set<CustomOAuthProfile>();

        /// <summary>The profile a connection names, where it names one.</summary>
        public async Task<CustomOAuthProfile?> ProfileOfAsync(Connection connection, CancellationToken cancel) => connection.CustomOAuthProfileId is { } id
            ? await db.Set<CustomOAuthProfile>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancel)
            : null;
    }
}
