namespace Workato.Connections.SampleApp.SignIn;

/// <summary>Turns away accounts that may say who they are and nothing else.</summary>
internal sealed class ScopeFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Caller.Of(context.HttpContext).Account.ScopeMissing
            ? ValueTask.FromResult<object?>(Refusal.InsufficientScope())
            : next(context);
}
