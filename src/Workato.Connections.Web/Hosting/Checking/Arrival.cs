using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Primitives;

namespace Workato.Connections.Web.Hosting.Checking;

/// <summary>How a request reached this server: as it came out of the socket, before a proxy's headers are believed.</summary>
internal sealed record Arrival
{
    /// <summary>The page that shows it.</summary>
    public const string Page = "/settings/setup-check";

    /// <summary>The endpoint that tells it.</summary>
    public const string Endpoint = "/api/setup_check";

    public required string Scheme { get; init; }
    public required HostString Host { get; init; }
    public required PathString PathBase { get; init; }

    /// <summary>Who opened the connection: the nearest proxy, or the caller itself; null on a socket without addresses.</summary>
    public required IPAddress? Sender { get; init; }

    public string? ForwardedProto { get; init; }
    public string? ForwardedHost { get; init; }
    public string? ForwardedFor { get; init; }

    /// <summary>RFC 7239; shown, not read.</summary>
    public string? Forwarded { get; init; }

    public int Port => Host.Port ?? (Scheme == "https" ? 443 : 80);

    /// <summary>Whether a proxy says how the request reached it, in headers this server can read.</summary>
    public bool HasForwardedHeaders => ForwardedProto is not null || ForwardedHost is not null || ForwardedFor is not null;

    /// <summary>Middleware in front of the one that takes the headers away: keeps them, for those who ask about them.</summary>
    public static Task KeepAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments(Page) || path.StartsWithSegments(Endpoint)) context.Features.Set(Read(context));
        return next(context);
    }

    /// <summary>How this request arrived.</summary>
    public static Arrival Of(HttpContext context) => context.Features.Get<Arrival>() ?? Read(context);

    private static Arrival Read(HttpContext context)
    {
        var (request, headers) = (context.Request, context.Request.Headers);
        return new()
        {
            Scheme = request.Scheme,
            Host = request.Host,
            PathBase = request.PathBase,
            Sender = context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress,
            ForwardedProto = Text(headers[ForwardedHeadersDefaults.XForwardedProtoHeaderName]),
            ForwardedHost = Text(headers[ForwardedHeadersDefaults.XForwardedHostHeaderName]),
            ForwardedFor = Text(headers[ForwardedHeadersDefaults.XForwardedForHeaderName]),
            Forwarded = Text(headers["Forwarded"]),
        };
    }

    private static string? Text(StringValues values) => string.IsNullOrWhiteSpace(values) ? null : string.Join(", ", values.ToArray());
}
