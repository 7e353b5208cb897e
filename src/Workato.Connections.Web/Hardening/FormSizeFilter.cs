using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Workato.Connections.Web.Hardening;

/// <summary>A form that is too large is answered as such. Without this the check for forged forms meets it first, and takes it for one.</summary>
internal sealed class FormSizeFilter : IAsyncAuthorizationFilter
{
    /// <summary>Its place among the filters; that of antiforgery is 1000.</summary>
    public const int BeforeAntiforgery = 500;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (!http.Request.HasFormContentType) return;
        try
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
        }
        // The second: too many fields, or too long a name.
        catch (Exception e) when (e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } or InvalidDataException)
        {
            // The error page, which answers in place of this one, must not read it again.
            http.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));
            context.Result = new StatusCodeResult(StatusCodes.Status413PayloadTooLarge);
        }
    }
}
