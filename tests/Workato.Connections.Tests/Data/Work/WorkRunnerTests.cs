using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Data.Work;

/// <summary>An item is done by the node that has it, and by no other while that one is at work.</summary>
public abstract class WorkRunnerTests(Workspace workspace)
{
    private readonly string kind = Guid.NewGuid().ToString("N");
    private readonly Renewals renewals = new();
    private readonly Sleeps clock = new(workspace.Time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lease_that_could_not_be_moved_on_once_is_moved_on_at_the_next_try()
    {
        renewals.ToFail = 1;
        var gate = new Gate();
        var running = await StartAsync((_, _, cancel) => gate.PassAsync().WaitAsync(cancel));
        await gate.Reached;

        await PassAsync(10, 10, 10);
        await PassAsync(5);
        (await RunOnAnotherNodeAsync()).ShouldBe(0);

        gate.Open();
        await running;
    }

    [Fact]
    public async Task Work_whose_lease_could_not_be_moved_on_in_time_is_broken_off_before_it_is_claimed_again()
    {
        renewals.ToFail = int.MaxValue;
        var (gate, isBrokenOff) = (new Gate(), false);
        var running = await StartAsync(async (db, item, cancel) =>
        {
            if (isBrokenOff)
            {
                db.Remove(item);
                await db.SaveChangesAsync(cancel);
                return;
            }

            try
            {
                await gate.PassAsync().WaitAsync(cancel);
            }
            catch (OperationCanceledException)
            {
                isBrokenOff = true;
                throw;
            }
        });
        await gate.Reached;

        await PassAsync(10, 10, 10);
        await running.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        (await workspace.DbAsync(db => db.Set<WorkItem>().AnyAsync(w => w.Kind == kind, Cancel))).ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_put_off_for_an_hour_is_not_due_sooner_where_its_node_still_tidies_up()
    {
        var (gate, due) = (new Gate(), workspace.Time.GetUtcNow() + TimeSpan.FromHours(1));
        var running = await StartAsync(async (db, item, cancel) =>
        {
            db.Attach(item);
            item.PutOff(due);
            await db.SaveChangesAsync(cancel);
            await gate.PassAsync();
        });
        await gate.Reached;

        await PassAsync(10);
        await renewals.Tried.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        gate.Open();
        await running;

        (await RowAsync()).DueAt.ShouldBe(due);
    }

    [Fact]
    public async Task What_could_not_be_put_off_is_given_back_and_due_again_soon()
    {
        await await StartAsync((_, item, _) =>
        {
            item.PutOff(workspace.Time.GetUtcNow() + TimeSpan.FromHours(1));
            throw new DbUpdateException("The database went away.");
        });

        var row = await RowAsync();
        (row.Holder, row.DueAt).ShouldBe((null, workspace.Time.GetUtcNow() + TimeSpan.FromSeconds(2)));
    }

    // The item, and a node that begins it.
    private async Task<Task> StartAsync(Func<ConnectionsDbContext, WorkItem, CancellationToken, Task> work)
    {
        await workspace.DbAsync(db =>
        {
            db.Add(new WorkItem { Kind = kind, Subject = 1, DueAt = workspace.Time.GetUtcNow() });
            return db.SaveChangesAsync(Cancel);
        });
        var node = workspace.StartNode(configure: services =>
        {
            services.AddSingleton<TimeProvider>(clock).AddSingleton<IWorker>(p => new Worker(kind, p.GetRequiredService<IServiceScopeFactory>(), work));
            services.ConfigureDbContext<SqliteDbContext>(o => o.AddInterceptors(renewals));
            services.ConfigureDbContext<PostgresDbContext>(o => o.AddInterceptors(renewals));
        });
        return node.GetRequiredService<WorkRunner>().RunDueAsync(Cancel, kind);
    }

    private Task<int> RunOnAnotherNodeAsync() => workspace.StartNode(configure: services => services.AddSingleton<IWorker>(p => new Worker(kind, p.GetRequiredService<IServiceScopeFactory>(), (db, item, cancel) =>
    {
        db.Remove(item);
        return db.SaveChangesAsync(cancel);
    }))).GetRequiredService<WorkRunner>().RunDueAsync(Cancel, kind);

    // Each time, whoever keeps the lease waits for its next turn first.
    private async Task PassAsync(params int[] seconds)
    {
        foreach (var part in seconds)
        {
            await clock.NextAsync();
            workspace.Time.Advance(TimeSpan.FromSeconds(part));
        }
    }

    private Task<WorkItem> RowAsync() => workspace.DbAsync(db => db.Set<WorkItem>().AsNoTracking().SingleAsync(w => w.Kind == kind, Cancel));

    private sealed class Worker(string kind, IServiceScopeFactory scopes, Func<ConnectionsDbContext, WorkItem, CancellationToken, Task> work) : IWorker
    {
        public string Kind => kind;

        public int AtOnce => 1;

        public async Task DoAsync(WorkItem item, CancellationToken cancel)
        {
            await using var scope = scopes.CreateAsyncScope();
            await work(scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>(), item, cancel);
        }
    }

    // The moves of leases: statements of their own, unlike claims and the writes of workers.
    private sealed class Renewals : DbCommandInterceptor
    {
        private readonly TaskCompletionSource tried = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int ToFail { get; set; }

        public Task Tried => tried.Task;

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            IsRenewal(command) && ToFail-- > 0 ? throw new TimeoutException("The database did not answer.") : new(result);

        public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            if (IsRenewal(command)) tried.TrySetResult();
            return new(result);
        }

        private static bool IsRenewal(DbCommand command) => command.CommandText.StartsWith("UPDATE", StringComparison.Ordinal) && command.CommandText.Contains("work_items", StringComparison.Ordinal);
    }

    // Tells when somebody begins to wait for a short while.
    private sealed class Sleeps(TimeProvider clock) : TimeProvider
    {
        private readonly Channel<TimeSpan> begun = Channel.CreateUnbounded<TimeSpan>();

        public Task NextAsync() => begun.Reader.ReadAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override long GetTimestamp() => clock.GetTimestamp();

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = clock.CreateTimer(callback, state, dueTime, period);
            if (dueTime > TimeSpan.Zero && dueTime < WorkRunner.Lease / 2) begun.Writer.TryWrite(dueTime);
            return timer;
        }
    }
}

public sealed class WorkOnSqlite(SqliteWorkspace workspace) : WorkRunnerTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class WorkOnPostgres(PostgresWorkspace workspace) : WorkRunnerTests(workspace), IClassFixture<PostgresWorkspace>;
