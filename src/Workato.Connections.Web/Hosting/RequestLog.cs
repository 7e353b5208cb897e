using System.Diagnostics;
using Workato.Connections.Web.Api.Calling;

namespace Workato.Connections.Web.Hosting;

/// <summary>
/// Failures are logged, ordinary requests only when somebody asks for it. Serilog has the like, which carries an ambient
/// context through every request, for properties nobody adds here.
/// </summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
            Log(context, context.Response.StatusCode, started, null);
        }
        catch (Exception e)
        {
            Log(context, (e as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError, started, e);
            throw;
        }
    }

    private void Log(HttpContext context, int status, long started, Exception? error)
    {
        var (request, elapsed) = (context.Request, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        // What an app answers to a call through a connection is its own affair.
        var isOurs = !context.Response.Headers.ContainsKey(CallTransformer.AnsweredBy);
        if (status >= 500 && isOurs) LogFailed(log, error, request.Method, request.Path, status, elapsed);
        else LogAnswered(log, request.Method, request.Path, status, elapsed);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} was answered {Status} in {Elapsed:0} ms")]
    private static partial void LogFailed(ILogger log, Exception? error, string method, PathString path, int status, double elapsed);

    [LoggerMessage(LogLevel.Debug, "{Method} {Path} was answered {Status} in {Elapsed:0} ms")]
    private static partial void LogAnswered(ILogger log, string method, PathString path, int status, double elapsed);
}
