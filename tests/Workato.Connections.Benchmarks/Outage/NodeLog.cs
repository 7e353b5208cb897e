using System.Text.RegularExpressions;

namespace Workato.Connections.Benchmarks.Outage;

/// <summary>What a node wrote, read for what should not be there.</summary>
internal static partial class NodeLog
{
    /// <summary>
    /// Errors, with the exception where there is one, other than that the app could not be called. That the forwarder of
    /// calls warns of each connection that is refused is none.
    /// </summary>
    public static IEnumerable<string> Faults(IReadOnlyList<string> output)
    {
        for (var i = 0; i < output.Count; i++)
        {
            // The lines of an exception follow.
            var detail = i + 1 < output.Count && !IsEntry().IsMatch(output[i + 1]) ? output[i + 1] : null;
            if (IsUnhandled().IsMatch(output[i])) yield return output[i];
            else if (IsError().IsMatch(output[i]) && (detail is not null || !IsAnswer().IsMatch(output[i]))) yield return $"{output[i]} {detail}".TrimEnd();
        }
    }

    [GeneratedRegex(@"^\d\d:\d\d:\d\d [A-Z]{3} ")]
    private static partial Regex IsEntry();

    [GeneratedRegex(@"^\d\d:\d\d:\d\d (ERR|FTL) ")]
    private static partial Regex IsError();

    // A call that the product answers in the place of an app that does not.
    [GeneratedRegex(@"/call/\S* was answered 50[234] in ")]
    private static partial Regex IsAnswer();

    [GeneratedRegex("^Unhandled exception")]
    private static partial Regex IsUnhandled();
}
