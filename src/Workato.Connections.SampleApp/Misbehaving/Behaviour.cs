namespace Workato.Connections.SampleApp.Misbehaving;

/// <summary>How the API behaves at present.</summary>
internal sealed record Behaviour(Mode Mode, int DelayMs)
{
    public const int MaxDelayMs = 300_000;
    public const int DefaultDelayMs = 2_000;

    public static Behaviour Good { get; } = new(Modes.Ok, DefaultDelayMs);

    /// <summary>The behaviour somebody asked for, or null and the answer that tells them what is wrong with it.</summary>
    public static Behaviour? From(string? mode, int? delayMs, out IResult? problem)
    {
        var delay = delayMs ?? DefaultDelayMs;
        var known = Modes.Find(mode);
        problem = known is null ? Answers.Invalid("mode", $"mode must be one of {Modes.Names}.")
            : delay is < 0 or > MaxDelayMs ? Answers.Invalid("delay_ms", $"delay_ms must be from 0 to {MaxDelayMs}.")
            : null;
        return problem is null ? new(known!, delay) : null;
    }
}
