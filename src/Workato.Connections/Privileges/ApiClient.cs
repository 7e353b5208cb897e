using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Workato.Connections.Privileges;

/// <summary>A program that may call the API with a bearer token.</summary>
public sealed class ApiClient
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 100;

    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Unique, so that a token can be told by the name of its client.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the token; the token itself is kept nowhere.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>The token's last four characters, to recognise it by.</summary>
    public required string TokenEnding { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class ApiClientConfiguration : IEntityTypeConfiguration<ApiClient>
{
    public void Configure(EntityTypeBuilder<ApiClient> builder)
    {
        builder.ToTable("api_clients");
        builder.Property(c => c.Name).HasMaxLength(ApiClient.MaxNameLength);
        builder.Property(c => c.TokenEnding).HasMaxLength(4);
        builder.HasIndex(c => c.Name).IsUnique();
        builder.HasIndex(c => c.TokenHash).IsUnique();
    }
}
