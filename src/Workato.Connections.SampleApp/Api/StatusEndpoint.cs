namespace Workato.Connections.SampleApp.Api;

/// <summary>Answers with the status it is asked for, and 404 to whatever else there is under <c>/api</c>.</summary>
internal static class StatusEndpoint
{
    public static void MapStatus(this IEndpointRouteBuilder api) => api.Map("/status/{code:int}", (int code) => code switch
    {
        < 200 or > 599 => Answers.Invalid("code", "code must be from 200 to 599."),
        // RFC 9110: these three have no content.
        204 or 205 or 304 => Results.StatusCode(code),
        _ => Answers.Json(new { Status = code }, code),
    });

    /// <summary>An endpoint, so that an unknown path too is counted, misbehaves and asks for credentials.</summary>
    public static void MapTheRest(this IEndpointRouteBuilder api) => api.Map("/{**rest}", (HttpRequest request) =>
        Answers.NotFound($"There is no {request.Method} {request.Path}."));
}
