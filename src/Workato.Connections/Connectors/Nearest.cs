namespace Workato.Connections.Connectors;

/// <summary>"Did you mean".</summary>
public static class Nearest
{
    /// <summary>The candidate that is at most two slips of the finger away from <paramref name="word"/>, or begins with it, or null.</summary>
    public static string? To(string word, IEnumerable<string> candidates) => candidates
        .Select(c => (Candidate: c, Distance: c.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? 1 : Distance(word, c)))
        .Where(c => c.Distance <= Math.Min(2, word.Length / 2))
        .OrderBy(c => c.Distance)
        .Select(c => c.Candidate)
        .FirstOrDefault();

    // Levenshtein, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
