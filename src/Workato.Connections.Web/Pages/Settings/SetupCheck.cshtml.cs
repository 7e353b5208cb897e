using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hosting;
using Workato.Connections.Web.Hosting.Checking;

namespace Workato.Connections.Web.Pages.Settings;

/// <summary>Shows the callback URL, how the request for this very page arrived, and what is to be set otherwise.</summary>
[Needs(Privilege.ReadSettings)]
internal sealed class SetupCheckModel(ServerSettings settings) : PageModel
{
    public SetupCheck Check { get; private set; } = null!;

    public void OnGet() => Check = SetupCheck.Of(HttpContext, settings);
}
