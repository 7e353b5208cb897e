using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Connectors;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Pages.OAuth;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>The wizard's second step: sign in to the app.</summary>
[Needs(Privilege.CreateConnections)]
internal sealed class ConnectModel(
    ConnectorCatalog catalog, ConnectionService service, ConnectionAuthorization authorization, ProfileChoice profiles, Departure departure, FolderTree folders, CurrentAccess current) : PageModel
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

    /// <summary>Whether this person may give credentials; otherwise the connection is prepared for somebody who may.</summary>
    public bool MayConnect => current.Access.May(Privilege.AuthorizeConnections);

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
        Fields = FieldsForm.New(connector, null) with { Profiles = await profiles.ListAsync(connector, context.HttpContext.RequestAborted) };
        await next();
    }

    public Task OnGetAsync(CancellationToken cancel)
    {
        Name = Connector.Title;
        return ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var input = MayConnect ? FieldsForm.Read(Request.Form, Connector) : [];
        var wanted = new NewConnection
        {
            Name = Name,
            Provider = Provider,
            FolderId = Folder,
            AccountKind = Account,
            Environment = Environment,
            Input = input,
            Proving = Untested || !MayConnect ? Proving.Skipped : Proving.Required,
        };
        if (MayConnect && !Untested && Departure.IsNeeded(Connector, input)) return await DepartAsync(wanted, input, cancel);

        var made = await service.CreateAsync(wanted, cancel);
        if (made.Value is { } connection) return RedirectToPage("/Connections/Details", new { connection.Id, made = true });

        return await AgainAsync(input, made.Refusal, cancel);
    }

    private async Task<IActionResult> DepartAsync(NewConnection wanted, Dictionary<string, string?> input, CancellationToken cancel)
    {
        var begun = await authorization.BeginAsync(wanted, departure.ReturnTo(HttpContext), cancel);
        if (begun.Value is null) return await AgainAsync(input, begun.Refusal, cancel);
        Fields = Fields with { Begun = begun.Value };
        return Departure.Go(this, Connector, begun.Value) ?? await AgainAsync(input, null, cancel);
    }

    private async Task<IActionResult> AgainAsync(Dictionary<string, string?> input, Refusal? refusal, CancellationToken cancel)
    {
        Refusal = refusal;
        Fields = Fields.Again(input, refusal?.Errors ?? new Dictionary<string, string[]>());
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
