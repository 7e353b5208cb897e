using System.Globalization;

namespace Workato.Connections.Auditing;

/// <summary>What a check of the chain found.</summary>
public sealed class AuditReport
{
    private const int MaxFaults = 100;
    private readonly List<string> faults = [];

    /// <summary>How many entries were read.</summary>
    public long Checked { get; internal set; }

    /// <summary>How many were written a moment ago and have no place yet.</summary>
    public int Waiting { get; internal set; }

    /// <summary>The end of the chain, to be noted down where nobody who has the database can reach it; null where there is none.</summary>
    public AuditEnd? End { get; internal set; }

    /// <summary>What is wrong, the first hundred of it.</summary>
    public IReadOnlyList<string> Faults => faults;

    internal void Add(string fault)
    {
        if (faults.Count < MaxFaults) faults.Add(fault);
    }
}

/// <summary>An end of the chain as people note it down: <c>SEQUENCE:HASH</c>.</summary>
/// <param name="Sequence">How many entries were chained then.</param>
/// <param name="Hash">The last one's hash.</param>
public sealed record AuditEnd(long Sequence, byte[] Hash)
{
    /// <summary>Reads what <see cref="ToString"/> wrote; null where it is not of that form.</summary>
    public static AuditEnd? Parse(string text)
    {
        var parts = text.Trim().Split(':');
        if (parts.Length != 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) return null;
        if (parts[1].Length != (sequence == 0 ? 0 : 64) || !parts[1].All(char.IsAsciiHexDigit)) return null;
        return new(sequence, Convert.FromHexString(parts[1]));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Convert.ToHexStringLower(Hash)}");
}
