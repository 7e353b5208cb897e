namespace Workato.Connections.SampleApp.Misbehaving;

/// <summary>Comes before everything else in the API: counts the request, then behaves as told.</summary>
internal sealed class MisbehaviourFilter(SampleAppState state) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (mode, delayMs) = state.Behaviour;

        // Counted on arrival: a test that waits for a held request must be able to see that it came.
        state.Tally.CountRequest(mode.Name);
        return await mode.Answer(context.HttpContext, TimeSpan.FromMilliseconds(delayMs)) ?? await next(context);
    }
}
