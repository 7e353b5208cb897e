using Workato.Connections.Calling;

namespace Workato.Connections.Web.Api;

/// <summary>Errors outside an endpoint: problem details under /api, a page elsewhere.</summary>
internal static class ErrorAnswers
{
    /// <summary>For 415.</summary>
    public const string NotJson = "The body must be JSON: send the header 'Content-Type: application/json'";

    public static void UseErrorAnswers(this WebApplication app)
    {
        app.UseExceptionHandler("/error/500");
        app.UseWhen(IsPage, pages => pages.UseStatusCodePagesWithReExecute("/error/{0}"));
        app.UseWhen(c => !IsPage(c), api => api.UseStatusCodePages(c => Problems.Write(c.HttpContext, c.HttpContext.Response.StatusCode, Message(c.HttpContext.Response.StatusCode))));
    }

    private static bool IsPage(HttpContext context) => !context.Request.Path.StartsWithSegments("/api") && !context.Request.Path.StartsWithSegments("/openapi");

    private static string Message(int status) => status switch
    {
        404 => "Not found",
        415 => NotJson,
        405 => "This address does not answer to that method",
        _ => Words.Name(status),
    };
}
