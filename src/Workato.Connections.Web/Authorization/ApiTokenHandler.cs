using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Workato.Connections.Auditing;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Api;
using Workato.Connections.Web.Hardening;

namespace Workato.Connections.Web.Authorization;

/// <summary>Bearer tokens of API clients, RFC 6750. Only in the Authorization header: a token in a URL ends up in logs.</summary>
internal sealed class ApiTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiTokens tokens, TokenGuesses guesses, ApiClientUse use, AuditTally tally, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Bearer";

    private TokenFault? fault;

    // How long the sender has to wait who tried too many tokens.
    private TimeSpan? wait;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || (header.Length > Scheme.Length && header[Scheme.Length] != ' ')) return AuthenticateResult.NoResult();
        var (token, sender) = (header[Scheme.Length..].Trim(), Context.RemoteAddress());
        if ((wait = guesses.WaitFor(token, sender)) is not null) return AuthenticateResult.Fail("too many unknown tokens");
        var client = token.Length == 0 ? null : await tokens.FindAsync(token);
        if (client is null) guesses.Fail(sender);
        fault = client is null ? TokenFault.Unknown(token) : TokenFault.Of(client, sender, time.GetUtcNow());
        if (fault is not null)
        {
            tally.Count(Actor.Nobody.At(Context), AuditEvents.TokenRefused, new(AuditedTypes.ApiClient, client?.Id, client?.Name), fault.Message);
            return AuthenticateResult.Fail(fault.Description);
        }

        use.Note(client!.Id);
        return AuthenticateResult.Success(new(new(new Caller(client.At(Context), client.Access, Scheme)), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (wait is { } pause) return RateLimits.RefuseTokenAsync(Context, pause);
        Response.Headers.WWWAuthenticate = fault?.Challenge ?? Scheme;
        return Problems.Write(Context, fault?.Status ?? StatusCodes.Status401Unauthorized,
            fault?.Message ?? "Unauthorized: send the header 'Authorization: Bearer <API token>'. Make a token under Settings, API clients.");
    }
}
