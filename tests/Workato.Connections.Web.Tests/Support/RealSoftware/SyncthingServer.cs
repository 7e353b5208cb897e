using System.Diagnostics;
using System.Net;
using System.Xml.Linq;

namespace Workato.Connections.Web.Tests.Support.RealSoftware;

/// <summary>
/// Syncthing, a file synchroniser whose REST API takes an API key in the header <c>X-API-Key</c>. It has no folder
/// and no peer, and makes no connection to the outside.
/// <list type="bullet">
/// <item><c>GET /rest/system/status</c>: 200 for the key; <c>myID</c> in it says whose account it is.</item>
/// <item>A wrong key and no key are both answered with 403 and the text "CSRF Error", not with 401.</item>
/// <item><c>GET /</c>: 200 for everybody. It proves no key.</item>
/// </list>
/// </summary>
internal sealed class SyncthingServer : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Options = new()
    {
        ["listenAddress"] = "tcp://127.0.0.1:0",
        ["globalAnnounceEnabled"] = "false",
        ["localAnnounceEnabled"] = "false",
        ["relaysEnabled"] = "false",
        ["natEnabled"] = "false",
        ["stunKeepaliveStartS"] = "0",
        ["urAccepted"] = "-1",
        ["crashReportingEnabled"] = "false",
        ["autoUpgradeIntervalH"] = "0",
        ["setLowPriority"] = "false",
    };

    private readonly ServerProcess process;

    private SyncthingServer(ServerProcess process, Uri baseUri, string apiKey, string deviceId) =>
        (this.process, BaseUri, ApiKey, DeviceId) = (process, baseUri, apiKey, deviceId);

    public Uri BaseUri { get; }

    public Uri StatusUri => new(BaseUri, "rest/system/status");

    public string ApiKey { get; private set; }

    /// <summary>What <c>myID</c> says.</summary>
    public string DeviceId { get; }

    public static async Task<SyncthingServer> StartAsync(CancellationToken cancellationToken)
    {
        var home = Directory.CreateTempSubdirectory("connections-syncthing-");
        var baseUri = new Uri($"http://127.0.0.1:{LoopbackPort.Next()}/");
        var apiKey = Guid.NewGuid().ToString("N");

        await ServerProcess.RunAsync(Syncthing(home, "generate"), cancellationToken);
        var deviceId = Configure($"{home}/config.xml", baseUri, apiKey);

        var serve = Syncthing(home, "serve", "--no-browser", "--no-restart", "--no-upgrade");
        var process = await ServerProcess.StartAsync(serve, baseUri, cancellationToken);
        return new SyncthingServer(process, baseUri, apiKey, deviceId);
    }

    /// <summary>Changes the key through Syncthing's own configuration API, and returns once only the new one is right.</summary>
    public async Task ChangeApiKeyAsync(string newKey, CancellationToken cancellationToken)
    {
        var oldKey = ApiKey;
        using var change = new HttpRequestMessage(HttpMethod.Patch, new Uri(BaseUri, "rest/config/gui"))
        {
            Headers = { { "X-API-Key", oldKey } },
            Content = JsonContent.Create(new { apiKey = newKey }),
        };
        try
        {
            using var answer = await ServerProcess.Http.SendAsync(change, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException e) when (e.StatusCode is null)
        {
            // It opens its listener anew with the new key, and may cut its own answer off: what follows tells whether it took it.
        }

        ApiKey = newKey;
        await process.WaitUntilAsync(
            async () => await StatusForAsync(newKey, cancellationToken) == HttpStatusCode.OK
                && await StatusForAsync(oldKey, cancellationToken) == HttpStatusCode.Forbidden,
            cancellationToken);
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static ProcessStartInfo Syncthing(DirectoryInfo home, string command, params string[] options) =>
        new("syncthing", [command, $"--home={home}", .. options])
        {
            WorkingDirectory = home.FullName,
            Environment =
            {
                ["STMONITORED"] = "yes", // One process, not a second one that watches the first.
                ["STHASHING"] = "standard", // Named, or it measures for a second which one is the fastest.
            },
        };

    private async Task<HttpStatusCode> StatusForAsync(string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, StatusUri) { Headers = { { "X-API-Key", key } } };
        using var answer = await ServerProcess.Http.SendAsync(request, cancellationToken);
        return answer.StatusCode;
    }

    /// <summary>Edits what Syncthing itself generated, so that the file is right for whichever version is installed.</summary>
    private static string Configure(string path, Uri baseUri, string apiKey)
    {
        var configuration = XDocument.Load(path);
        var root = configuration.Root!;
        root.Elements("folder").Remove();
        root.Element("gui")!.SetElementValue("address", baseUri.Authority);
        root.Element("gui")!.SetElementValue("apikey", apiKey);
        var options = root.Element("options")!;
        options.Elements().Where(option => Options.ContainsKey(option.Name.LocalName)).Remove();
        options.Add(Options.Select(option => new XElement(option.Key, option.Value)));
        configuration.Save(path);
        return root.Element("device")!.Attribute("id")!.Value;
    }
}
