namespace Workato.Connections.Notices;

/// <summary>Takes messages to channels of one kind.</summary>
public interface INoticeSender
{
    /// <summary>Which, one of <see cref="ChannelKinds"/>.</summary>
    string Kind { get; }

    /// <summary>Tries once. What goes wrong at the other end is an outcome, not an exception.</summary>
    Task<NoticeOutcome> SendAsync(NoticeChannel channel, NoticeDelivery delivery, CancellationToken cancel);
}

/// <summary>What became of an attempt.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Problem">Why it failed, or what is to be known of it though it arrived; for a person.</param>
/// <param name="RetryAfter">When the receiver wants to be asked again; null: it does not say.</param>
public sealed record NoticeOutcome(NoticeEnd End, string? Problem = null, TimeSpan? RetryAfter = null)
{
    /// <summary>It arrived, and there is nothing to be said of it.</summary>
    public static NoticeOutcome Arrived { get; } = new(NoticeEnd.Arrived);
}

/// <summary>How an attempt ended.</summary>
public enum NoticeEnd
{
    /// <summary>It arrived.</summary>
    Arrived,

    /// <summary>The receiver does not take this message; it may take others.</summary>
    Refused,

    /// <summary>Nothing gets through at present.</summary>
    Unreachable,

    /// <summary>The receiver wants no more, ever.</summary>
    Gone,
}
