using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Workato.Connections.Auditing;
using Workato.Connections.Web.Api;

namespace Workato.Connections.Web.Authorization;

/// <summary>Bearer tokens of API clients, RFC 6750. Only in the Authorization header: a token in a URL ends up in logs.</summary>
internal sealed class ApiTokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiTokens tokens, AuditTally tally)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Bearer";

    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        if (await tokens.FindAsync(header[Prefix.Length..].Trim()) is not { } client) return AuthenticateResult.Fail("unknown token");

        return AuthenticateResult.Success(new(new(new Caller(new(ActorKind.ApiClient, client.Id, client.Name), client.Access, Scheme)), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var given = Request.Headers.Authorization.Count > 0;
        if (given) tally.Count(Context.RequestServices.GetRequiredService<WhoActs>().Actor, AuditEvents.TokenRefused, new(AuditedTypes.Address, null, "/api"));
        Response.Headers.WWWAuthenticate = given ? "Bearer error=\"invalid_token\"" : "Bearer";
        return Problems.Write(Context, StatusCodes.Status401Unauthorized, given
            ? "Unauthorized: the API token is not known here. It may have been removed, or belongs to another server."
            : "Unauthorized: send the header 'Authorization: Bearer <API token>'. Make a token under Settings, API clients.");
    }
}
