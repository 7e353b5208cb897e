using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;

namespace Workato.Connections.Web.Api;

/// <summary>
/// A request that could not even be read gets an answer that names the field and what is allowed; one that met a bug of
/// ours hears that it was ours, and the log hears the rest.
/// </summary>
internal sealed partial class BadRequestAnswers(ILogger<BadRequestAnswers> log) : IExceptionHandler
{
    private const string ObjectExpected = "The request could not be read; a JSON object is expected as its body.";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The path of the request itself is the error page's by now.
        var path = httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? "";
        if (!ApiSetup.IsApi(path)) return false;
        await (exception is BadHttpRequestException bad ? Explain(bad) : Confess(path, exception)).ExecuteAsync(httpContext);
        return true;
    }

    private static IResult Explain(BadHttpRequestException bad) => bad switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => Results.Problem(Problems.Of(413, ErrorAnswers.TooLarge)),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Results.Problem(Problems.Of(415, ErrorAnswers.NotJson)),
        { InnerException: JsonException json } => Explain(json),
        _ when Parameter().Match(bad.Message) is { Success: true } match => Problems.Invalid(
            JsonNamingPolicy.SnakeCaseLower.ConvertName(match.Groups["name"].Value), "is not of the right form: " + Allowed(match.Groups["type"].Value)),
        _ => Results.Problem(Problems.Of(bad.StatusCode, ObjectExpected)),
    };

    private static IResult Explain(JsonException json)
    {
        if (Unknown().Match(json.Message) is { Success: true } unknown) return Problems.Invalid(unknown.Groups["name"].Value, "is not a field of this request");
        var (field, wanted) = (json.Path?.TrimStart('$').TrimStart('.'), Wanted().Match(json.Message));
        if (wanted.Success && string.IsNullOrEmpty(field)) return Results.Problem(Problems.Of(400, ObjectExpected));
        if (string.IsNullOrEmpty(field) || !wanted.Success)
            return Results.Problem(Problems.Of(400, $"The body is not valid JSON (line {json.LineNumber + 1}, position {json.BytePositionInLine + 1})."));
        return Problems.Invalid(field, "is not of the right form: " + Allowed(wanted.Groups["type"].Value));
    }

    private IResult Confess(string path, Exception exception)
    {
        LogBug(log, path, exception);
        return Results.Problem(Problems.Of(500, "Server error: it was our fault and is in the server's log. Nothing is known to be changed."));
    }

    private static string Allowed(string type) => type switch
    {
        _ when type.Contains("IReadOnlyList", StringComparison.Ordinal) || type.EndsWith("[]", StringComparison.Ordinal) => "an array is expected",
        _ when type.Contains("Int", StringComparison.Ordinal) || type.StartsWith("int", StringComparison.Ordinal) => "a whole number is expected",
        _ when type.Contains("bool", StringComparison.OrdinalIgnoreCase) => "true or false is expected",
        _ when type.Contains("DateTime", StringComparison.Ordinal) => "a time such as 2026-01-31T08:00:00Z is expected",
        _ when type.Contains(nameof(AccountKind), StringComparison.Ordinal) => "dedicated or personal is expected",
        _ when type.Contains(nameof(AppEnvironment), StringComparison.Ordinal) => "sandbox or production is expected",
        _ when type.Contains("Dictionary", StringComparison.Ordinal) || type.Contains("Json", StringComparison.Ordinal) => "a JSON object is expected",
        _ => "a text is expected",
    };

    [LoggerMessage(LogLevel.Error, "A request to {Path} met an error nobody expected.")]
    private static partial void LogBug(ILogger log, string path, Exception exception);

    [GeneratedRegex("JSON property '(?<name>[^']*)' could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex("could not be converted to (?<type>\\S+)")]
    private static partial Regex Wanted();

    [GeneratedRegex("Failed to bind parameter \"(?<type>\\S+) (?<name>[A-Za-z_]+)\"")]
    private static partial Regex Parameter();
}
