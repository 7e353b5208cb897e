using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Workato.Connections.Web.Pages;

/// <summary>The way in.</summary>
public sealed class IndexModel : PageModel
{
    /// <summary>Connections are what people come for.</summary>
    public IActionResult OnGet() => RedirectToPage("/Connections/Index");
}
