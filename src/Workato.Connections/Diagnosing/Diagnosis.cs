namespace Workato.Connections.Diagnosing;

/// <summary>Why something does not work, and what to do.</summary>
/// <param name="Cause">One of <see cref="Causes"/>.</param>
/// <param name="Words">What happened, why, and the one next step, for a person.</param>
/// <param name="Evidence">What the app or the network answered, without secrets and bounded; null where there was nothing.</param>
public sealed record Diagnosis(string Cause, string Words, string? Evidence)
{
    /// <summary>The longest <see cref="Evidence"/>, in characters.</summary>
    public const int MaxEvidence = 1000;
}
