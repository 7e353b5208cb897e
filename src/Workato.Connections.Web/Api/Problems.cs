using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Workato.Connections.Answers;
using Workato.Connections.Web.Api.Authorizing;
using Workato.Connections.Web.Api.Connections;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Api;

/// <summary>Errors as problem details (RFC 9457) that also carry Workato's <c>message</c>.</summary>
internal static class Problems
{
    // Seconds, in the problem and in the header of the same name.
    private const string RetryAfter = "retry_after";

    /// <summary>Says when to ask again also in the header (RFC 9110 section 10.2.3).</summary>
    public static void SetHeaders(ProblemDetailsContext context)
    {
        if (context.ProblemDetails.Extensions.TryGetValue(RetryAfter, out var value) && value is int seconds)
            context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The answer to a refusal.</summary>
    public static IResult From(Refusal refusal)
    {
        var problem = Of(Status(refusal.Kind), refusal.Message);
        if (refusal.Errors.Count > 0) problem.Extensions["errors"] = refusal.Errors;
        if (refusal.Users.Count > 0) problem.Extensions["in_use_by"] = refusal.Users;
        if (refusal.Diagnosis is { } why) problem.Extensions["diagnosis"] = DiagnosisResponse.From(ConnectionProblem.Of(why, isLost: refusal.Kind != RefusalKind.NotNow));
        if (refusal.Kind == RefusalKind.NotNow) problem.Extensions[RetryAfter] = (int)Math.Max(1, Math.Ceiling(refusal.RetryAfter.TotalSeconds));
        return Results.Problem(problem);
    }

    /// <summary>The answer to a refusal, with the library's names of fields as the request calls them.</summary>
    public static IResult From(Refusal refusal, params IReadOnlyList<(string Field, string AsCalled)> names) => From(refusal with
    {
        Errors = refusal.Errors.ToDictionary(e => names.FirstOrDefault(n => n.Field == e.Key).AsCalled ?? e.Key, e => e.Value),
    });

    /// <summary>The answer to a refusal, with the links on which a user connects what is missing.</summary>
    public static IResult From(Refusal refusal, ServerSettings settings)
    {
        if (refusal.Connect.Count == 0) return From(refusal);
        var problem = Of(Status(refusal.Kind), refusal.Message);
        problem.Extensions["connect"] = refusal.Connect.Select(c => new ConnectResponse(c.Provider, c.ConnectionId, settings.AddressOf(AuthorizingEndpoints.LinkPath + c.Token.Reveal()))).ToList();
        return Results.Problem(problem);
    }

    /// <summary>A problem with a message for a person.</summary>
    public static ProblemDetails Of(int status, string message) => new()
    {
        Status = status,
        Title = Words.Name(status),
        Detail = message,
        Extensions = { ["message"] = message },
    };

    /// <summary>One field is wrong.</summary>
    public static IResult Invalid(string field, string problem) => From(Refusal.Invalid(field, problem));

    /// <summary>Writes a problem where there is no endpoint to return it.</summary>
    public static Task Write(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(Of(status, message), options: null, contentType: "application/problem+json");
    }

    private static int Status(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Unproved or RefusalKind.UserNotConnected => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.NotNow => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status409Conflict,
    };
}

/// <summary>An app a user has yet to connect.</summary>
/// <param name="Provider">Which.</param>
/// <param name="ConnectionId">The user's own connection, which waits to be connected.</param>
/// <param name="Url">For that user alone: works once, for an hour.</param>
internal sealed record ConnectResponse(string Provider, int ConnectionId, string Url);
