namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>The OAuth 2.0 server. Written by hand, because a whole identity server takes seconds to start.</summary>
internal static class OAuth2Endpoints
{
    public static void MapOAuth2(this IEndpointRouteBuilder app)
    {
        var oauth = app.MapGroup("").AddEndpointFilter<NoStoreFilter>();
        oauth.MapAuthorize();
        oauth.MapToken();
        oauth.MapPush();
        oauth.MapDevice();
        oauth.MapRevoke();
        oauth.MapUserInfo();
        app.MapMetadata();
    }
}
