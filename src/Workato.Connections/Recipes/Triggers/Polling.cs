using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Inputs;
using Workato.Connections.Recipes.Jobs;

namespace Workato.Connections.Recipes.Triggers;

/// <summary>Looks for records that were not there before, and makes a job of each.</summary>
internal sealed class Polling(ConnectionsDbContext db, AppCaller caller, JobStarts starts, RecipeErrors errors, RunConnectionChoice choice, TimeProvider time)
{
    // What an app has not listed for this long may be new again when it does.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);
    private static readonly TimeSpan Refreshed = TimeSpan.FromDays(1);

    /// <summary>The field that says how often to look.</summary>
    public const string Every = "poll_every";

    /// <summary>The field that says whether what is there at the first look makes jobs too.</summary>
    public const string Existing = "include_existing";

    /// <summary>Looks once, into what is saved next. How long to wait before the next look.</summary>
    public async Task<TimeSpan> LookAsync(Recipe recipe, string provider, RecipeTrigger trigger, JsonNode? input, CancellationToken cancel)
    {
        var (operation, interval) = (trigger.Operation!, Interval(input.Text(Every)));
        // A trigger runs on nobody's behalf.
        var connections = await choice.OfAsync(null, new Dictionary<string, int>(), recipe.Connections, cancel);
        if (connections.Of(provider) is var chosen && chosen.Value is not { } connection) return await FailAsync(chosen.Refusal!.Message, null, null);
        if (operation.NewRecords!.Since is { } since && recipe.Cursor is { Length: > 0 } cursor && input is JsonObject own) own[since] = cursor;
        var reply = await caller.SendAsync(connection.Id, OperationRequest.Of(operation, input, connection.Settings), cancel);
        if (reply.Error is not null) return await FailAsync(reply.Words!, connection.Id, reply.RetryAfter);
        if (PolledRecords.Read(reply.Output, operation.NewRecords) is not { } records) return await FailAsync($"The answer to '{operation.Title}' holds no list of records.", connection.Id, null);

        (recipe.TriggerErrors, recipe.TriggerError) = (0, null);
        var isFirst = recipe.Cursor is null;
        var isCounted = operation.NewRecords.Since is not null;
        foreach (var record in await NewAsync(recipe, records, isCounted, cancel))
        {
            if (!isFirst || input.Text(Existing) is "true") starts.Add(recipe, new(record.Title, record.Data));
        }

        // A number from when every list was counted is needed until its records are remembered.
        recipe.Cursor = (isCounted || records.Count == 0 ? PolledRecords.Newest(records, recipe.Cursor) : null) ?? "";
        return interval;

        async Task<TimeSpan> FailAsync(string words, int? connectionId, TimeSpan? retryAfter)
        {
            recipe.TriggerError = words;
            await errors.CountAsync(recipe, words, connectionId, cancel);
            return retryAfter > interval ? retryAfter.Value : interval;
        }
    }

    // What the app itself counts upwards needs no memory but the last number. A number alone says nothing: an old record may
    // be new in this list.
    private async Task<IReadOnlyList<Record>> NewAsync(Recipe recipe, IReadOnlyList<Record> records, bool isCounted, CancellationToken cancel)
    {
        var last = PolledRecords.Last(recipe.Cursor);
        var byNumber = records.DistinctBy(r => r.Key).ToLookup(r => isCounted && r.Number is not null && (last is not null || recipe.Cursor is null));
        var counted = byNumber[true].Where(r => last is null || r.Number > last).OrderBy(r => r.Number);
        var met = isCounted && !byNumber.Contains(false) ? [] : await RememberAsync(recipe, [.. byNumber[false]], cancel);
        return [.. counted, .. met.Where(r => last is null || r.Number is null || r.Number > last)];
    }

    // Those that were not met before; from now on they were.
    private async Task<IReadOnlyList<Record>> RememberAsync(Recipe recipe, List<Record> records, CancellationToken cancel)
    {
        var (keys, now) = (records.ConvertAll(r => r.Key), time.GetUtcNow());
        var known = await db.Set<PolledRecord>().Where(r => r.RecipeId == recipe.Id && keys.Contains(r.Key)).ToDictionaryAsync(r => r.Key, cancel);
        foreach (var seen in known.Values.Where(s => s.SeenAt < now - Refreshed)) seen.SeenAt = now;
        // What is listed now stays, however long nobody looked.
        var forgotten = now - Remembered;
        db.RemoveRange(await db.Set<PolledRecord>().Where(r => r.RecipeId == recipe.Id && r.SeenAt < forgotten && !keys.Contains(r.Key)).OrderBy(r => r.SeenAt).Take(1000).ToListAsync(cancel));
        var added = records.Where(r => !known.ContainsKey(r.Key)).ToList();
        db.AddRange(added.Select(r => new PolledRecord { RecipeId = recipe.Id, Key = r.Key, SeenAt = now }));
        return added;
    }

    /// <summary>How long to wait between looks: what is written there, where a number is.</summary>
    public static TimeSpan Interval(string? minutes) =>
        TimeSpan.FromMinutes(int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, 1440) : 5);
}
