namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>Says in one document where everything is and what it can do (RFC 8414).</summary>
internal static class MetadataEndpoint
{
    public static void MapMetadata(this IEndpointRouteBuilder app) => app.MapGet(Server.Metadata, (HttpContext context) => Answers.Json(new
    {
        Issuer = Server.Issuer(context),
        AuthorizationEndpoint = MountPoint.Absolute(context, Server.Authorize),
        TokenEndpoint = MountPoint.Absolute(context, Server.Token),
        PushedAuthorizationRequestEndpoint = MountPoint.Absolute(context, Server.Push),
        DeviceAuthorizationEndpoint = MountPoint.Absolute(context, Server.Device),
        RevocationEndpoint = MountPoint.Absolute(context, Server.Revoke),
        UserinfoEndpoint = MountPoint.Absolute(context, Server.UserInfo),
        ScopesSupported = Scopes.All.Keys,
        ResponseTypesSupported = new[] { "code" },
        ResponseModesSupported = new[] { "query" },
        GrantTypesSupported = OAuth2.TokenEndpoint.Grants.Select(grant => grant.Type),
        TokenEndpointAuthMethodsSupported = ClientAuthentication.Methods,
        RevocationEndpointAuthMethodsSupported = ClientAuthentication.Methods,
        TokenEndpointAuthSigningAlgValuesSupported = Jwt.Algorithms,
        CodeChallengeMethodsSupported = new[] { "S256" },
        AuthorizationResponseIssParameterSupported = true,
    }));
}
