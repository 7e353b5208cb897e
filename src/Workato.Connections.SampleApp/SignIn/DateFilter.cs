using System.Globalization;

namespace Workato.Connections.SampleApp.SignIn;

/// <summary>Says in every answer what time the app believes it is, as clients whose clock is wrong correct themselves by it.</summary>
internal sealed class DateFilter(SampleAppState state, TimeProvider clock) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.Date = state.OAuth1.Time(clock).ToString("R", CultureInfo.InvariantCulture);
        return next(context);
    }
}
