namespace Workato.Connections.SampleApp.SignIn;

/// <summary>Answers with tokens and pages with codes stay in no cache, no frame and no other site's Referer.</summary>
internal sealed class NoStoreFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        // RFC 6749, 5.1.
        headers.CacheControl = "no-store";
        headers.Pragma = "no-cache";
        // RFC 6749, 10.13: in somebody else's frame a person would click on what they do not see.
        headers.ContentSecurityPolicy = "frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    }
}
