using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Workato.Connections.Web.Pages.Shared;

/// <summary>A page about the one thing that the address names: finds it before every handler, answers 404 where it is not there.</summary>
/// <typeparam name="T">The thing.</typeparam>
internal abstract class FoundPageModel<T> : PageModel
    where T : class
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public Refusal? Refusal { get; protected set; }

    protected T Found { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await LoadAsync(context.HttpContext.RequestAborted)) await next();
        else context.Result = NotFound();
    }

    /// <summary>The thing with <see cref="Id"/>, or null.</summary>
    protected abstract Task<T?> FindAsync(CancellationToken cancel);

    /// <summary>Reads it again, after a change.</summary>
    protected async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await FindAsync(cancel) is not { } found) return false;
        Found = found;
        return true;
    }
}
