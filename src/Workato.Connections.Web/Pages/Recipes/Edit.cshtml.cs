using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Privileges;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Editing;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Pages.Recipes.Editor;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Recipes;

/// <summary>
/// The editor: the steps, and beside them the panel of the one that is chosen. Every change is posted with the version it
/// was made from, and becomes a version of its own.
/// </summary>
[Needs(Privilege.UpdateRecipes, Of = Of.Recipe)]
internal sealed class EditModel(RecipeQueries recipes, RecipeService service, RecipeEdits edits, ConnectionService connections, ConnectionQueries connectionQueries, EditorViews views) : FoundPageModel<Recipe>
{
    [BindProperty(SupportsGet = true)]
    public int? Step { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Pick { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    /// <summary>Connections that were chosen before the last changes, as <c>app:id</c> with commas between them.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Was { get; set; }

    /// <summary>Whether the last change was the choice of a connection, and nothing of the steps.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Chose { get; set; }

    /// <summary>The step that was saved: what was kept of it in the browser is not needed any more.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Saved { get; set; }

    /// <summary>The version the form was made from.</summary>
    [BindProperty]
    public int Version { get; set; }

    public Recipe Recipe => Found;

    public EditorView View { get; private set; } = null!;

    /// <summary>What keeps it from being started, after that was tried.</summary>
    public RecipeStart? NotStarted { get; private set; }

    /// <summary>The connection somebody chose and has not confirmed yet.</summary>
    public ConnectionSummary? ToConfirm { get; private set; }

    /// <summary>What can be undone, and what redone.</summary>
    public RecipeHistory History { get; private set; } = new();

    /// <summary>The connection that stopped it and works again; null: none did, or it does not.</summary>
    public ConnectionSummary? Recovered { get; private set; }

    /// <summary>What keeps the steps and their connections from being started: nothing.</summary>
    public bool IsReady => View.Rows.All(r => r.ToDo is null);

    /// <summary>A form that asks for nothing that there is.</summary>
    public IActionResult OnPost() => RedirectToPage(new { Id, Step });

    public Task OnGetAsync(CancellationToken cancel) => ShowAsync(new(Step, Pick, Text), cancel);

    public Task<IActionResult> OnPostAddAsync(int at, bool inside, string keyword, CancellationToken cancel) =>
        EditAsync(RecipeEdits.Add(Recipe.Code, new(at, inside), keyword), null, cancel);

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel) => EditAsync(RecipeEdits.Remove(Recipe.Code, Step ?? 0), null, cancel);

    public Task<IActionResult> OnPostMoveAsync(bool up, CancellationToken cancel) => EditAsync(RecipeEdits.Move(Recipe.Code, Step ?? 0, up), null, cancel);

    public Task<IActionResult> OnPostAppAsync(string provider, CancellationToken cancel) => EditAsync(edits.SetApp(Recipe.Code, Step ?? 0, provider), null, cancel);

    public Task<IActionResult> OnPostProviderAsync(string provider, CancellationToken cancel) => EditAsync(edits.SetProvider(Recipe.Code, Step ?? 0, provider), null, cancel);

    public Task<IActionResult> OnPostOperationAsync(string name, CancellationToken cancel) => EditAsync(edits.SetOperation(Recipe.Code, Step ?? 0, name), null, cancel);

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken cancel)
    {
        var step = RecipeReader.Read(Recipe.Code).Value!.All.FirstOrDefault(s => s.Number == Step);
        var form = StepForm.Read(Request.Form, step is null ? null : edits.FieldsOf(step));
        // The step that was filled in may have another number by now, or be gone.
        if (step is null || !form.IsFor(step)) return await OvertakenAsync(form, cancel);
        return await EditAsync(RecipeEdits.Fill(Recipe.Code, step.Number, form.ToChange(step)), form, cancel);
    }

    public async Task<IActionResult> OnPostConnectionAsync(string? provider, int connection, int? from, bool confirmed, CancellationToken cancel)
    {
        var now = Recipe.Connections.Find(c => c.Provider == provider)?.ConnectionId;
        if (now != from)
        {
            Refusal = new(RefusalKind.Conflict, "Somebody else chose another connection for this app since you opened this. Yours was not chosen: look at theirs, and choose again where you like.");
            return await AgainAsync(new(Step, "connection", null), cancel);
        }

        await ShowAsync(new(Step, "connection", null), cancel);
        if (!confirmed && now is not null && now != connection && View.Panel.Connection is { Others.Count: > 0 } choice)
        {
            ToConfirm = choice.Candidates.FirstOrDefault(c => c.Id == connection);
            if (ToConfirm is not null) return Page();
        }

        return await UpdateAsync(new() { Config = new Dictionary<string, int?> { [provider ?? ""] = connection } }, now == connection ? null : string.Create(CultureInfo.InvariantCulture, $"{provider}:{now}"), cancel);
    }

    [Needs(Privilege.UseConnections)]
    public async Task<IActionResult> OnPostTestAsync(int connection, CancellationToken cancel)
    {
        if (Recipe.Connections.Exists(c => c.ConnectionId == connection)) Refusal = (await connections.TestAsync(connection, cancel)).Refusal;
        return Refusal is null ? RedirectToPage(new { Id, Step }) : await AgainAsync(new(Step, null, null), cancel);
    }

