using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Web.Api.Recipes;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Pages.Recipes;

/// <summary>One recipe: what it does, how it stands, how it is started, what it did last, what it was before.</summary>
[Needs(Privilege.ReadRecipes, Of = Of.Recipe)]
internal sealed class DetailsModel(RecipeQueries recipes, RecipeService service, JobQueries jobs, ConnectionQueries connections, RecipeApps apps, FolderTree tree, CurrentAccess current, ServerSettings settings)
    : RecipePageModel(recipes)
{
    private const int LastJobs = 5;
    private const int LastVersions = 20;
    private readonly RecipeQueries recipes = recipes;

    public RecipeApps Apps => apps;

    public RecipeStep? Trigger { get; private set; }

    public RecipeStart? Start { get; private set; }

    public IReadOnlyList<BoundConnection> Bound { get; private set; } = [];

    public IReadOnlyList<Job> Jobs { get; private set; } = [];

    public IReadOnlyList<RecipeVersion> Versions { get; private set; } = [];

    public IReadOnlyList<FolderPlace> Places { get; private set; } = [];

    public FolderPlace? Place => Places.FirstOrDefault(p => p.Folder.Id == Recipe.FolderId);

    public string? WebhookAddress => Recipe.WebhookToken is { } token ? settings.AddressOf(WebhookEndpoint.Path + token) : null;

    public string CallAddress => settings.AddressOf($"/api/recipes/{Id}/call");

    /// <summary>What to do about the connection it was stopped by, or its trigger fails by; null where none is.</summary>
    public Advice? Advice { get; private set; }

    /// <summary>What is wrong with its other connections.</summary>
    public IReadOnlyList<Advice> Troubles { get; private set; } = [];

    public string Title(string? provider) => apps.Find(provider)?.Title ?? provider ?? "";

    public Task OnGetAsync(CancellationToken cancel) => FillAsync(cancel);

    [Needs(Privilege.RunRecipes)]
    public async Task<IActionResult> OnPostStartAsync(CancellationToken cancel)
    {
        var started = await service.StartAsync(Id, cancel);
        if (started.Value is { IsStarted: true }) return RedirectToPage(new { Id });
        (Start, Refusal) = (started.Value, started.Refusal);
        return await AgainAsync(cancel);
    }

    [Needs(Privilege.RunRecipes)]
    public async Task<IActionResult> OnPostStopAsync(CancellationToken cancel) => await AnswerAsync((await service.StopAsync(Id, cancel)).Refusal, cancel);

    [Needs(Privilege.CreateRecipes)]
    public async Task<IActionResult> OnPostCopyAsync(int folder, CancellationToken cancel)
    {
        var made = await service.CopyAsync(Id, folder, cancel);
        return made.Value is { } copy ? RedirectToPage(new { copy.Id }) : await AnswerAsync(made.Refusal, cancel);
    }

    [Needs(Privilege.UpdateRecipes)]
    public async Task<IActionResult> OnPostChangeAsync(string? name, string? description, int folder, CancellationToken cancel) =>
        await AnswerAsync((await service.UpdateAsync(Id, new() { Name = name ?? "", Description = description ?? "", FolderId = folder }, cancel)).Refusal, cancel);

    [Needs(Privilege.UpdateRecipes)]
    public async Task<IActionResult> OnPostGoBackAsync(int version, CancellationToken cancel) => await AnswerAsync((await service.GoBackAsync(Id, version, cancel)).Refusal, cancel);

    private async Task<IActionResult> AnswerAsync(Refusal? refusal, CancellationToken cancel)
    {
        if (refusal is null) return RedirectToPage(new { Id });
        Refusal = refusal;
        return await AgainAsync(cancel);
    }

    private async Task<IActionResult> AgainAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        await FillAsync(cancel);
        return Page();
    }

    private async Task FillAsync(CancellationToken cancel)
    {
        Trigger = RecipeReader.Read(Recipe.Code).Value;
        Places = await tree.ReadAsync(null, cancel);
        Versions = [.. (await recipes.VersionsAsync(Id, cancel)).Take(LastVersions)];
        if (current.Access.May(Privilege.ReadRunHistoryOfRecipes)) Jobs = (await jobs.PageAsync(Id, new(), LastJobs, cancel)).Items;
        var bound = new List<BoundConnection>();
        foreach (var of in Recipe.Connections.OrderBy(c => Trigger?.All.FirstOrDefault(s => s.Provider == c.Provider)?.Number))
            bound.Add(new(of, Title(of.Provider), await SummaryAsync(of.ConnectionId, cancel), [.. Trigger?.All.Where(s => s.Provider == of.Provider).Select(s => s.Number) ?? []]));
        Bound = bound;
        if (Recipe is { Running: false, StoppedByConnectionId: { } failed }) Advice = AdviceOn(await SummaryAsync(failed, cancel), Recipe.StopReason);
        else if (Recipe is { Running: true, TriggerError: { } said } && Bound.FirstOrDefault(b => b.Of.Provider == Trigger?.Provider)?.Connection is { } asked && ConnectionProblem.Of(asked) is not null) Advice = AdviceOn(asked, said);
        Troubles = [.. Bound.Select(b => b.Connection).OfType<ConnectionSummary>().Where(c => c.Id != Advice?.Connection?.Id && ConnectionProblem.Of(c) is not null).Select(c => AdviceOn(c, null))];
    }

    private Advice AdviceOn(ConnectionSummary? connection, string? said) =>
        new(Recipe, connection is null ? "the app" : Title(connection.Provider), connection) { Connector = apps.Find(connection?.Provider)?.Connector, Said = said };

    // Connections are not everybody's business who may see recipes.
    private async Task<ConnectionSummary?> SummaryAsync(int? id, CancellationToken cancel) =>
        id is { } there && current.Access.May(Privilege.ReadConnections) ? await connections.FindAsync(there, cancel) : null;
}

/// <summary>The connection of one connector of a recipe.</summary>
/// <param name="Of">What the recipe says.</param>
/// <param name="App">The app's name.</param>
/// <param name="Connection">The connection; null where none was chosen, or it is out of reach.</param>
/// <param name="Steps">The numbers of the steps that use it.</param>
internal sealed record BoundConnection(RecipeConnection Of, string App, ConnectionSummary? Connection, IReadOnlyList<int> Steps);
