namespace Workato.Connections.SampleApp.SignIn;

/// <summary>A 401 or 403. Counted where it is written, so that none is forgotten.</summary>
internal sealed class Refusal : IResult
{
    private readonly int _status;
    private readonly string _error;
    private readonly string _message;
    private readonly string? _challenge;

    private Refusal(int status, string error, string message, string? challenge = null) =>
        (_status, _error, _message, _challenge) = (status, error, message, challenge);

    /// <summary>401, with the challenge that says most; without one it offers every method there is.</summary>
    public static Refusal InvalidCredentials(string message, string? challenge = null) =>
        new(StatusCodes.Status401Unauthorized, "invalid_credentials", message, challenge);

    /// <summary>403 in the form of RFC 6750, 3.1.</summary>
    public static Refusal InsufficientScope(string scope) => new(
        StatusCodes.Status403Forbidden,
        "insufficient_scope",
        $"This account lacks a permission: the request needs {scope}.",
        $"Bearer error=\"insufficient_scope\", scope=\"{scope}\"");

    /// <summary>403 without a reason a program could act on.</summary>
    public static Refusal Forbidden() =>
        new(StatusCodes.Status403Forbidden, "forbidden", "This account may not do that.");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        services.GetRequiredService<SampleAppState>().Tally.CountRejected();

        // RFC 9110, 15.5.2: a 401 must carry a challenge; RFC 6750, 3: a 403 may.
        httpContext.Response.Headers.WWWAuthenticate = _status == StatusCodes.Status401Unauthorized && _challenge is null
            ? services.GetServices<ISignInMethod>().Select(method => method.Challenge).Distinct().ToArray()
            : _challenge;
        return Answers.Problem(_status, _error, _message).ExecuteAsync(httpContext);
    }
}