    /// <summary>Goes to a version: to the one before, as an undo, or to one that was undone, as a redo.</summary>
    public async Task<IActionResult> OnPostUndoAsync(int? to, CancellationToken cancel)
    {
        var code = to is { } number ? (await recipes.VersionAsync(Id, number, cancel))?.Code : null;
        if (to is not null && code is null) return RedirectToPage(new { Id, Step });
        var (back, chosen) = (Was is { } was ? Chosen(was) : null, Chosen(Recipe));
        var changed = await service.UpdateAsync(Id, new() { BasedOn = Version, Code = code, Config = back }, cancel);
        // Those it takes away are kept for the way back, with those of the changes before.
        if (changed.Value is { } now) return RedirectToPage(new { Id, Step, Was = to is null ? null : Texts(Lost(chosen, now).Concat(back ?? []).DistinctBy(c => c.Key)) });
        Refusal = changed.Refusal;
        return await AgainAsync(new(Step, null, null), cancel);
    }

    [Needs(Privilege.RunRecipes)]
    public async Task<IActionResult> OnPostStartAsync(CancellationToken cancel)
    {
        var started = await service.StartAsync(Id, cancel);
        if (started.Value is { IsStarted: true }) return RedirectToPage(new { Id, Step });
        (Refusal, NotStarted) = (started.Refusal, started.Value);
        return await AgainAsync(new(Step, null, null) { IsTried = true }, cancel);
    }

    [Needs(Privilege.RunRecipes)]
    public async Task<IActionResult> OnPostStopAsync(CancellationToken cancel)
    {
        Refusal = (await service.StopAsync(Id, cancel)).Refusal;
        return Refusal is null ? RedirectToPage(new { Id, Step }) : await AgainAsync(new(Step, null, null), cancel);
    }

    protected override Task<Recipe?> FindAsync(CancellationToken cancel) => recipes.FindAsync(Id, cancel);

    // One change of the code: stored as a version, or told why not, with what was typed where it was typed.
    private async Task<IActionResult> EditAsync(Result<RecipeEdited> edited, StepForm? form, CancellationToken cancel)
    {
        if (Version != Recipe.Version) return await OvertakenAsync(form, cancel);
        if (edited.Value is not { } change)
        {
            Refusal = edited.Refusal;
            return await AgainAsync(form?.ToWish(Step) ?? new(Step, null, null), cancel);
        }

        var chosen = Chosen(Recipe);
        var saved = await service.UpdateAsync(Id, new() { Code = change.Code, BasedOn = Version }, cancel);
        if (saved.Refusal is { Kind: RefusalKind.Conflict }) return await OvertakenAsync(form, cancel);
        if (saved.Refusal is { } refusal)
        {
            Refusal = refusal;
            return await AgainAsync(form?.ToWish(Step) ?? new(Step, null, null), cancel);
        }

        // Connections that no step needs any more are gone with it, and come back with an undo.
        return RedirectToPage(new { Id, Step = change.Step, Saved = form is null ? null : (int?)change.Step, Was = Texts(Lost(chosen, saved.Value!)) });
    }

    private async Task<IActionResult> UpdateAsync(RecipeChange change, string? was, CancellationToken cancel)
    {
        var saved = await service.UpdateAsync(Id, change with { BasedOn = Version }, cancel);
        if (saved.Refusal is null) return RedirectToPage(new { Id, Step, Was = was, Chose = was is null ? null : (bool?)true });
        Refusal = saved.Refusal;
        return await AgainAsync(new(Step, "connection", null), cancel);
    }

    private async Task<IActionResult> OvertakenAsync(StepForm? form, CancellationToken cancel)
    {
        await LoadAsync(cancel);
        var author = (await recipes.VersionAsync(Id, Recipe.Version, cancel))?.Author ?? "Somebody else";
        var step = RecipeReader.Read(Recipe.Code).Value!.All.FirstOrDefault(s => s.Number == Step);
        var isSame = form is not null && step is not null && form.IsFor(step);
        Refusal = new(RefusalKind.Conflict, $"{author} saved version {Recipe.Version} since you opened this. {(form is null ? "Your change was not made: look at theirs, and make it again where you like." : isSame ? "Your change is kept below and not saved yet: save it over theirs, or look at theirs." : "The step you filled in is not where it was: what you typed is kept below, to be copied.")}");
        return await AgainAsync(form is null ? new(Step, null, null) : isSame ? form.ToWish(Step) : new(Step, null, null) { Stranded = form.ToTexts() }, cancel);
    }

    private async Task<IActionResult> AgainAsync(EditorWish wish, CancellationToken cancel)
    {
        await LoadAsync(cancel);
        (Was, Chose, Saved) = (null, false, null);
        await ShowAsync(wish, cancel);
        return Page();
    }

    private async Task ShowAsync(EditorWish wish, CancellationToken cancel)
    {
        View = await views.ReadAsync(Recipe, wish, cancel);
        if (Recipe.Running) return;
        History = await recipes.HistoryAsync(Id, cancel);
        Recovered = Recipe.StoppedByConnectionId is { } failed && await connectionQueries.FindAsync(failed, cancel) is { Status: AuthorizationStatus.Success } works ? works : null;
    }

    private static Dictionary<string, int?> Chosen(Recipe recipe) => recipe.Connections.Where(c => c.ConnectionId is not null).ToDictionary(c => c.Provider, c => c.ConnectionId);

    private static IEnumerable<KeyValuePair<string, int?>> Lost(Dictionary<string, int?> chosen, Recipe now) => chosen.Where(c => !now.Connections.Exists(n => n.Provider == c.Key));

    private static string? Texts(IEnumerable<KeyValuePair<string, int?>> connections) =>
        string.Join(',', connections.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key}:{c.Value}"))) is { Length: > 0 } texts ? texts : null;

    private static Dictionary<string, int?> Chosen(string was) =>
        was.Split(',').Select(w => w.Split(':')).Where(w => w.Length == 2).GroupBy(w => w[0])
            .ToDictionary(w => w.Key, w => int.TryParse(w.Last()[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? (int?)id : null);
}
