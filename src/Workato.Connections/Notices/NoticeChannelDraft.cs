using Workato.Connections.Secrets;

namespace Workato.Connections.Notices;

/// <summary>A channel to be made or changed. When changing, what is left out stays as it is.</summary>
public sealed record NoticeChannelDraft
{
    /// <summary>One of <see cref="ChannelKinds"/>; needed when making one, and cannot be changed.</summary>
    public string? Kind { get; init; }

    /// <summary>As people know it; needed when making one.</summary>
    public string? Name { get; init; }

    /// <summary>A webhook's URL, or e-mail addresses with commas between them; needed when making one.</summary>
    public string? Address { get; init; }

    /// <summary>Whether it is told of all projects.</summary>
    public bool? AllProjects { get; init; }

    /// <summary>Otherwise of which.</summary>
    public IReadOnlyList<int>? ProjectIds { get; init; }

    /// <summary>Whether it is told of what is about to break.</summary>
    public bool? WithWarnings { get; init; }

    /// <summary>The quiet hours; null: as they are.</summary>
    public GivenQuietHours? Quiet { get; init; }

    /// <summary>Whether it is on.</summary>
    public bool? IsOn { get; init; }
}

/// <summary>Quiet hours as somebody gave them.</summary>
/// <param name="From">From when, as <c>22:00</c>; both empty: none.</param>
/// <param name="To">Until when.</param>
/// <param name="TimeZone">In which time zone, by its IANA name; empty: UTC.</param>
public sealed record GivenQuietHours(string? From, string? To, string? TimeZone)
{
    /// <summary>None.</summary>
    public static GivenQuietHours None { get; } = new(null, null, null);
}

/// <summary>A channel that was made, with the secret it signs with: shown once; null for e-mail.</summary>
public sealed record MadeNoticeChannel(NoticeChannel Channel, Secret? Secret);
