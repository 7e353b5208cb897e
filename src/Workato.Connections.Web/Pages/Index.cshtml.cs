using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.Pages;

/// <summary>The way in: connections are what people come for, those who may see them.</summary>
[Needs]
internal sealed class IndexModel(CurrentAccess current) : PageModel
{
    public IActionResult OnGet() => current.Access switch
    {
        var access when access.May(Privilege.ReadConnections) => RedirectToPage("/Connections/Index"),
        var access when access.May(Privilege.ReadRecipes) => RedirectToPage("/Recipes/Index"),
        var access when access.May(Privilege.ReadProjects) => RedirectToPage("/Projects/Index"),
        _ => Page(),
    };
}
