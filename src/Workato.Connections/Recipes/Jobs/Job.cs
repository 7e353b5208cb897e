using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>One run of a recipe for one event of its trigger.</summary>
public sealed class Job
{
    /// <summary>The kind of work that runs it.</summary>
    public const string Work = "recipe_job";

    /// <summary>Its number; see <see cref="JobHandle"/> for its id in the API.</summary>
    public long Id { get; init; }

    /// <summary>The recipe.</summary>
    public required int RecipeId { get; init; }

    /// <summary>The version of the recipe it runs, also when that is changed meanwhile.</summary>
    public required int RecipeVersion { get; init; }

    /// <summary>How it stands.</summary>
    public JobStatus Status { get; set; }

    /// <summary>What started it, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>What the trigger brought: JSON.</summary>
    public required string Trigger { get; init; }

    /// <summary>The user on whose behalf it runs.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The connections its caller chose, by connector, 0 being the recipe's own: JSON; null: none.</summary>
    public string? Overrides { get; init; }

    /// <summary>The same, read.</summary>
    internal IReadOnlyDictionary<string, int> ReadOverrides() => Overrides is { } chosen ? JsonSerializer.Deserialize<Dictionary<string, int>>(chosen)! : new Dictionary<string, int>();

    /// <summary>The job it repeats.</summary>
    public long? RepeatOf { get; init; }

    /// <summary>The job whose step called it.</summary>
    public long? CalledBy { get; init; }

    /// <summary>Which of that job's steps, by its <see cref="JobStep.Sequence"/>.</summary>
    public int? CalledByStep { get; init; }

    /// <summary>What it returned to its caller: JSON.</summary>
    public string? Returned { get; set; }

    /// <summary>Why it failed, in words fit to show.</summary>
    public string? Error { get; set => field = StoredText.Of(value); }

    /// <summary>What kind of error that was.</summary>
    public JobErrorKind? ErrorKind { get; set; }

    /// <summary>The step that failed.</summary>
    public int? ErrorStep { get; set; }

    /// <summary>The connection that failed.</summary>
    public int? ErrorConnectionId { get; set; }

    /// <summary>When the trigger made it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its first step began.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedAt { get; set; }
}

/// <summary>How a job stands. Workato's words.</summary>
public enum JobStatus
{
    /// <summary>Not ended yet.</summary>
    Pending,

    /// <summary>All its steps were done.</summary>
    Succeeded,

    /// <summary>A step failed, and those behind it were not done.</summary>
    Failed,
}

/// <summary>What kind of error ended a job, or a look of a trigger.</summary>
public enum JobErrorKind
{
    /// <summary>The app rejected the credentials: the connection is to be repaired.</summary>
    Unauthorized,

    /// <summary>The app knows the user, who lacks a permission.</summary>
    Forbidden,

    /// <summary>The app has had enough requests.</summary>
    RateLimited,

    /// <summary>The app is in trouble or cannot be reached.</summary>
    AppInTrouble,

    /// <summary>The app refused the request itself.</summary>
    RequestRefused,

    /// <summary>The recipe is wrong: an input, a template, a condition. Or its connection was changed while the job waited.</summary>
    Recipe,

    /// <summary>There is no usable connection.</summary>
    NotConnected,

    /// <summary>The user on whose behalf it runs has no connection yet.</summary>
    UserNotConnected,

    /// <summary>Our fault; it is in the server's log.</summary>
    ServerError,

    /// <summary>A node went away while an app was asked, and whether the app did it is not known.</summary>
    OutcomeUnknown,
}

/// <summary>One step of a job as it went: what was asked, what was answered, without secrets.</summary>
public sealed class JobStep
{
    /// <summary>How long a <see cref="Turn"/> may be.</summary>
    public const int MaxTurnLength = 128;

    /// <summary>The job.</summary>
    public required long JobId { get; init; }

    /// <summary>Which, in the order they began; from 0, the trigger.</summary>
    public required int Sequence { get; init; }

    /// <summary>The step's number in the recipe.</summary>
    public required int Number { get; init; }

    /// <summary>Which turn of which loops, for example <c>3.0</c>; empty outside loops.</summary>
    public required string Turn { get; init; }

    /// <summary>The connector.</summary>
    public string? Provider { get; init; }

    /// <summary>The trigger, action or keyword.</summary>
    public string? Name { get; init; }

    /// <summary>The connection it went through.</summary>
    public int? ConnectionId { get; set; }

    /// <summary>What it was given: JSON.</summary>
    public string? Input { get; set; }

    /// <summary>What it brought: JSON. Null while it is under way.</summary>
    public string? Output { get; set; }

    /// <summary>The request: method and address, without secrets.</summary>
    public string? Request { get; set => field = StoredText.Of(value); }

    /// <summary>The status of the answer.</summary>
    public int? Status { get; set; }

    /// <summary>How often it was sent. More than once is said in <see cref="Remark"/>.</summary>
    public int Attempts { get; set; }

    /// <summary>What is to be known about it: sent again and why, cut short.</summary>
    public string? Remark { get; set => field = StoredText.Of(value); }

    /// <summary>Why it failed.</summary>
    public string? Error { get; set => field = StoredText.Of(value); }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it is under way, or for ever where its node went away.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

internal sealed class JobConfiguration : IEntityTypeConfiguration<Job>, IEntityTypeConfiguration<JobStep>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("jobs");
        builder.Property(j => j.Id).ValueGeneratedNever();
        builder.HasIndex(j => j.CalledBy);
        builder.Property(j => j.Status).HasConversion<string>().HasMaxLength(16);
        builder.Property(j => j.ErrorKind).HasConversion<string>().HasMaxLength(32);
        builder.Property(j => j.Title).HasMaxLength(255);
        builder.Property(j => j.ExternalId).HasMaxLength(Connection.MaxExternalIdLength);
        builder.HasOne<Recipe>().WithMany().HasForeignKey(j => j.RecipeId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(j => new { j.RecipeId, j.Id });
        builder.HasIndex(j => new { j.RecipeId, j.Status, j.Id });
        builder.HasIndex(j => j.CompletedAt);
    }

    public void Configure(EntityTypeBuilder<JobStep> builder)
    {
        builder.ToTable("job_steps");
        builder.HasKey(s => new { s.JobId, s.Sequence });
        builder.Property(s => s.Turn).HasMaxLength(JobStep.MaxTurnLength);
        builder.Property(s => s.Provider).HasMaxLength(RecipeReader.MaxProviderLength);
        builder.Property(s => s.Name).HasMaxLength(RecipeReader.MaxNameLength);
        builder.HasOne<Job>().WithMany().HasForeignKey(s => s.JobId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(s => new { s.ConnectionId, s.StartedAt });
    }
}
