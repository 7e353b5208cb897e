using Workato.Connections.Benchmarks.Servers;

namespace Workato.Connections.Benchmarks;

/// <summary>From the start of the process to its first answers, on a new database and on one it knows; medians.</summary>
internal sealed record StartTimes(TimeSpan FirstLive, TimeSpan FirstAnswer, TimeSpan LaterLive, TimeSpan LaterAnswer)
{
    public static async Task<StartTimes> MeasureAsync(Installation installation, Func<Task<string>> newDatabase, int times)
    {
        var (first, later) = (new List<(TimeSpan Live, TimeSpan Answer)>(), new List<(TimeSpan Live, TimeSpan Answer)>());
        for (var i = 0; i < times; i++)
        {
            var (database, data) = (await newDatabase(), $"start-{Guid.NewGuid():N}");
            first.Add(await installation.TimeStartAsync(database, data));
            later.Add(await installation.TimeStartAsync(database, data));
        }

        return new(Middle(first, t => t.Live), Middle(first, t => t.Answer), Middle(later, t => t.Live), Middle(later, t => t.Answer));
    }

    private static TimeSpan Middle(List<(TimeSpan Live, TimeSpan Answer)> times, Func<(TimeSpan Live, TimeSpan Answer), TimeSpan> which) =>
        times.Select(which).Order().ElementAt(times.Count / 2);
}
