using System.Text.Json;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Recipes.Inputs;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>What a trigger brought, of which a job is made.</summary>
/// <param name="Title">What it is, in a line.</param>
/// <param name="Data">What the steps can refer to.</param>
public sealed record JobEvent(string Title, JsonElement Data)
{
    /// <summary>The user on whose behalf the job runs.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The connections the caller chose, by connector.</summary>
    public IReadOnlyDictionary<string, int> Overrides { get; init; } = new Dictionary<string, int>();

    /// <summary>The job it repeats.</summary>
    public long? RepeatOf { get; init; }

    /// <summary>The job, and the step of it, that calls.</summary>
    public (long Job, int Step)? CalledBy { get; init; }
}

/// <summary>Makes jobs, with the work of running them, in whatever is saved next.</summary>
public sealed class JobStarts(ConnectionsDbContext db, WorkSignal signal, TimeProvider time)
{
    /// <summary>Adds a job. It is run by whichever node comes first after the save; call <see cref="Announce"/> then.</summary>
    public Job Add(Recipe recipe, JobEvent @event)
    {
        var now = time.GetUtcNow();
        var job = new Job
        {
            Id = JobHandle.New(now),
            RecipeId = recipe.Id,
            RecipeVersion = recipe.Version,
            Title = Answers.OneLine.Of(@event.Title),
            Trigger = InputValues.Valid(@event.Data).GetRawText(),
            ExternalId = @event.ExternalId,
            Overrides = @event.Overrides.Count == 0 ? null : JsonSerializer.Serialize(@event.Overrides),
            RepeatOf = @event.RepeatOf,
            CalledBy = @event.CalledBy?.Job,
            CalledByStep = @event.CalledBy?.Step,
            CreatedAt = now,
        };
        db.Add(job);
        db.Add(new WorkItem { Kind = Job.Work, Subject = job.Id, DueAt = now });
        return job;
    }

    /// <summary>There are jobs to run.</summary>
    public void Announce() => signal.Call(Job.Work);
}
