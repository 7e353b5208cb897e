namespace Workato.Connections.Benchmarks.Refresh;

/// <summary>The matrix as Markdown.</summary>
internal sealed class MatrixReport(TextWriter writer)
{
    private readonly List<string> missed = [];

    public void Begin()
    {
        writer.WriteLine("| processes | delay s | the one that refreshes | token used up | redemptions | presented per generation | reuses | served | came back | cut off | refused | false lost | ended | slowest s |");
        writer.WriteLine("|--:|--:|---|---|--:|--:|--:|--:|--:|--:|--:|--:|---|--:|");
    }

    public void Add(CellOutcome outcome)
    {
        var (setting, tally, callers) = (outcome.Cell.Setting, outcome.Tally, outcome.Callers);
        var happened = setting.Disturbance switch
        {
            Disturbance.Kill => "kill -9",
            Disturbance.Pause => "SIGSTOP for 25 s",
            _ => "is left alone",
        };
        if (setting.Disturbance != Disturbance.None && !outcome.Cell.WasInTheAct) happened += ", too late";
        var ended = outcome.TrueLoss ? "true loss" : outcome.FalseLoss ? "**FALSE LOSS**" : callers.All(c => c.Fate == Fate.Served) ? "all served" : outcome.RowAtTheEnd;
        writer.WriteLine($"| {setting.Processes} | {setting.Delay.TotalSeconds:0.#} | {happened} | {(setting.UsedUpFirst ? "at once" : "after the delay")} "
            + $"| {tally.Redemptions} | {tally.PerGeneration} | {tally.Reuses} | {callers.Count(c => c.Fate == Fate.Served)} | {callers.Count(c => c.ToldToComeBack > 0)} "
            + $"| {callers.Count(c => c.WasCutOff)} | {callers.Count(c => c.Fate == Fate.Refused)} | {(outcome.FalseLoss ? 1 : 0)} | {ended} | {callers.Max(c => c.Took).TotalSeconds:0.0} |");
        foreach (var requirement in outcome.Missed())
            missed.Add($"{setting.Processes} processes, {setting.Delay.TotalSeconds:0.#} s, {happened}, used up {(setting.UsedUpFirst ? "at once" : "after the delay")}: {requirement}. The row: {outcome.RowAtTheEnd}");
    }

    /// <summary>Says what is not as required; true where nothing is.</summary>
    public bool End()
    {
        writer.WriteLine();
        if (missed.Count == 0) writer.WriteLine("Every cell is as required.");
        foreach (var each in missed) writer.WriteLine($"- MISSED: {each}");
        return missed.Count == 0;
    }
}
