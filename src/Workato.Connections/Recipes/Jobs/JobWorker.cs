using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Jobs.Actions;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>Runs jobs. How one ended is written together with its last steps, and with the end of its work: all or nothing.</summary>
internal sealed partial class JobWorker(IServiceScopeFactory scopes, RecipeApps apps, RecipeVersions versions, JobEnds ends, WorkSignal signal, TimeProvider time, ILogger<JobWorker> log) : IWorker
{
    private const int MaxAttempts = 10;

    private static readonly JobEnd GivenUp = new JobEnd.Failed(JobErrorKind.ServerError, "Server error: it was our fault and is in the server's log.", 0);

    private static readonly CompiledQuery<long, Job> JobById = new((db, id) => db.Set<Job>().Where(j => j.Id == id));

    private static readonly CompiledQuery<int, Bound> RecipeById = new((db, id) =>
        db.Set<Recipe>().AsNoTracking().Where(r => r.Id == id).Select(r => new Bound(r.ActionErrors, r.Connections)));

    public string Kind => Job.Work;

    public int AtOnce => 32;

    public async Task DoAsync(WorkItem item, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var db = services.GetRequiredService<ConnectionsDbContext>();
        var (holder, attempts) = (item.Holder, item.Attempts);
        try
        {
            // One that ends the process it runs in never comes to an error.
            await DoAsync(db, services, item, isGivenUp: attempts > MaxAttempts, cancel);
        }
        catch (DbUpdateException e) when (attempts >= MaxAttempts && e is not DbUpdateConcurrencyException)
        {
            // It is what the job has to write that cannot be written: it ends without that.
            LogUnforeseen(log, e, JobHandle.Of(item.Subject));
            db.ChangeTracker.Clear();
            (item.Holder, item.Attempts) = (holder, attempts);
            await DoAsync(db, services, item, isGivenUp: true, cancel);
        }
    }

    private async Task DoAsync(ConnectionsDbContext db, IServiceProvider services, WorkItem item, bool isGivenUp, CancellationToken cancel)
    {
        db.Attach(item);
        var job = await JobById.SingleOrDefaultAsync(db, item.Subject, cancel);
        if (job is not { Status: JobStatus.Pending })
        {
            db.Remove(item);
            await db.SaveChangesAsync(cancel);
            return;
        }

        if (isGivenUp)
        {
            LogGivenUp(log, JobHandle.Of(job.Id), item.Attempts);
            await EndAsync(db, services, item, job, GivenUp, null, cancel);
            return;
        }

        if (await versions.FindAsync(db, job.RecipeId, job.RecipeVersion, cancel) is not { } trigger)
        {
            await EndAsync(db, services, item, job, new JobEnd.Failed(JobErrorKind.Recipe, "The version of the recipe it was to run can no longer be read. Repeat the job to run the recipe as it is now.", 0), null, cancel);
            return;
        }

        // Only a job that was begun before has anything behind it.
        var lines = job.StartedAt is not null ? await db.JobSteps.Where(s => s.JobId == job.Id).OrderBy(s => s.Sequence).ToListAsync(cancel) : [];
        var recipe = (await RecipeById.SingleOrDefaultAsync(db, job.RecipeId, cancel))!;
        var connections = await services.GetRequiredService<RunConnectionChoice>().OfAsync(job, lines, recipe.Connections, cancel);
        var actions = services.GetServices<IStepAction>().ToList();
        var run = new JobRun(db, item, job, lines, apps, kind => actions.Single(a => a.Kinds.Contains(kind)), connections, signal, time);
        using var activity = Telemetry.Activities.StartActivity("job");
        activity?.SetTag("recipe.id", job.RecipeId).SetTag("job.id", job.Id);
        var end = await GoAsync(run, trigger, item, cancel);
        activity?.SetTag("end", end.GetType().Name);
        Telemetry.JobEnded(end.GetType().Name);
        if (end is JobEnd.PutOff later) await PutOffAsync(db, item, later.For, cancel);
        else await EndAsync(db, services, item, job, end, recipe, cancel);
        run.Saved();
    }

    // What we did not foresee is tried again, but not for ever: every job ends.
    private async Task<JobEnd> GoAsync(JobRun run, RecipeStep trigger, WorkItem item, CancellationToken cancel)
    {
        try
        {
            return await run.GoAsync(trigger, cancel);
        }
        catch (Exception e) when (item.Attempts >= MaxAttempts && e is not (DbUpdateException or OperationCanceledException))
        {
            LogUnforeseen(log, e, JobHandle.Of(run.Job.Id));
            return GivenUp;
        }
    }

    private async Task PutOffAsync(ConnectionsDbContext db, WorkItem item, TimeSpan pause, CancellationToken cancel)
    {
        item.PutOff(time.GetUtcNow() + pause);
        item.Attempts = 0;
        await db.SaveChangesAsync(cancel);
    }

    private async Task EndAsync(ConnectionsDbContext db, IServiceProvider services, WorkItem item, Job job, JobEnd end, Bound? recipe, CancellationToken cancel)
    {
        job.CompletedAt = time.GetUtcNow();
        if (end is JobEnd.Done done) (job.Status, job.Returned) = (JobStatus.Succeeded, done.Returned?.GetRawText());
        else if (end is JobEnd.Failed failed) (job.Status, job.Error, job.ErrorKind, job.ErrorStep, job.ErrorConnectionId) = (JobStatus.Failed, failed.Words, failed.Kind, failed.Step, failed.ConnectionId);
        db.Remove(item);

        // Nearly all end well and nobody waits for them: then one write is all.
        if (job is { Status: JobStatus.Succeeded, CalledBy: null } && recipe?.ActionErrors == 0)
        {
            await db.SaveChangesAsync(cancel);
            ends.Announce(job.Id);
            // Others may have failed since it began, and are in a row no more. It has ended: nothing breaks this off.
            await services.GetRequiredService<RecipeErrors>().CountAsync(job, CancellationToken.None);
            return;
        }

        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            await db.SaveChangesAsync(cancel);
            await services.GetRequiredService<RecipeErrors>().CountAsync(job, cancel);
            if (job.CalledBy is { } caller)
                await db.Set<WorkItem>().Where(w => w.Kind == Job.Work && w.Subject == caller && w.Holder == null).ExecuteUpdateAsync(set => set.SetProperty(w => w.DueAt, job.CompletedAt.Value), cancel);
            await transaction.CommitAsync(cancel);
        }

        if (job.CalledBy is not null) signal.Call(Job.Work);
        ends.Announce(job.Id);
        if (job.Status == JobStatus.Failed) LogFailed(log, JobHandle.Of(job.Id), job.RecipeId, job.ErrorStep ?? 0, job.ErrorKind ?? JobErrorKind.Recipe);
    }

    private sealed record Bound(int ActionErrors, List<RecipeConnection> Connections);

    [LoggerMessage(LogLevel.Warning, "Job {Job} of recipe {RecipeId} failed at step {Step}: {Kind}.")]
    private static partial void LogFailed(ILogger log, string job, int recipeId, int step, JobErrorKind kind);

    [LoggerMessage(LogLevel.Error, "Job {Job} was begun {Attempts} times and did not come to an end; it is given up.")]
    private static partial void LogGivenUp(ILogger log, string job, int attempts);

    [LoggerMessage(LogLevel.Error, "Job {Job} could not be run, and is given up.")]
    private static partial void LogUnforeseen(ILogger log, Exception e, string job);
}
