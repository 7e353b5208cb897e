using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Connectors;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Pages.Connections;

namespace Workato.Connections.Web.Pages.Projects;

/// <summary>One project: its connections and folders.</summary>
[Needs(Privilege.ReadProjects, Of = Of.Project)]
internal sealed class DetailsModel(FolderTree tree, ProjectService service, ConnectionQueries connections, ConnectorCatalog catalog, CurrentAccess current) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public FolderPlace Root { get; private set; } = null!;

    public Project Project => Root.Folder.Project;

    public IReadOnlyList<FolderPlace> Folders { get; private set; } = [];

    public ConnectionList List { get; private set; } = null!;

    public Refusal? Refusal { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!await LoadAsync(context.HttpContext.RequestAborted)) context.Result = NotFound();
        else await next();
    }

    [Needs(Privilege.CreateFolders)]
    public async Task<IActionResult> OnPostAddFolderAsync(string? name, int parent, CancellationToken cancel) =>
        await AnswerAsync((await service.CreateAsync(name, parent, cancel)).Refusal, cancel);

    [Needs(Privilege.DeleteFolders)]
    public async Task<IActionResult> OnPostRemoveFolderAsync(int folder, CancellationToken cancel) =>
        await AnswerAsync((await service.DeleteFolderAsync(folder, cancel)).Refusal, cancel);

    [Needs(Privilege.UpdateProjects)]
    public async Task<IActionResult> OnPostChangeAsync(string? name, string? description, CancellationToken cancel) =>
        await AnswerAsync((await service.ChangeAsync(Root.Folder.Id, name ?? "", description ?? "", cancel)).Refusal, cancel);

    private async Task<IActionResult> AnswerAsync(Refusal? refusal, CancellationToken cancel)
    {
        if (refusal is null) return RedirectToPage(new { Id });
        Refusal = refusal;
        await LoadAsync(cancel);
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        var places = await tree.ReadAsync(Id, cancel);
        if (places.Count == 0) return false;
        (Root, Folders) = (places[0], [.. places.Skip(1)]);
        List = new(current.Access.May(Privilege.ReadConnections) ? await connections.PageAsync(new() { ProjectId = Id }, 50, cancel) : new([], false), catalog);
        return true;
    }
}
