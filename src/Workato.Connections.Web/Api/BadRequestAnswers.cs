using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;

namespace Workato.Connections.Web.Api;

/// <summary>A request that could not even be read gets an answer that names the field and what is allowed.</summary>
internal sealed partial class BadRequestAnswers : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The path of the request itself is the error page's by now.
        var path = httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? "";
        if (exception is not BadHttpRequestException bad || !path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase)) return false;
        var answer = bad switch
        {
            { StatusCode: StatusCodes.Status413PayloadTooLarge } => Results.Problem(Problems.Of(413, $"The body is too large: at most {ApiSetup.MaxBodyBytes / 1024} KiB.")),
            { InnerException: JsonException json } => Explain(json),
            _ when Parameter().Match(bad.Message) is { Success: true } match => Problems.Invalid(match.Groups["name"].Value, "is not of the right form: " + Allowed(match.Groups["type"].Value)),
            _ => Results.Problem(Problems.Of(bad.StatusCode, "The request could not be read; a JSON object is expected as its body.")),
        };
        await answer.ExecuteAsync(httpContext);
        return true;
    }

    private static IResult Explain(JsonException json)
    {
        if (Unknown().Match(json.Message) is { Success: true } unknown) return Problems.Invalid(unknown.Groups["name"].Value, "is not a field of this request");
        var field = json.Path?.TrimStart('$').TrimStart('.');
        if (string.IsNullOrEmpty(field) || !Wanted().IsMatch(json.Message))
            return Results.Problem(Problems.Of(400, $"The body is not valid JSON (line {json.LineNumber + 1}, position {json.BytePositionInLine + 1})."));
        return Problems.Invalid(field, "is not of the right form: " + Allowed(Wanted().Match(json.Message).Groups["type"].Value));
    }

    private static string Allowed(string type) => type switch
    {
        _ when type.Contains("Int", StringComparison.Ordinal) || type == "int" => "a whole number is expected",
        _ when type.Contains("Boolean", StringComparison.OrdinalIgnoreCase) || type == "bool" => "true or false is expected",
        _ when type.Contains("DateTime", StringComparison.Ordinal) => "a time such as 2026-01-31T08:00:00Z is expected",
        _ when type.Contains(nameof(AccountKind), StringComparison.Ordinal) => "dedicated or personal is expected",
        _ when type.Contains(nameof(AppEnvironment), StringComparison.Ordinal) => "sandbox or production is expected",
        _ when type.Contains("Dictionary", StringComparison.Ordinal) || type.Contains("Json", StringComparison.Ordinal) => "a JSON object is expected",
        _ when type.Contains("ConnectionState", StringComparison.Ordinal) => "connected, broken or disconnected is expected",
        _ => "a text is expected",
    };

    [GeneratedRegex("JSON property '(?<name>[^']*)' could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex("could not be converted to (?<type>\\S+)")]
    private static partial Regex Wanted();

    [GeneratedRegex("Failed to bind parameter \"(?<type>\\S+) (?<name>[A-Za-z_]+)\"")]
    private static partial Regex Parameter();
}
