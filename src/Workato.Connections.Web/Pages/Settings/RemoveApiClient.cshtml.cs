using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings;

/// <summary>Says what removing an API client means, before it is done.</summary>
[Needs(Privilege.DeleteApiClients)]
internal sealed class RemoveApiClientModel(ApiClients clients) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public ApiClient Client { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if ((await clients.ListAsync(cancel)).Find(c => c.Id == Id) is not { } client) return NotFound();
        Client = client;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await clients.DeleteAsync(Id, cancel);
        return RedirectToPage("/Settings/ApiClients");
    }
}
