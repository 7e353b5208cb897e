namespace Workato.Connections.Web.Hosting.Checking;

/// <summary>Whether something is as it should be.</summary>
internal enum FindingStatus
{
    /// <summary>Fine.</summary>
    Ok,

    /// <summary>Something is to be set otherwise.</summary>
    ToFix,
}

/// <summary>What one check found.</summary>
/// <param name="Check">What was looked at: <c>public_url</c>, <c>https</c>, <c>path</c>, <c>proxy</c> or <c>address</c>.</param>
/// <param name="Status"><c>ok</c> or <c>to_fix</c>.</param>
/// <param name="Message">In words for a person: what is so, why it matters, what to do.</param>
/// <param name="Setting">The setting to write; null where nothing here is to be set.</param>
/// <param name="Value">What to write there.</param>
internal sealed record SetupFinding(string Check, FindingStatus Status, string Message, string? Setting = null, string? Value = null)
{
    public static SetupFinding Ok(string check, string message) => new(check, FindingStatus.Ok, message);

    public static SetupFinding Fix(string check, string message, string? setting = null, string? value = null) => new(check, FindingStatus.ToFix, message, setting, value);
}
