using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>Waits for the ends of jobs: told at once by this node, and seen within a second where another node ran it.</summary>
public sealed class JobEnds(IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, TaskCompletionSource> waiting = new();

    internal void Announce(long id)
    {
        if (waiting.TryRemove(id, out var waiter)) waiter.TrySetResult();
    }

    /// <summary>To be taken before the job is written, so that no end is missed.</summary>
    public Task Next(long id) => waiting.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>The job when it has ended; as it stands then where that takes longer than <paramref name="patience"/>.</summary>
    public async Task<Job> WaitAsync(long id, Task next, TimeSpan patience, CancellationToken cancel)
    {
        var until = time.GetUtcNow() + patience;
        try
        {
            while (true)
            {
                await Task.WhenAny(next, Task.Delay(Interval, time, cancel));
                cancel.ThrowIfCancellationRequested();
                await using var scope = scopes.CreateAsyncScope();
                var job = await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().Jobs.AsNoTracking().SingleAsync(j => j.Id == id, cancel);
                if (job.Status != JobStatus.Pending || time.GetUtcNow() >= until) return job;
            }
        }
        finally
        {
            waiting.TryRemove(id, out _);
        }
    }
}
