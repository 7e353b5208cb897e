using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Recipes.Inputs;

namespace Workato.Connections.Recipes.Triggers;

/// <summary>
/// What a polling trigger has met: a number, or records. It is of one list of one account: numbers and ids of another list
/// say other things.
/// </summary>
internal static class TriggerMemory
{
    /// <summary>Whether the two look into the same list.</summary>
    public static bool IsOfSame(RecipeStep? before, RecipeStep now) =>
        before is not null && (before.Provider, before.Name) == (now.Provider, now.Name) && List(before.Input).SequenceEqual(List(now.Input));

    /// <summary>Whether both connections lead to the same account, as far as is known.</summary>
    public static bool IsOfSame(Connection one, Connection other) =>
        one.Identity == other.Identity && one.Settings.Count == other.Settings.Count && one.Settings.All(s => other.Settings.TryGetValue(s.Key, out var value) && value == s.Value);

    /// <summary>
    /// Forgets it, in the transaction that is open: the next look is a first one. A look that is under way finds its work
    /// taken away, and writes nothing of what it met.
    /// </summary>
    public static async Task ForgetAsync(ConnectionsDbContext db, IReadOnlyCollection<int> recipeIds, DateTimeOffset now, CancellationToken cancel)
    {
        var subjects = recipeIds.Select(id => (long)id).ToList();
        await db.Recipes.Where(r => recipeIds.Contains(r.Id)).ExecuteUpdateAsync(set => set.SetProperty(r => r.Cursor, (string?)null), cancel);
        await db.Set<WorkItem>().Where(w => w.Kind == TriggerWork.WorkKind && subjects.Contains(w.Subject)).ExecuteUpdateAsync(set => set.SetProperty(w => w.Holder, (string?)null).SetProperty(w => w.DueAt, now), cancel);
        // Last: what such a look wrote before it could be stopped is there by now.
        await db.Set<PolledRecord>().Where(r => recipeIds.Contains(r.RecipeId)).ExecuteDeleteAsync(cancel);
    }

    // By field what is asked, as text: whether a 5 was written as a number or not, and whether a field is empty or not there,
    // is the same to the app. How often one looks changes nothing about what is there.
    private static IEnumerable<(string Field, string Text)> List(JsonElement input) => input.ValueKind != JsonValueKind.Object ? [] :
        from property in input.EnumerateObject()
        group property.Value by property.Name into field
        let text = Text(field.Last())
        where text.Length > 0 && field.Key != Polling.Every && (field.Key, text) != (Polling.Existing, "false")
        orderby field.Key
        select (field.Key, text);

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? InputValues.Text(value) : InputValues.ToJson(InputValues.Plain(value))?.ToJsonString() ?? "";
}
