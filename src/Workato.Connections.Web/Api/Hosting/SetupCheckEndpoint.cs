using Workato.Connections.Privileges;
using Workato.Connections.Web.Api.Documentation;
using Workato.Connections.Web.Authorization;
using Workato.Connections.Web.Hosting;
using Workato.Connections.Web.Hosting.Checking;

namespace Workato.Connections.Web.Api.Hosting;

/// <summary>What is wrong with the address of this server, told by the way the asking request arrived. Ours.</summary>
internal static class SetupCheckEndpoint
{
    public static void MapSetupCheck(this RouteGroupBuilder api) =>
        api.MapGet(Arrival.Endpoint["/api".Length..], (HttpContext context, ServerSettings settings) => SetupCheckResponse.From(SetupCheck.Of(context, settings), settings)).Needs(Privilege.ReadSettings)
            .WithTags("Workspace").WithSummary("Check the public address and the proxy")
            .WithDescription("Holds the way this very request arrived against the settings: ask at the address people use. callback_url is what is to be registered at apps.")
            .WithExample(response: Examples.SetupCheck);
}

/// <summary>How the request arrived, and what is to be set otherwise.</summary>
/// <param name="CallbackUrl">Where apps send people back to: to be registered there to the letter.</param>
/// <param name="PublicUrl">The address people use, as far as the settings say.</param>
/// <param name="IsPublicUrlSet">Whether an operator set it; otherwise it is the first of <c>Urls</c>.</param>
/// <param name="KnownNetworks">The proxies whose headers are believed.</param>
/// <param name="ReachedAt">The address people use, as far as this request shows.</param>
/// <param name="UnderstoodAs">The address this server takes the request to be for.</param>
/// <param name="Request">The request as it came out of the socket.</param>
/// <param name="IsFine">Whether there is nothing to fix.</param>
/// <param name="Findings">Check by check.</param>
internal sealed record SetupCheckResponse(
    string CallbackUrl, string PublicUrl, bool IsPublicUrlSet, IReadOnlyList<string> KnownNetworks, string ReachedAt, string UnderstoodAs,
    ArrivalResponse Request, bool IsFine, IReadOnlyList<SetupFinding> Findings)
{
    public static SetupCheckResponse From(SetupCheck check, ServerSettings settings) => new(
        settings.CallbackUrl, settings.PublicUrl.AbsoluteUri, settings.IsPublicUrlSet, [.. settings.KnownProxies.Select(n => n.ToString())],
        check.ReachedAt, check.UnderstoodAs, ArrivalResponse.From(check), check.IsFine, check.Findings);
}

/// <summary>A request as it came out of the socket.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Host">The host it names.</param>
/// <param name="Port">The port it names.</param>
/// <param name="PathBase">What stands in front of every path.</param>
/// <param name="RemoteAddress">Who opened the connection: the nearest proxy, or the caller.</param>
/// <param name="IsKnownProxy">Whether its headers are believed.</param>
/// <param name="XForwardedProto">The header X-Forwarded-Proto.</param>
/// <param name="XForwardedHost">The header X-Forwarded-Host.</param>
/// <param name="XForwardedFor">The header X-Forwarded-For.</param>
/// <param name="Forwarded">The header Forwarded (RFC 7239), which is not read.</param>
internal sealed record ArrivalResponse(
    string Scheme, string Host, int Port, string PathBase, string? RemoteAddress, bool IsKnownProxy, string? XForwardedProto, string? XForwardedHost, string? XForwardedFor, string? Forwarded)
{
    public static ArrivalResponse From(SetupCheck check)
    {
        var a = check.Arrival;
        return new(a.Scheme, a.Host.Value ?? "", a.Port, a.PathBase.Value ?? "", a.Sender?.ToString(), check.IsSenderKnown, a.ForwardedProto, a.ForwardedHost, a.ForwardedFor, a.Forwarded);
    }
}
