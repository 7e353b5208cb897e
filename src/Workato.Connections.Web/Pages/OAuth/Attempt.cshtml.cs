using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Workato.Connections.Authorizing;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hosting;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.OAuth;

/// <summary>How a trip to an app stands, for the page that waits for it.</summary>
[Needs()]
internal sealed class AttemptModel(AuthorizationAttempts attempts, ServerSettings settings, TimeProvider time) : PageModel
{
    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        Response.Headers.CacheControl = "no-cache, no-store";
        if (await attempts.FindAsync(id, BrowserBinding.Read(HttpContext, settings), cancel) is not { } attempt) return NotFound();
        return attempt switch
        {
            { Problem: { } problem } => State("failed", problem),
            { FinishedAt: not null, ConnectionId: { } connection } => new JsonResult(new { state = "done", next = RecipeReturn.From(Request)?.EditorAfter(attempt.Provider, connection) ?? $"/connections/{connection}?made=true" }),
            { UsedAt: null } when attempt.ExpiresAt <= time.GetUtcNow() => State("failed", "It took longer than ten minutes. Nothing was changed: connect again."),
            _ => State("waiting", null),
        };
    }

    private static JsonResult State(string state, string? problem) => new(new { state, problem });
}
