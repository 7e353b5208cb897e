using System.Globalization;

namespace Workato.Connections.Connectors;

/// <summary>HTTP statuses such as <c>[200-299, 404]</c>.</summary>
public sealed class StatusRanges
{
    private readonly (int From, int To)[] ranges;

    private StatusRanges((int From, int To)[] ranges) => this.ranges = ranges;

    /// <summary>200 to 299.</summary>
    public static StatusRanges Success { get; } = new([(200, 299)]);

    /// <summary>Whether the status is one of them.</summary>
    public bool Contains(int status) => ranges.Any(r => status >= r.From && status <= r.To);

    /// <summary>Reads <c>200</c> and <c>200-299</c>; null where one of the texts is neither.</summary>
    public static StatusRanges? Parse(IReadOnlyCollection<string> texts)
    {
        var parsed = texts.Select(Range).ToArray();
        return parsed.Length > 0 && parsed.All(r => r is { From: >= 100, To: <= 599 } && r.From <= r.To) ? new(parsed) : null;
    }

    private static (int From, int To) Range(string text)
    {
        var ends = text.Split('-', 2);
        return int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var to) ? (from, to) : (0, 0);
    }
}
