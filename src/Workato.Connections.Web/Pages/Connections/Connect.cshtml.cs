using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Connectors;
using Workato.Connections.Privileges;
using Workato.Connections.Recipes;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Pages.OAuth;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>The wizard's second step: sign in to the app.</summary>
[Needs(Privilege.CreateConnections)]
internal sealed class ConnectModel(ConnectorCatalog catalog, ConnectionService service, ConnectionAuthorization authorization, RecipeService recipes, ConnectForms forms, Departure departure) : PageModel
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

    public bool MayConnect => forms.MayConnect;

    public Connector Connector { get; private set; } = null!;

    public ConnectForm Form { get; private set; } = null!;

    /// <summary>The recipe's step it is made for; null: none.</summary>
    public RecipeReturn? For => RecipeReturn.From(Request);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (catalog.Find(Provider) is not { } connector)
        {
            context.Result = NotFound();
            return;
        }

        Connector = connector;
        Form = await forms.NewAsync(connector, Folder, For, context.HttpContext.RequestAborted);
        await next();
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
        if (made.Value is not { } connection) return Again(input, made.Refusal);
        if (For is not { } place) return RedirectToPage("/Connections/Details", new { connection.Id, made = true });
        // Where the recipe cannot use it now, the connection is there all the same, and is offered in the panel.
        return Redirect((await recipes.UseAsync(place.Recipe, Provider, connection.Id, cancel)).Refusal is null ? place.EditorAfter(Provider, connection.Id) : place.Editor + "&pick=connection");
    }

    private async Task<IActionResult> DepartAsync(NewConnection wanted, Dictionary<string, string?> input, CancellationToken cancel)
    {
        var begun = await authorization.BeginAsync(wanted, departure.ReturnTo(HttpContext), cancel);
        if (begun.Value is null) return Again(input, begun.Refusal);
        Form = Form with { Fields = Form.Fields with { Begun = begun.Value } };
        return Departure.Go(this, Connector, begun.Value) ?? Again(input, null);
    }

    private PageResult Again(Dictionary<string, string?> input, Refusal? refusal)
    {
        var errors = refusal?.Errors ?? new Dictionary<string, string[]>();
        Form = Form with
        {
            Refusal = refusal,
            Fields = Form.Fields.Again(input, errors),
            About = Form.About with { Name = Name, FolderId = Folder, Account = Account, Environment = Environment, Errors = errors },
        };
        return Page();
    }
}
