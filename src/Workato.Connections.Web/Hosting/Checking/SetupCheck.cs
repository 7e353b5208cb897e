using System.Net;
using System.Net.Sockets;

namespace Workato.Connections.Web.Hosting.Checking;

/// <summary>
/// Holds the way a request arrived against the settings. Apps send people back to <see cref="ServerSettings.CallbackUrl"/>
/// alone, so it must be the address people really use.
/// </summary>
internal sealed class SetupCheck
{
    private const string PublicUrlSetting = "PublicUrl";
    private const string NetworksSetting = "ForwardedHeaders__KnownNetworks";

    private readonly ServerSettings settings;

    /// <param name="settings">What is set.</param>
    /// <param name="arrival">How the request came out of the socket.</param>
    /// <param name="understood">What it was taken for, a believed proxy's headers included: a scheme and a host.</param>
    public SetupCheck(ServerSettings settings, Arrival arrival, (string Scheme, HostString Host) understood)
    {
        (this.settings, Arrival) = (settings, arrival);
        IsSenderKnown = arrival.Sender is { } sender && settings.KnownProxies.Any(n => n.Contains(sender));
        UnderstoodAs = Origin(understood.Scheme, understood.Host);
        // Headers that are not believed are probably true all the same, and tell what believing them would give.
        ReachedAt = AreHeadersIgnored
            ? Origin(Nearest(arrival.ForwardedProto) ?? arrival.Scheme, Nearest(arrival.ForwardedHost) is { } host ? new HostString(host) : arrival.Host)
            : UnderstoodAs;
        // An address that nobody set is one thing to fix, not two.
        Findings = settings.IsPublicUrlSet || IsSame(ReachedAt, PublicOrigin) ? [PublicUrl(), Https(), Path(), Proxy(), Address()] : [PublicUrl(), Https(), Path(), Proxy()];
    }

    /// <summary>Checks by a request that is here now.</summary>
    public static SetupCheck Of(HttpContext context, ServerSettings settings) => new(settings, Arrival.Of(context), (context.Request.Scheme, context.Request.Host));

    public Arrival Arrival { get; }

    /// <summary>Whether the sender's forwarded headers are believed.</summary>
    public bool IsSenderKnown { get; }

    /// <summary>The address this server takes the request to be for.</summary>
    public string UnderstoodAs { get; }

    /// <summary>The address people use, as far as this request shows.</summary>
    public string ReachedAt { get; }

    public IReadOnlyList<SetupFinding> Findings { get; }

    public bool IsFine => Findings.All(f => f.Status == FindingStatus.Ok);

    private string PublicOrigin => Origin(settings.PublicUrl.Scheme, HostString.FromUriComponent(settings.PublicUrl));

    private bool AreHeadersIgnored => Arrival.HasForwardedHeaders && !IsSenderKnown;

    private SetupFinding PublicUrl() => (settings.IsPublicUrlSet, IsSame(ReachedAt, PublicOrigin)) switch
    {
        (true, _) => SetupFinding.Ok("public_url", $"PublicUrl is set: {settings.PublicUrl}."),
        (false, true) => SetupFinding.Ok("public_url", $"PublicUrl is not set, so the first of Urls counts, {PublicOrigin}: that is how you reached this server. Set it before others use it from elsewhere."),
        _ => SetupFinding.Fix("public_url", $"PublicUrl is not set, so the callback begins with {PublicOrigin}, but you reached this server at {ReachedAt}. Apps would send people to the wrong address.", PublicUrlSetting, ReachedAt),
    };

    private SetupFinding Https() => settings.PublicUrl switch
    {
        { Scheme: "https" } => SetupFinding.Ok("https", "The callback is https, as apps want it."),
        { IsLoopback: true } => SetupFinding.Ok("https", "The callback is plain http on this machine. Many apps allow that for trying out, and nowhere else."),
        _ => SetupFinding.Fix("https", "The callback is plain http, and most apps refuse to register such a callback. Put a proxy with a certificate in front of this server, and write its https address.", PublicUrlSetting, ReachedAt.StartsWith("https:", StringComparison.Ordinal) ? ReachedAt : "https://" + settings.PublicUrl.Host),
    };

