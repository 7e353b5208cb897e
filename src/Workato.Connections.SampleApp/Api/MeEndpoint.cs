using Workato.Connections.SampleApp.SignIn;

namespace Workato.Connections.SampleApp.Api;

/// <summary>Tells callers who they are: the test request of a connection.</summary>
internal static class MeEndpoint
{
    public static void MapMe(this IEndpointRouteBuilder api) => api.MapGet("/me", (HttpContext context) =>
    {
        var (account, signedInBy, scopes) = Caller.Of(context);
        return Answers.Json(new { account.Id, account.Name, account.Email, SignedInBy = signedInBy, Scopes = scopes });
    });
}
