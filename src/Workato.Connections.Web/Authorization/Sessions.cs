using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Hosting;

namespace Workato.Connections.Web.Authorization;

/// <summary>
/// People's sessions. The cookie says who; what they may do is looked up, remembered for seconds and forgotten at once
/// when it changes. A removed member's session ends with the next request, on every node, and so does one that was signed
/// out of, whoever has a copy of its cookie.
/// </summary>
internal sealed class Sessions : IDisposable
{
    // The session's own id. Not "sid", which is the provider's (OpenID Connect Front-Channel Logout 1.0 section 3).
    private const string SessionId = "session";

    private readonly SnapshotCache<(int Member, Guid? Session), Known> cache;
    private readonly IServiceScopeFactory scopes;
    private readonly bool isOwnerLinkOff;

    public Sessions(IServiceScopeFactory scopes, ChangeFeed feed, ServerSettings settings, TimeProvider time)
    {
        (this.scopes, isOwnerLinkOff, cache) = (scopes, settings.SignIn is not null, new(time));
        feed.RowChanged += (table, _) =>
        {
            if (table is Member.Table or Role.Table or EndedSession.Table) cache.Clear();
        };
        feed.Lost += cache.Clear;
    }

    /// <summary>Signs a member in to this browser, which is a new session.</summary>
    public static Task BeginAsync(HttpContext context, Member member, AuthenticationProperties? properties = null) => context.SignInAsync(
        CookieAuthenticationDefaults.AuthenticationScheme,
        new(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, member.Id.ToString(CultureInfo.InvariantCulture)), new(SessionId, Guid.NewGuid().ToString())], CookieAuthenticationDefaults.AuthenticationScheme)),
        properties ?? new() { IsPersistent = true });

    /// <summary>Turns the cookie's member into who is asking, or ends the session.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        var session = IdOf(context.Principal);
        if (int.TryParse(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && await sessions.FindAsync(id, session) is { } known)
        {
            context.ReplacePrincipal(new(new Caller(known.Actor, known.Access, CookieAuthenticationDefaults.AuthenticationScheme) { Session = session }));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    /// <summary>Sessions get longer by being used. One of before they had ids does not: signing out could not end its copies.</summary>
    public static Task CheckSlidingAsync(CookieSlidingExpirationContext context)
    {
        context.ShouldRenew &= IdOf(context.Principal) is not null;
        return Task.CompletedTask;
    }

    public void Dispose() => cache.Dispose();

    private static Guid? IdOf(ClaimsPrincipal? principal) => Guid.TryParse(principal?.FindFirstValue(SessionId), out var id) ? id : null;

    private ValueTask<Known?> FindAsync(int member, Guid? session) => cache.GetAsync((member, session), async key =>
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        var member = await db.Set<Member>().AsNoTracking().Include(m => m.Role).SingleOrDefaultAsync(m =>
            m.Id == key.Member && m.RemovedAt == null && !(isOwnerLinkOff && m.IsLocal) && !db.Set<EndedSession>().Any(e => e.Session == key.Session));
        return member is null ? null : new Known(new(ActorKind.Member, member.Id, member.Name) { Email = member.Email }, member.Access);
    });

    private sealed record Known(Actor Actor, Access Access);
}
