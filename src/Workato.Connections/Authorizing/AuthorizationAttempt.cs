using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Workato.Connections.Authorizing;

/// <summary>
/// Somebody was sent to an app and is expected back: once, in the same browser, within <see cref="Lifetime"/>. Until then
/// nothing is changed; what is meant to become of it lies sealed in here.
/// </summary>
public sealed class AuthorizationAttempt
{
    /// <summary>How long a person may take.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>SHA-256 of the state the app brings back (RFC 6749 section 10.12), of the temporary token with OAuth 1.0.</summary>
    public required byte[] StateHash { get; init; }

    /// <summary>SHA-256 of the secret the browser keeps, so that the answer counts only where the question was asked.</summary>
    public required byte[] BrowserHash { get; init; }

    /// <summary>Which app.</summary>
    public required string Provider { get; init; }

    /// <summary>The connection it is for; null: one that is made when it succeeds.</summary>
    public int? ConnectionId { get; set; }

    /// <summary>What is meant to become of it, sealed under the hash of the state.</summary>
    public required byte[] SealedIntent { get; init; }

    /// <summary>From when on it no longer counts.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the browser came back; it counts once.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>When it was known what became of it.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Why it came to nothing, in words for a person; null while it may still succeed, or did.</summary>
    public string? Problem { get; set; }
}

internal sealed class AuthorizationAttemptConfiguration : IEntityTypeConfiguration<AuthorizationAttempt>
{
    public void Configure(EntityTypeBuilder<AuthorizationAttempt> builder)
    {
        builder.ToTable("authorization_attempts");
        builder.Property(a => a.Provider).HasMaxLength(64);
        builder.HasOne<Connection>().WithMany().HasForeignKey(a => a.ConnectionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(a => a.StateHash).IsUnique();
        builder.HasIndex(a => a.ExpiresAt);
    }
}
