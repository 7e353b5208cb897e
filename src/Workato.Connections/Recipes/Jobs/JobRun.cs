using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Projects;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Inputs;
using Workato.Connections.Recipes.Jobs.Actions;
using Workato.Connections.Recipes.Workbot;

namespace Workato.Connections.Recipes.Jobs;

/// <summary>
/// One job on its way through its steps. What a step brought is written down; a job that begins again, after a pause or on
/// another node, takes from there what was done already and goes on behind it.
/// </summary>
public sealed class JobRun
{
    /// <summary>How many steps one job may do, each turn of a loop counted.</summary>
    public const int MaxSteps = 20_000;

    /// <summary>How many characters the inputs and answers of one job's steps may come to.</summary>
    public const int MaxKept = 50_000_000;

    private const int MaxTurns = 10_000;
    private const int SaveAfter = 20;

    private readonly ConnectionsDbContext db;
    private readonly WorkItem item;
    private readonly RecipeApps apps;
    private readonly Func<ActionKind, IStepAction> actions;
    private readonly RunConnections connections;
    private readonly WorkSignal signal;
    private readonly TimeProvider time;
    private readonly Dictionary<(int Number, string Turn), JobStep> lines;
    private readonly List<JobStep> done = [];
    private readonly InputValues values = new();
    private readonly List<Action> onSaved = [];
    private int count;
    private long kept;
    private int unsaved;
    private bool mustSave;

    internal JobRun(ConnectionsDbContext db, WorkItem item, Job job, IEnumerable<JobStep> lines, RecipeApps apps, Func<ActionKind, IStepAction> actions, RunConnections connections, WorkSignal signal, TimeProvider time)
    {
        (this.db, this.item, Job, this.apps, this.actions, this.connections, this.signal, this.time) = (db, item, job, apps, actions, connections, signal, time);
        this.lines = lines.ToDictionary(l => (l.Number, l.Turn));
        (count, kept) = (this.lines.Count, this.lines.Values.Sum(Length));
    }

    /// <summary>The job.</summary>
    public Job Job { get; }

    /// <summary>The connection this run uses for a connector.</summary>
    public Result<RunConnection> ConnectionOf(string provider) => connections.Of(provider);

    /// <summary>Goes through the steps until the end, or until it must wait.</summary>
    internal async Task<JobEnd> GoAsync(RecipeStep trigger, CancellationToken cancel)
    {
        Job.StartedAt ??= time.GetUtcNow();
        var data = ReplyAddresses.Without(JsonSerializer.Deserialize<JsonElement>(Job.Trigger));
        values.Set(RecipeCheck.TriggerName, data);
        if (trigger.As is { } name) values.Set(name, data);
        return await BlockAsync(trigger.Block, "", cancel) ?? new JobEnd.Done();
    }

    /// <summary>Writes what has happened so far, and nothing where another node has the job by now.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Another node has it.</exception>
    public async Task SaveAsync(CancellationToken cancel)
    {
        item.DueAt = time.GetUtcNow() + WorkRunner.Lease;
        db.Entry(item).Property(i => i.DueAt).IsModified = true;
        await db.SaveChangesAsync(cancel);
        (unsaved, mustSave) = (0, false);

        // No step is come to twice: what is done and written is not kept in memory until a long job ends.
        foreach (var line in done)
        {
            db.Entry(line).State = EntityState.Detached;
            lines.Remove((line.Number, line.Turn));
        }

        done.Clear();
    }

    /// <summary>What was just done must not be forgotten: it is written before anything else happens.</summary>
    public void SaveSoon() => mustSave = true;

    /// <summary>To be done once it is written.</summary>
    public void OnSaved(Action action) => onSaved.Add(action);

    internal void Saved() => onSaved.ForEach(a => a());

    /// <summary>Whether another recipe lies in the same project.</summary>
    internal async Task<bool> IsOfSameProjectAsync(Recipe other, CancellationToken cancel)
    {
        var folders = db.Folders;
        var projects = await db.Recipes.Where(r => r.Id == other.Id || r.Id == Job.RecipeId).Join(folders, r => r.FolderId, f => f.Id, (_, f) => f.ProjectId).Distinct().ToListAsync(cancel);
        return projects.Count == 1;
    }

    private async Task<JobEnd?> BlockAsync(IReadOnlyList<RecipeStep> steps, string turn, CancellationToken cancel)
    {
        var held = false;
        foreach (var step in steps)
        {
            if (mustSave || unsaved >= SaveAfter) await SaveAsync(cancel);
            if (signal.IsStopping) return new JobEnd.PutOff(TimeSpan.Zero);
            if (Excess(step, turn) is { } excess) return excess;
            var end = step.Keyword switch
            {
                Keywords.Action => await ActionAsync(step, turn, cancel),
                Keywords.Foreach => await ForeachAsync(step, turn, cancel),
                Keywords.If => Decide(step, turn, out held) ?? (held ? await BlockAsync(step.Block, turn, cancel) : null),
                _ => held ? null : await BlockAsync(step.Block, turn, cancel),
            };
            if (end is not null) return end;
        }

        return null;
    }

