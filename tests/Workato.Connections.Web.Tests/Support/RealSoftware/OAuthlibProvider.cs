using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;

namespace Workato.Connections.Web.Tests.Support.RealSoftware;

/// <summary>
/// An OAuth 1.0 provider made of python3-oauthlib, which checks everything RFC 5849 lets it check. Two clients, one user.
/// <list type="bullet">
/// <item><c>/initiate</c>, <c>/authorize</c> (agrees at once), <c>/token</c>: the three steps.</item>
/// <item><c>/two-legged...</c>: 200 for a request the client signed, <c>/...</c>: 200 for one signed with a token too; 401 otherwise.</item>
/// </list>
/// </summary>
public sealed class OAuthlibProvider : IAsyncDisposable
{
    private readonly ServerProcess process;

    private OAuthlibProvider(ServerProcess process, Uri baseUri, string privateKey) => (this.process, BaseUri, PrivateKey) = (process, baseUri, privateKey);

    public Uri BaseUri { get; }

    /// <summary>The address without the slash at its end.</summary>
    public string Url => BaseUri.ToString().TrimEnd('/');

    // oauthlib takes 20 to 30 letters and digits for any of its identifiers.
    public string ClientKey { get; } = "client0123456789abcdef";

    /// <summary>With what must be encoded before it is a part of a key.</summary>
    public string ClientSecret { get; } = "secret & more/+=%";

    /// <summary>
    /// Another client, whose secret needs no encoding: oauthlib decodes protocol parameters of queries and bodies once too
    /// often, and so what stands encoded in them (a PLAINTEXT signature, an address with a query) is not what was meant.
    /// </summary>
    public string PlainClientKey { get; } = "plain0123456789abcdefg";

    public const string PlainClientSecret = "plainsecret";

    /// <summary>The client's RSA key, PKCS#8.</summary>
    public string PrivateKey { get; }

    /// <summary>A token the user has already.</summary>
    public string Token { get; } = "token0123456789abcdefgh";

    public string TokenSecret { get; } = "token secret: ünïcode";

    public static async Task<OAuthlibProvider> StartAsync(CancellationToken cancellationToken)
    {
        using var rsa = RSA.Create(2048);
        var home = Directory.CreateTempSubdirectory("connections-oauthlib-");
        var baseUri = new Uri($"http://127.0.0.1:{LoopbackPort.Next()}/");
        var known = new OAuthlibProvider(null!, baseUri, rsa.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync($"{home}/settings.json", JsonSerializer.Serialize(new
        {
            port = baseUri.Port,
            clients = new Dictionary<string, string> { [known.ClientKey] = known.ClientSecret, [known.PlainClientKey] = PlainClientSecret },
            public_key = rsa.ExportSubjectPublicKeyInfoPem(),
            token = known.Token,
            token_secret = known.TokenSecret,
        }), cancellationToken);

        // Debian's own python: another one on the PATH does not have the packages.
        var serve = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "oauthlib_provider.py"), $"{home}/settings.json"]) { WorkingDirectory = home.FullName };
        return new(await ServerProcess.StartAsync(serve, baseUri, cancellationToken), baseUri, known.PrivateKey);
    }

    /// <summary>The provider's clock goes wrong by so much from now on.</summary>
    public async Task SetClockAsync(TimeSpan offset, CancellationToken cancellationToken) =>
        (await ServerProcess.Http.GetAsync(new Uri(BaseUri, $"clock?offset={(int)offset.TotalSeconds}"), cancellationToken)).EnsureSuccessStatusCode();

    /// <summary>The user opens this address, agrees, and is sent back to where this says.</summary>
    public static async Task<Uri> AgreeAsync(Uri authorize, CancellationToken cancellationToken)
    {
        using var answer = await ServerProcess.Http.GetAsync(authorize, cancellationToken);
        return answer.Headers.Location ?? throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
