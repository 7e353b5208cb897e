namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>A "no" in the words of RFC 6749, 4.1.2.1 and 5.2.</summary>
internal sealed record OAuth2Error(string Error, string Description) : IResult
{
    public static OAuth2Error InvalidRequest(string description) => new("invalid_request", description);

    public static OAuth2Error InvalidGrant(string description) => new("invalid_grant", description);

    public static OAuth2Error InvalidScope() => new("invalid_scope", $"The scopes here are {string.Join(' ', Scopes.All.Keys)}.");

    public static OAuth2Error InvalidClient(string description) => new("invalid_client", description);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var status = StatusCodes.Status400BadRequest;
        if (Error == "invalid_client")
        {
            // RFC 6749, 5.2: 401 with a challenge that matches the scheme the client used.
            status = StatusCodes.Status401Unauthorized;
            httpContext.Response.Headers.WWWAuthenticate = "Basic realm=\"Sample app\"";
        }

        return Answers.Json(new { Error, ErrorDescription = Description }, status).ExecuteAsync(httpContext);
    }
}
