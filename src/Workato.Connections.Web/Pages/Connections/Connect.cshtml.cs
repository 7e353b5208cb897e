using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Connectors;
using Workato.Connections.Projects;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>The wizard's second step: sign in to the app.</summary>
internal sealed class ConnectModel(ConnectorCatalog catalog, ConnectionService service, FolderTree folders) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Provider { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public int? Folder { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public AccountKind Account { get; set; }

    [BindProperty]
    public AppEnvironment Environment { get; set; } = AppEnvironment.Production;

    [BindProperty]
    public bool Untested { get; set; }

    public Connector Connector { get; private set; } = null!;

    public FieldsForm Fields { get; private set; } = null!;

    public AboutForm About { get; private set; } = null!;

    public Refusal? Refusal { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (catalog.Find(Provider) is not { } connector)
        {
            context.Result = NotFound();
            return;
        }

        Connector = connector;
        Fields = FieldsForm.New(connector, null);
        await next();
    }

    public Task OnGetAsync(CancellationToken cancel)
    {
        Name = Connector.Title;
        return ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var input = FieldsForm.Read(Request.Form, Connector);
        var made = await service.CreateAsync(new()
        {
            Name = Name,
            Provider = Provider,
            FolderId = Folder,
            AccountKind = Account,
            Environment = Environment,
            Input = input,
            Proving = Untested ? Proving.Skipped : Proving.Required,
        }, cancel);
        if (made.Value is { } connection) return RedirectToPage("/Connections/Details", new { connection.Id, made = true });

        Refusal = made.Refusal;
        Fields = Fields.Again(input, Refusal!.Errors);
        await ShowAsync(cancel);
        return Page();
    }

    private async Task ShowAsync(CancellationToken cancel) => About = new()
    {
        Name = Name,
        FolderId = Folder,
        Account = Account,
        Environment = Environment,
        Places = await folders.ReadAsync(null, cancel),
        Errors = Refusal?.Errors ?? new Dictionary<string, string[]>(),
    };
}
