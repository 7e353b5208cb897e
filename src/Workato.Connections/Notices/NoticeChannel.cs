using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Workato.Connections.Notices;

/// <summary>Where notices go: to whom, of which projects, when.</summary>
public sealed class NoticeChannel
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 255;

    /// <summary>The longest address, in characters.</summary>
    public const int MaxAddressLength = 2048;

    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>One of <see cref="ChannelKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>As people know it.</summary>
    public required string Name { get; set; }

    /// <summary>A webhook's URL; e-mail addresses with commas between them.</summary>
    public required string Address { get; set; }

    /// <summary>A webhook's signing secret, sealed for this row; null for e-mail.</summary>
    public byte[]? SealedSecret { get; set; }

    /// <summary>Whether it is told of all projects, also those made later.</summary>
    public bool AllProjects { get; set; } = true;

    /// <summary>Otherwise of which.</summary>
    public List<int> ProjectIds { get; set; } = [];

    /// <summary>Whether it is told of what is about to break, too.</summary>
    public bool WithWarnings { get; set; } = true;

    /// <summary>From when in the day nothing is sent; what happens then is sent at the end of it. Null: always.</summary>
    public TimeOnly? QuietFrom { get; set; }

    /// <summary>Until when; may be on the next day.</summary>
    public TimeOnly? QuietTo { get; set; }

    /// <summary>In which time zone (IANA); null: UTC.</summary>
    public string? TimeZone { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed last.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When it was switched off, by a person or because the receiver said 410 Gone; null: it is on.</summary>
    public DateTimeOffset? StoppedAt { get; set; }

    /// <summary>Since when nothing gets through; null: all is well.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>Why it was switched off or nothing gets through, for a person.</summary>
    public string? Problem { get; set; }
}

/// <summary>The kinds of <see cref="NoticeChannel"/>.</summary>
public static class ChannelKinds
{
    /// <summary>E-mail.</summary>
    public const string Email = "email";

    /// <summary>An HTTP endpoint, signed as Standard Webhooks says.</summary>
    public const string Webhook = "webhook";
}

internal sealed class NoticeChannelConfiguration : IEntityTypeConfiguration<NoticeChannel>
{
    public void Configure(EntityTypeBuilder<NoticeChannel> builder)
    {
        builder.ToTable("notice_channels");
        builder.Property(c => c.Kind).HasMaxLength(16);
        builder.Property(c => c.Name).HasMaxLength(NoticeChannel.MaxNameLength);
        builder.Property(c => c.Address).HasMaxLength(NoticeChannel.MaxAddressLength);
        builder.Property(c => c.TimeZone).HasMaxLength(64);
    }
}
