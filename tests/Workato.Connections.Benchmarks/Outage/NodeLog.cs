using System.Text.RegularExpressions;

namespace Workato.Connections.Benchmarks.Outage;

/// <summary>What a node wrote, read for what should not be there.</summary>
internal static partial class NodeLog
{
    /// <summary>Exceptions, and errors other than that the app could not be called.</summary>
    public static IEnumerable<string> Faults(IEnumerable<string> output) => output.Where(line => IsError().IsMatch(line) && !IsAnswer().IsMatch(line) || IsException().IsMatch(line));

    [GeneratedRegex(@"^\d\d:\d\d:\d\d (ERR|FTL) ")]
    private static partial Regex IsError();

    // A call that the product answers in the place of an app that does not.
    [GeneratedRegex(@"/call/\S* was answered 50[234] in ")]
    private static partial Regex IsAnswer();

    // As .NET prints them: "System.IO.IOException: ..."
    [GeneratedRegex(@"^(\s*---> )?[\w.]+Exception\b|^Unhandled exception")]
    private static partial Regex IsException();
}
