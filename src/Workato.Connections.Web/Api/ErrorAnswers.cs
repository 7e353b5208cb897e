using Workato.Connections.Answers;

namespace Workato.Connections.Web.Api;

/// <summary>Errors outside an endpoint: problem details under /api, a page elsewhere.</summary>
internal static class ErrorAnswers
{
    /// <summary>For 415.</summary>
    public const string NotJson = "The body must be JSON: send the header 'Content-Type: application/json'";

    /// <summary>For 413.</summary>
    public static readonly string TooLarge = $"The body is too large: at most {ApiSetup.MaxBodyBytes / 1024} KiB.";

    public static void UseErrorAnswers(this WebApplication app)
    {
        app.UseExceptionHandler("/error/500");
        // Not in a branch: a branch has no routing of its own, and the page would not be found. What the API answers below is not empty any more here.
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseWhen(c => ApiSetup.IsApi(c.Request.Path), api => api.UseStatusCodePages(c => Problems.Write(c.HttpContext, c.HttpContext.Response.StatusCode, Message(c.HttpContext.Response.StatusCode))));
    }

    private static string Message(int status) => status switch
    {
        404 => "Not found",
        413 => TooLarge,
        415 => NotJson,
        405 => "This address does not answer to that method",
        _ => Words.Name(status),
    };
}
