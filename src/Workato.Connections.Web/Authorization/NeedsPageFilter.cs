using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Workato.Connections.Web.Authorization;

/// <summary>Asks for what one handler of a page needs. What the page needs was asked for before, as of any endpoint.</summary>
internal sealed class NeedsPageFilter(IAuthorizationService authorization) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerMethod?.MethodInfo.GetCustomAttribute<NeedsAttribute>() is { } needs)
        {
            var asked = await authorization.AuthorizeAsync(context.HttpContext.User, context.HttpContext, [needs]);
            if (!asked.Succeeded)
            {
                context.Result = new RefusedResult(asked.Failure);
                return;
            }
        }

        await next();
    }

    private sealed class RefusedResult(AuthorizationFailure failure) : IActionResult
    {
        public Task ExecuteResultAsync(ActionContext context) => Refusals.AnswerAsync(context.HttpContext, failure);
    }
}