    private async Task<JobEnd?> ActionAsync(RecipeStep step, string turn, CancellationToken cancel)
    {
        var line = Line(step, turn);
        if (line is { Output: { } known, EndedAt: not null, Error: null })
        {
            done.Add(line);
            Bring(step, JsonSerializer.Deserialize<JsonElement>(known));
            return null;
        }

        if (apps.Action(step) is not { } action) return Fail(line, new(JobErrorKind.Recipe, $"There is no action '{step.Name}' of '{step.Provider}'.", step.Number));
        StepEnd end;
        var before = Length(line);
        try
        {
            var input = StepInput.Fill(step.Input, values);
            line.Input = input?.ToJsonString();
            end = await actions(action.Kind).DoAsync(new(this, step, action, input, line), cancel);
        }
        catch (InputException e)
        {
            return Fail(line, new(JobErrorKind.Recipe, $"The {e.Message}.", step.Number));
        }

        if (end.End is JobEnd.Failed failed) return Fail(line, failed);
        if (end.End is JobEnd.PutOff) return end.End;
        (line.Output, line.EndedAt) = (end.Output.GetRawText(), line.EndedAt ?? time.GetUtcNow());
        kept += Length(line) - before;
        done.Add(line);
        Bring(step, end.Output);
        return end.End;
    }

    private async Task<JobEnd?> ForeachAsync(RecipeStep step, string turn, CancellationToken cancel)
    {
        var line = Line(step, turn);
        try
        {
            var source = InputTemplate.Read(step.Source ?? "").Template?.Fill(values);
            if (source is not JsonArray list) return Fail(line, new(JobErrorKind.Recipe, "The source is no list.", step.Number));
            if (list.Count > MaxTurns) return Fail(line, new(JobErrorKind.Recipe, $"The list has {list.Count} elements; {MaxTurns} are allowed.", step.Number));
            if (Turn(turn, step.Number, list.Count).Length > JobStep.MaxTurnLength) return Fail(line, new(JobErrorKind.Recipe, "It lies inside too many other loops. Call another recipe for the elements of one of them.", step.Number));
            (line.Output, line.EndedAt) = (JsonSerializer.Serialize(new { count = list.Count }), time.GetUtcNow());
            for (var i = 0; i < list.Count; i++)
            {
                values.Set(step.As!, JsonSerializer.SerializeToElement(list[i]));
                if (await BlockAsync(step.Block, Turn(turn, step.Number, i), cancel) is { } end) return end;
            }

            done.Add(line);
            return null;
        }
        catch (InputException e)
        {
            return Fail(line, new(JobErrorKind.Recipe, $"The source {e.Message}.", step.Number));
        }
    }

    private JobEnd? Decide(RecipeStep step, string turn, out bool holds)
    {
        var line = Line(step, turn);
        holds = line.Output is "true";
        if (line.Output is not null) return null;
        try
        {
            holds = Conditions.Holds(step.Input, values);
            (line.Output, line.EndedAt) = (holds ? "true" : "false", time.GetUtcNow());
            done.Add(line);
            return null;
        }
        catch (InputException e)
        {
            return Fail(line, new(JobErrorKind.Recipe, $"The condition's {e.Message}.", step.Number));
        }
    }

    // Each loop has a bound of its own; loops in loops, or much that little asks for, have this one.
    private JobEnd.Failed? Excess(RecipeStep step, string turn)
    {
        if (step.Keyword == Keywords.Else || lines.ContainsKey((step.Number, turn))) return null;
        var words = count >= MaxSteps ? $"A job may do {MaxSteps:N0} steps, each turn of a loop counted, and this one has done them."
            : kept > MaxKept ? $"What a job's steps are given and bring may come to {MaxKept:N0} characters, and here it is more."
            : (FormattableString?)null;
        return words is null ? null : new(JobErrorKind.Recipe, $"{words.ToString(CultureInfo.InvariantCulture)} Ask for less at a time, or call another recipe for each part of the list.", step.Number);
    }

    private JobEnd.Failed Fail(JobStep line, JobEnd.Failed failed)
    {
        (line.Error, line.EndedAt) = (failed.Words, line.EndedAt ?? time.GetUtcNow());
        return failed;
    }

    private JobStep Line(RecipeStep step, string turn)
    {
        if (lines.TryGetValue((step.Number, turn), out var line)) return line;
        line = new() { JobId = Job.Id, Sequence = count++, Number = step.Number, Turn = turn, Provider = step.Provider, Name = step.Name ?? step.Keyword, StartedAt = time.GetUtcNow() };
        lines.Add((step.Number, turn), line);
        db.Add(line);
        unsaved++;
        return line;
    }

    private void Bring(RecipeStep step, JsonElement output)
    {
        if (step.As is { } name) values.Set(name, output);
    }

    private static long Length(JobStep line) => (line.Input?.Length ?? 0) + (long)(line.Output?.Length ?? 0);

    private static string Turn(string outer, int number, int index) => string.Create(CultureInfo.InvariantCulture, $"{(outer.Length == 0 ? "" : outer + "/")}{number}.{index}");
}
