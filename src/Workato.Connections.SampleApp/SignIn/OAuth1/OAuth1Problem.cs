namespace Workato.Connections.SampleApp.SignIn.OAuth1;

/// <summary>A "no" in the words of the OAuth Problem Reporting extension, which is what OAuth 1.0 servers speak.</summary>
internal sealed record OAuth1Problem(int Status, string Problem, string Advice, string? Detail = null) : IResult
{
    /// <summary>As <c>WWW-Authenticate</c> says it (RFC 5849, 3.5.1).</summary>
    public string Challenge => $"{OAuth1SignIn.Realm}, {string.Join(", ", Parts.Select(part => $"{part.Name}=\"{PercentEncoding.Encode(part.Value)}\""))}";

    private IEnumerable<(string Name, string Value)> Parts =>
        [("oauth_problem", Problem), ("oauth_problem_advice", Advice), .. Detail?.Split('=', 2) is [var name, var value] ? [(name, value)] : Array.Empty<(string, string)>()];

    public static OAuth1Problem Absent(string parameter) =>
        new(StatusCodes.Status400BadRequest, "parameter_absent", $"{parameter} is missing.", $"oauth_parameters_absent={parameter}");

    public static OAuth1Problem Rejected(string parameter, string advice) =>
        new(StatusCodes.Status400BadRequest, "parameter_rejected", advice, $"oauth_parameters_rejected={parameter}");

    public static OAuth1Problem Refused(string problem, string advice, string? detail = null) =>
        new(StatusCodes.Status401Unauthorized, problem, advice, detail);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.WWWAuthenticate = Challenge;
        return FormAnswer.Write(Parts, Status).ExecuteAsync(httpContext);
    }
}
