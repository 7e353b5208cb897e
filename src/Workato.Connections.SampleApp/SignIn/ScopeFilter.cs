using Workato.Connections.SampleApp.SignIn.OAuth2;

namespace Workato.Connections.SampleApp.SignIn;

/// <summary>Turns away accounts that may say who they are and nothing else, and tokens that are not good for this.</summary>
internal sealed class ScopeFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var caller = Caller.Of(context.HttpContext);
        var needed = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<NeededScope>()?.Name;
        return caller.Account.ScopeMissing || (needed is not null && caller.Scopes?.Contains(needed) == false)
            ? ValueTask.FromResult<object?>(Refusal.InsufficientScope(needed ?? Scopes.NotesRead))
            : next(context);
    }
}

/// <summary>Endpoint metadata: what a token has to be good for. Who signs in without a token needs none.</summary>
internal sealed record NeededScope(string Name);
