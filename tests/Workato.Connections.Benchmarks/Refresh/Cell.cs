namespace Workato.Connections.Benchmarks.Refresh;

/// <summary>One cell of the matrix: a connection whose access token has ended, at a provider of its own.</summary>
internal sealed class Cell(Setting setting, Provider provider, int connection, NodeGroup group)
{
    private const int Count = 40;

    private readonly TaskCompletionSource beingRefreshed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Setting Setting => setting;

    public Provider Provider => provider;

    public int Connection => connection;

    /// <summary>Ends when somebody holds the lease, or the refresh was over before that could be seen.</summary>
    public Task BeingRefreshed => beingRefreshed.Task;

    /// <summary>Whether the process the disturbance was for held the lease when it came.</summary>
    public bool WasInTheAct { get; private set; }

    /// <summary>All call at once. Where somebody is to be disturbed, the first call goes there, and the others come when it refreshes.</summary>
    public async Task<CellOutcome> RunAsync()
    {
        await provider.DelayAsync(setting.Delay, setting.UsedUpFirst);
        var first = setting.Disturbance == Disturbance.None ? [] : new[] { new Caller(group, connection, 0) };
        var calls = first.Select(c => c.CallAsync()).ToList();
        if (first.Length > 0) await UntilHeldAsync(calls[0]);
        beingRefreshed.SetResult();
        var others = Enumerable.Range(first.Length, Count - first.Length).Select(i => new Caller(group, connection, i)).ToArray();
        calls.AddRange(others.Select(c => c.CallAsync()));
        await Task.WhenAll(calls);
        return await JudgeAsync([.. first, .. others]);
    }

    /// <summary>Looks who holds the lease, right before the disturbance.</summary>
    public async Task LookBeforeAsync(string victim) => WasInTheAct = await group.HolderAsync(connection) == victim;

    /// <summary>Looks once more right after it: who gave the lease back in between was not met.</summary>
    public async Task LookAfterAsync() => WasInTheAct &= await group.HolderAsync(connection) is not null;

    private async Task UntilHeldAsync(Task call)
    {
        while (!call.IsCompleted && await group.HolderAsync(connection) is null) await Task.Delay(5);
    }

    private async Task<CellOutcome> JudgeAsync(Caller[] callers)
    {
        var tally = await provider.CountAsync();
        // Looks once more: the last caller may be quicker than the next look of the watch.
        var row = await group.DescribeAsync(connection);
        var lost = group.WasLost(connection);
        // The only loss that nobody can prevent: the token was used up, the tokens issued for it died with the process.
        var cannotBeHelped = setting is { Disturbance: Disturbance.Kill } && WasInTheAct && tally is { FamiliesRevoked: > 0, Redemptions: > 0 };
        return new(this, tally, callers)
        {
            TrueLoss = lost && cannotBeHelped,
            FalseLoss = lost && !cannotBeHelped,
            RowAtTheEnd = row,
        };
    }
}

/// <summary>What a cell is about.</summary>
/// <param name="Processes">How many processes share the database.</param>
/// <param name="Delay">How long the provider takes.</param>
/// <param name="Disturbance">What is done to the one that refreshes.</param>
/// <param name="UsedUpFirst">Whether the provider uses the refresh token up before its delay, and not after it.</param>
internal sealed record Setting(int Processes, TimeSpan Delay, Disturbance Disturbance, bool UsedUpFirst);

/// <summary>What came of it.</summary>
internal sealed record CellOutcome(Cell Cell, Tally Tally, IReadOnlyList<Caller> Callers)
{
    public required bool TrueLoss { get; init; }

    public required bool FalseLoss { get; init; }

    public required string RowAtTheEnd { get; init; }

    /// <summary>What the issue requires of every cell, and that nobody is left in the dark.</summary>
    public IEnumerable<string> Missed()
    {
        if (FalseLoss) yield return "a connection was marked lost that was not";
        var isQuiet = Cell.Setting.Disturbance == Disturbance.None;
        if (isQuiet && Tally is not { Redemptions: 1, PerGeneration: 1 }) yield return "not one redemption per generation";
        if (Cell.Setting.Disturbance != Disturbance.Kill && Tally.Reuses > 0) yield return "a refresh token was presented again";
        if (!TrueLoss && Callers.Any(c => c.Fate != Fate.Served)) yield return "callers were not served: " + string.Join("; ", Callers.Select(c => c.LastWord).OfType<string>().Distinct());
    }
}
