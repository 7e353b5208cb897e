using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Workato.Connections.Privileges;

/// <summary>A person of the workspace. The embedded default has one: the local owner.</summary>
public sealed class Member
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>As people say it.</summary>
    public required string Name { get; set; }

    /// <summary>The e-mail address.</summary>
    public required string Email { get; set; }

    /// <summary>When the person came.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class MemberConfiguration : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> builder)
    {
        builder.ToTable("members");
        builder.Property(m => m.Name).HasMaxLength(255);
        builder.Property(m => m.Email).HasMaxLength(255);
    }
}
