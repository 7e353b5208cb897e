using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Web.Api;

namespace Workato.Connections.Web.Pages;

/// <summary>What people see instead of a page.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
internal sealed class ErrorModel : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Status { get; set; }

    private Refusal? Refusal => HttpContext.Features.Get<Refusal>();

    public string Title => Status switch
    {
        403 => "This is not yours to do",
        404 => "There is no such page",
        400 => "The page is too old",
        413 => "That was too much",
        429 => "That was a bit often",
        _ => "Something went wrong here",
    };

    public string Text => Status switch
    {
        403 when Refusal is { } refusal => refusal.Message,
        403 => "Your role does not allow it. An owner or admin can give you one that does.",
        404 => "It may have been deleted, or the address was mistyped.",
        400 => "It was open for long or in another browser. Go back, reload it and try again; nothing was changed.",
        429 => "More requests came from your network than this page answers in a minute, and nothing was changed. Wait a minute, then try again.",
        413 => "What was sent is larger than this page takes. Nothing was changed.",
        _ => "It was our fault and is in the server's log. Nothing you typed was shown there. Try again; if it stays, tell whoever runs this server.",
    };

    public Task<IActionResult> OnGetAsync() => AnswerAsync();

    public Task<IActionResult> OnPostAsync() => AnswerAsync();

    private async Task<IActionResult> AnswerAsync()
    {
        // The address can be typed by anybody: only errors are answered as such.
        if (Status is < 400 or > 599) Status = StatusCodes.Status404NotFound;
        Response.StatusCode = Status;
        if (HttpContext.Features.Get<Microsoft.AspNetCore.Diagnostics.IExceptionHandlerPathFeature>()?.Path.StartsWith("/api", StringComparison.OrdinalIgnoreCase) != true) return Page();
        await Problems.Write(HttpContext, 500, "Server error: it was our fault and is in the server's log. Nothing is known to be changed.");
        return new EmptyResult();
    }
}
