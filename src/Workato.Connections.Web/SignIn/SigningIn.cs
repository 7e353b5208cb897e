using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Workato.Connections.Auditing;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Authorization;

namespace Workato.Connections.Web.SignIn;

/// <summary>The end of a trip to the provider: a session here, or words that say why not.</summary>
internal sealed partial class SigningIn(SignInSettings settings, ITempDataDictionaryFactory notices, AuditTally tally, TimeProvider time, ILogger<SigningIn> log)
{
    /// <summary>The claim that says whether the address is the person's.</summary>
    public const string EmailVerified = "email_verified";

    /// <summary>The name of the ID token among what a session keeps.</summary>
    public const string IdToken = OpenIdConnectParameterNames.IdToken;

    private const string Notice = "sign-in";

    // Every request carries the cookie. A longer ID token is left out, and the provider asks who is to be signed out.
    private const int LongestIdToken = 2500;

    // Groups and all that the provider decides are looked at again once a working day.
    private static readonly TimeSpan Session = TimeSpan.FromHours(12);

    /// <summary>Why the last attempt of this browser failed, in words; once.</summary>
    public string? TakeNotice(HttpContext context) => notices.GetTempData(context)[Notice] as string;

    /// <summary>The provider vouches for somebody.</summary>
    public async Task ComeAsync(TicketReceivedContext context)
    {
        context.HandleResponse();
        var http = context.HttpContext;
        if (Person(context.Principal!) is not { } person)
        {
            Refuse(http, new SignInProblem($"{settings.Host} did not say who you are in a way this server understands.", "there is no usable subject"), context.ReturnUri);
            return;
        }

        // This happens before a request's caller is known.
        http.RequestServices.GetRequiredService<WhoActs>().Actor = Actor.Nobody.At(http);
        var come = await http.RequestServices.GetRequiredService<SignIns>().ComeAsync(person, settings.Rules, http.RequestAborted);
        if (come.Refusal is { } refusal)
        {
            GoBack(http, refusal.Message, context.ReturnUri);
            return;
        }

        var properties = new AuthenticationProperties { IsPersistent = true, AllowRefresh = false, ExpiresUtc = time.GetUtcNow() + Session };
        if (context.Properties?.GetTokenValue(IdToken) is { Length: <= LongestIdToken } idToken) properties.StoreTokens([new() { Name = IdToken, Value = idToken }]);
        await Sessions.BeginAsync(http, come.Value!, properties);
        http.Response.Redirect(context.ReturnUri ?? "/");
    }

    /// <summary>The provider said no, or what came back is not to be believed.</summary>
    public Task FailAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        Refuse(context.HttpContext, SignInProblem.Of(context.Failure, settings), context.Properties?.RedirectUri);
        return Task.CompletedTask;
    }

    /// <summary>The trip did not even begin.</summary>
    public void Refuse(HttpContext http, Exception failure, string? comeBackTo) => Refuse(http, SignInProblem.Of(failure, settings), comeBackTo);

    private void Refuse(HttpContext http, SignInProblem problem, string? comeBackTo)
    {
        LogRefused(log, settings.Host, problem.Reason);
        // Anybody can send what is refused here, as often as they like: it is counted, not listed.
        tally.Count(Actor.Nobody.At(http), AuditEvents.SignInRefused, new(AuditedTypes.Member, null, null), problem.Reason);
        GoBack(http, problem.Words, comeBackTo);
    }

    // The page offers another try, to the same place.
    private void GoBack(HttpContext http, string words, string? comeBackTo)
    {
        var notice = notices.GetTempData(http);
        notice[Notice] = words;
        notice.Save();
        http.Response.Redirect(comeBackTo is null ? "/sign-in" : $"/sign-in?return={Uri.EscapeDataString(comeBackTo)}");
    }

    // A claim of the ID token has the token's issuer; one of the userinfo endpoint has not.
    private ProvenPerson? Person(ClaimsPrincipal principal) =>
        principal.FindFirst("sub") is { Value.Length: > 0 and <= 255 } subject && !subject.Value.Any(char.IsControl)
            ? new(subject.Issuer, subject.Value)
            {
                Name = principal.FindFirstValue("name") ?? principal.FindFirstValue("preferred_username"),
                Email = principal.FindFirstValue("email"),
                IsEmailDoubted = principal.FindAll(EmailVerified).Any(c => c.Value.Equals("false", StringComparison.OrdinalIgnoreCase)),
                Groups = settings.RolesClaim is { } claim ? [.. principal.FindAll(claim).Select(c => c.Value)] : [],
            }
            : null;

    [LoggerMessage(LogLevel.Warning, "A sign-in at {Host} came to nothing: {Reason}.")]
    private static partial void LogRefused(ILogger log, string host, string reason);
}
