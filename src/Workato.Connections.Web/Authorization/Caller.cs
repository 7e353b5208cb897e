using System.Globalization;
using System.Net;
using System.Security.Claims;
using Workato.Connections.Auditing;
using Workato.Connections.Privileges;

namespace Workato.Connections.Web.Authorization;

/// <summary>Who is asking and what they may do, as found for this request: never kept in a cookie, so that a change counts at once.</summary>
internal sealed class Caller(Actor actor, Access access, string scheme) : ClaimsIdentity(
    [new(ClaimTypes.NameIdentifier, actor.Id?.ToString(CultureInfo.InvariantCulture) ?? ""), new(ClaimTypes.Name, actor.Name)], scheme)
{
    /// <summary>Who; of an API client with where the request comes from.</summary>
    public Actor Who => actor;

    public Access Access => access;

    /// <summary>A person's session, in one browser; null: one of before sessions had ids, or an API client.</summary>
    public Guid? Session { get; init; }
}

/// <summary>Tells the library who asks.</summary>
internal static class CallerMiddleware
{
    /// <summary>Behind authentication and before everything that asks what is allowed.</summary>
    public static void UseCaller(this WebApplication app) => app.Use((context, next) =>
    {
        var caller = context.User.Identity as Caller;
        context.RequestServices.GetRequiredService<CurrentAccess>().Access = caller?.Access ?? Access.None;
        context.RequestServices.GetRequiredService<WhoActs>().Actor = caller?.Who is { Kind: ActorKind.ApiClient } client ? client : (caller?.Who ?? Actor.Nobody).At(context);
        return next(context);
    });

    /// <summary>Somebody, with where their request comes from.</summary>
    public static Actor At(this Actor actor, HttpContext context) => actor with
    {
        Address = context.RemoteAddress()?.ToString(),
        UserAgent = context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null,
    };

    /// <summary>The address a request came from; one of IPv4 as such, however the socket writes it.</summary>
    public static IPAddress? RemoteAddress(this HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;
}
