using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Workato.Connections.Authorizing;

/// <summary>A link by which somebody without an account here may connect one connection, once.</summary>
public sealed class AuthorizationLink
{
    /// <summary>How long an unused link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>SHA-256 of the token in the link.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>The connection it was made for.</summary>
    public required int ConnectionId { get; init; }

    /// <summary>From when on it no longer works.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

internal sealed class AuthorizationLinkConfiguration : IEntityTypeConfiguration<AuthorizationLink>
{
    public void Configure(EntityTypeBuilder<AuthorizationLink> builder)
    {
        builder.ToTable("authorization_links");
        builder.HasOne<Connection>().WithMany().HasForeignKey(l => l.ConnectionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(l => l.TokenHash).IsUnique();
        builder.HasIndex(l => l.ExpiresAt);
    }
}
