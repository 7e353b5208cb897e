using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Apps;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Recipes;

/// <summary>The list of recipes.</summary>
[Needs(Privilege.ReadRecipes)]
internal sealed class IndexModel(RecipeQueries recipes, JobQueries jobs, RecipeApps apps, FolderTree tree, ProjectDirectory projects, CurrentAccess current) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    /// <summary>An app.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Provider { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool? Running { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Project { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Before { get; set; }

    public bool IsFirst { get; private set; }

    public RecipeList List { get; private set; } = null!;

    public IReadOnlyList<(string Provider, string Title)> Apps { get; private set; } = [];

    public IReadOnlyList<Project> Projects { get; private set; } = [];

    public string NextPage => Url.Page(null, new { Text, Provider, Running, Project, Before = List.Page.Items[^1].Id.ToString(CultureInfo.InvariantCulture) })!;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        IsFirst = !await recipes.AnyAsync(cancel);
        if (IsFirst) return;
        Apps = [.. (await recipes.ProvidersAsync(cancel)).Select(p => (p, apps.Find(p)?.Title ?? p)).OrderBy(a => a.Item2, StringComparer.OrdinalIgnoreCase)];
        Projects = await projects.ReachedAsync(cancel);
        var filter = new RecipeFilter { Text = Text, AllProviders = string.IsNullOrEmpty(Provider) ? [] : [Provider], Running = Running, ProjectId = Project, Before = Before };
        var page = await recipes.PageAsync(filter, PageSize, cancel);
        var places = (await tree.ReadAsync(null, cancel)).ToDictionary(p => p.Folder.Id, p => p.Path);
        var last = current.Access.May(Privilege.ReadRunHistoryOfRecipes) ? await jobs.LastAsync([.. page.Items.Select(r => r.Id)], cancel) : new Dictionary<int, Job>();
        List = new(page, last, places, await recipes.LostAsync([.. page.Items.Select(r => r.Id)], cancel), apps);
    }
}
