using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Workato.Connections.Auditing;
using Workato.Connections.Web.Api;

namespace Workato.Connections.Web.Authorization;

/// <summary>Says why something is not allowed: problem details under /api, a page elsewhere, in the same words; and has it written down.</summary>
internal sealed class Refusals : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler others = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult is { Forbidden: true, AuthorizationFailure: { } failure } ? AnswerAsync(context, failure) : others.HandleAsync(next, context, policy, authorizeResult);

    public static async Task AnswerAsync(HttpContext context, AuthorizationFailure? failure)
    {
        // Nothing says what it takes: then nobody may.
        var refusal = failure?.FailureReasons.OfType<RefusalReason>().FirstOrDefault()?.Refusal ?? new(RefusalKind.Forbidden, "You may not do this.");
        if (refusal.Kind == RefusalKind.Forbidden)
        {
            context.RequestServices.GetRequiredService<AuditTally>().Count(
                context.RequestServices.GetRequiredService<WhoActs>().Actor, AuditEvents.AccessRefused, new(AuditedTypes.Address, null, $"{context.Request.Method} {Route(context)}"), refusal.Message);
        }

        context.Features.Set(refusal);
        if (context.Request.Path.StartsWithSegments("/api")) await Problems.From(refusal).ExecuteAsync(context);
        else context.Response.StatusCode = refusal.Kind == RefusalKind.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden;
    }

    // The pattern, not the address: an address may hold more than is to be kept.
    private static string Route(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
}