    private SetupFinding Path() => settings.PublicUrl.AbsolutePath == "/" && !Arrival.PathBase.HasValue
        ? SetupFinding.Ok("path", "The address has no path of its own.")
        : SetupFinding.Fix("path", $"The address has a path of its own ({(Arrival.PathBase.HasValue ? Arrival.PathBase.Value : settings.PublicUrl.AbsolutePath)}), but the pages here begin at /. Give this server a host name for itself.", PublicUrlSetting, PublicOrigin);

    private SetupFinding Proxy() => Arrival switch
    {
        { HasForwardedHeaders: true } when IsSenderKnown => SetupFinding.Ok("proxy", $"The proxy {Arrival.Sender} says how people reached it, and is believed."),
        { HasForwardedHeaders: true, Sender: { } sender } => SetupFinding.Fix("proxy",
            $"{sender} sent headers that say how people reached it, and they are ignored, because its network is not named. If {sender} is your proxy, name it, or the network your proxies are in.", NetworksSetting, Networks(sender)),
        { HasForwardedHeaders: true } => SetupFinding.Fix("proxy", "There are headers that say how people reached a proxy, and they are ignored, because their sender has no address. Let the proxy connect by TCP."),
        { Forwarded: not null } => SetupFinding.Fix("proxy", "A proxy sent the header Forwarded, which is not read here. Have it send X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host."),
        _ => SetupFinding.Ok("proxy", "No proxy's headers came with this request."),
    };

    private SetupFinding Address()
    {
        var (reached, expected) = (new Uri(ReachedAt), settings.PublicUrl);
        if (IsSame(ReachedAt, PublicOrigin))
        {
            return AreHeadersIgnored
                ? SetupFinding.Fix("address", $"People reach this server at {ReachedAt}, where apps send them back to, but it takes the request for one to {UnderstoodAs}, see above. Until that is put right nobody is sent from http to https.")
                : SetupFinding.Ok("address", $"You reached this server at {ReachedAt}, where apps send people back to.");
        }

        // Somebody at the machine itself, or in front of a proxy that does not pass the host on: the public address may well be right.
        if (reached.IsLoopback && !expected.IsLoopback)
            return SetupFinding.Fix("address", $"You reached this server at {ReachedAt}, and people who connect an app come back to {PublicOrigin}, where they are not signed in. Open this page at {PublicOrigin}; if you did, have the proxy pass the host on (X-Forwarded-Host).");

        if (reached.IdnHost != expected.IdnHost || (reached.Scheme == expected.Scheme && reached.Port != expected.Port))
        {
            return SetupFinding.Fix("address", $"You reached this server at {ReachedAt}, and people who connect an app come back to {PublicOrigin}, where they are not signed in. "
                + $"Open {PublicOrigin} if that is the right address; have the proxy pass the host on (X-Forwarded-Host) if there is one; or write the address people use.", PublicUrlSetting, ReachedAt);
        }

        return reached.Scheme == "https"
            ? SetupFinding.Fix("address", "People come by https, but PublicUrl says http.", PublicUrlSetting, ReachedAt)
            : SetupFinding.Fix("address", "The request arrived by http, as far as this server can tell, but PublicUrl says https. Have the proxy that holds the certificate send X-Forwarded-Proto, and name its network. "
                + "Until then nobody is sent from http to https: people whose proxy is not believed would go round in circles.",
                IsSenderKnown || Arrival.Sender is null ? null : NetworksSetting, IsSenderKnown || Arrival.Sender is null ? null : Networks(Arrival.Sender));
    }

    // Those that are named already, and the sender alone: it is for the operator to name more.
    private string Networks(IPAddress sender)
    {
        var address = new IPAddress(sender.GetAddressBytes());
        return string.Join(',', settings.KnownProxies.Select(n => n.ToString()).Append($"{address}/{(address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)}"));
    }

    // The nearest proxy's word is the last.
    private static string? Nearest(string? header) => header?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault();

    // A default port is not written: "https://host:443" and "https://host" are one. What is no address at all is shown as it is not.
    private static string Origin(string scheme, HostString host) =>
        Uri.TryCreate($"{scheme}://{host.ToUriComponent()}", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.GetLeftPart(UriPartial.Authority) : "http://unknown";

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
