namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>Whose token it is, in the claims of OpenID Connect Core, 5.1.</summary>
internal static class UserInfoEndpoint
{
    public static void MapUserInfo(this IEndpointRouteBuilder app) => app.MapGet(Server.UserInfo, (HttpContext context) =>
    {
        var account = Caller.Of(context).Account;
        return Answers.Json(new { Sub = account.Username, account.Name, account.Email, PreferredUsername = account.Username });
    })
    .AddEndpointFilter<SignInFilter>().AddEndpointFilter<ScopeFilter>().WithMetadata(new NeededScope(Scopes.Profile));
}
