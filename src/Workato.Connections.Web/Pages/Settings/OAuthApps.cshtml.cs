using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages.Settings;

/// <summary>The clients apps know this server by. The API calls them custom OAuth profiles.</summary>
[Needs(Privilege.ReadOAuthProfiles)]
internal sealed class OAuthAppsModel(OAuthProfiles profiles, ConnectorCatalog catalog) : PageModel
{
    public const int Size = 100;

    [BindProperty(SupportsGet = true)]
    public int Skip { get; set; }

    [BindProperty(SupportsGet = true, Name = "made")]
    public int? MadeId { get; set; }

    public OAuthProfileSummary? Made { get; private set; }

    public Page<OAuthProfileSummary> List { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        List = await profiles.PageAsync(null, Size, cancel, Math.Max(0, Skip));
        Made = MadeId is { } id ? await profiles.FindAsync(id, cancel) : null;
    }

    public string Title(string provider) => catalog.TitleOf(provider);
}
