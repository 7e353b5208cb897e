using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Privileges;
using Workato.Connections.Secrets;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings;

/// <summary>Makes and removes tokens. The one page on which a secret is shown: a new token, once, to who made it.</summary>
[Needs(Privilege.ReadApiClients)]
internal sealed class ApiClientsModel(ApiClients clients) : PageModel
{
    public IReadOnlyList<ApiClient> Clients { get; private set; } = [];

    [BindProperty]
    public string? Name { get; set; }

    public Secret? Token { get; private set; }

    public Refusal? Refusal { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel) => Clients = await clients.ListAsync(cancel);

    [Needs(Privilege.CreateApiClients)]
    public async Task OnPostAsync(CancellationToken cancel)
    {
        var made = await clients.CreateAsync(Name, cancel);
        Refusal = made.Refusal;
        if (Refusal is null) Token = made.Value.Token;
        Response.Headers.CacheControl = "no-cache, no-store";
        await OnGetAsync(cancel);
    }
}
