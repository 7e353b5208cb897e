using Workato.Connections.Benchmarks.Servers;

namespace Workato.Connections.Benchmarks.Refresh;

/// <summary>
/// All cells of one disturbance and one number of processes, at once on the same processes: the one disturbance meets
/// each of them in the middle of its provider's delay, because those with long delays begin earlier.
/// </summary>
internal sealed class MatrixPart(Installation installation, string database, Disturbance disturbance, int processes)
{
    // Longer than a lease and what clocks may differ by.
    private static readonly TimeSpan PauseFor = TimeSpan.FromSeconds(25);

    public async Task<IReadOnlyList<CellOutcome>> RunAsync(IReadOnlyList<Setting> settings, IReadOnlyList<Provider> providers)
    {
        await installation.MigrateAsync(database);
        await using var group = new NodeGroup(installation, database);
        var (cells, warmUp) = await PrepareAsync(group, settings, providers);
        await group.StartAsync(processes);
        await WarmUpAsync(group, warmUp);

        var middle = cells.Max(c => c.Setting.Delay) / 2;
        var runs = cells.Select(cell => RunAsync(cell, middle - (cell.Setting.Delay / 2))).ToArray();
        if (disturbance != Disturbance.None) await DisturbAsync(group, cells);
        return await Task.WhenAll(runs);
    }

    // Before the processes start, so that none of them finds a token that is due.
    private async Task<(Cell[] Cells, List<int> WarmUp)> PrepareAsync(NodeGroup group, IReadOnlyList<Setting> settings, IReadOnlyList<Provider> providers)
    {
        await using var library = new Library(database, installation.Certificate, installation.Directory);
        var cells = new List<Cell>();
        foreach (var (setting, provider) in settings.Zip(providers))
            cells.Add(new(setting, provider, await library.ConnectAsync(provider.Address, await provider.SignInAsync()), group));
        var warmUp = new List<int>();
        for (var i = 0; i < processes; i++) warmUp.Add(await library.ConnectAsync(providers[^1].Address, await providers[^1].SignInAsync()));
        await Library.LeaveToReadersAsync(database);
        return ([.. cells], warmUp);
    }

    // A first refresh is mostly the just-in-time compiler, and would outlast a delay of 0.1 s.
    private static Task WarmUpAsync(NodeGroup group, List<int> connections) =>
        Task.WhenAll(connections.Select((id, node) => new Caller(group, id, node).CallAsync()));

    private static async Task<CellOutcome> RunAsync(Cell cell, TimeSpan after)
    {
        if (cell.Setting.Disturbance != Disturbance.None) await Task.Delay(after);
        return await cell.RunAsync();
    }

    private async Task DisturbAsync(NodeGroup group, Cell[] cells)
    {
        await Task.WhenAll(cells.Select(c => c.BeingRefreshed));
        await Task.Delay(cells.Min(c => c.Setting.Delay) / 2);
        await Task.WhenAll(cells.Select(c => c.LookBeforeAsync(NodeGroup.VictimName)));
        if (disturbance == Disturbance.Pause)
        {
            await group.Victim.PauseAsync();
            await Task.WhenAll(cells.Select(c => c.LookAfterAsync()));
            await Task.Delay(PauseFor);
            await group.Victim.ResumeAsync();
            return;
        }

        group.Victim.Kill();
        await Task.WhenAll(cells.Select(c => c.LookAfterAsync()));
        if (processes == 1) await group.ReplaceVictimAsync();
    }
}
