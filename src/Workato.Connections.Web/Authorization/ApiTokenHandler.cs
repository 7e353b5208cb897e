using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Workato.Connections.Auditing;
using Workato.Connections.Web.Api;
using Workato.Connections.Web.Hardening;

namespace Workato.Connections.Web.Authorization;

/// <summary>Bearer tokens of API clients, RFC 6750. Only in the Authorization header: a token in a URL ends up in logs.</summary>
internal sealed class ApiTokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiTokens tokens, TokenGuesses guesses, AuditTally tally)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Bearer";

    private const string Prefix = "Bearer ";

    // How long the sender has to wait who tried too many tokens.
    private TimeSpan? wait;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var (token, sender) = (header[Prefix.Length..].Trim(), Context.Connection.RemoteIpAddress);
        if ((wait = guesses.WaitFor(token, sender)) is not null) return AuthenticateResult.Fail("too many unknown tokens");
        if (await tokens.FindAsync(token) is not { } client)
        {
            guesses.Fail(sender);
            return AuthenticateResult.Fail("unknown token");
        }

        return AuthenticateResult.Success(new(new(new Caller(new(ActorKind.ApiClient, client.Id, client.Name), client.Access, Scheme)), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (wait is { } time) return RateLimits.RefuseTokenAsync(Context, time);
        var given = Request.Headers.Authorization.Count > 0;
        if (given) tally.Count(Context.RequestServices.GetRequiredService<WhoActs>().Actor, AuditEvents.TokenRefused, new(AuditedTypes.Address, null, "/api"));
        Response.Headers.WWWAuthenticate = given ? "Bearer error=\"invalid_token\"" : "Bearer";
        return Problems.Write(Context, StatusCodes.Status401Unauthorized, given
            ? "Unauthorized: the API token is not known here. It may have been removed, or belongs to another server."
            : "Unauthorized: send the header 'Authorization: Bearer <API token>'. Make a token under Settings, API clients.");
    }
}
