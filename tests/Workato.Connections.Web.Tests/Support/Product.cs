using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Workato.Connections.Privileges;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Hardening;
using Workato.Connections.Web.SignIn;

namespace Workato.Connections.Web.Tests.Support;

/// <summary>
/// The whole product on a real socket with a database of its own, beside a sample app of its own. Tests of storage are
/// written against this class and run once for each of its two kinds.
/// </summary>
public abstract class Product : IAsyncLifetime
{
    /// <summary>The token of the API client "bootstrap".</summary>
    public const string ApiToken = "test-token-0123456789-0123456789-0123456789";

    private Server? server;

    /// <summary>An API client's HTTP client: bearer token set, no cookies, no redirects.</summary>
    public HttpClient Api { get; private set; } = null!;

    /// <summary>The third-party app.</summary>
    public SampleAppServer SampleApp { get; private set; } = null!;

    /// <summary>A directory that goes when the test is over; holds data, log and certificate.</summary>
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("connections-test-").FullName;

    /// <summary>Where the server listens.</summary>
    public Uri Address => server!.ClientOptions.BaseAddress;

    /// <summary>The server's services.</summary>
    public IServiceProvider Services => server!.Services;

    /// <summary>Everything the server logged, at its most talkative.</summary>
    public string LogPath => Path.Combine(Directory, "server.log");

    /// <summary>Settings beside the usual ones; set before the first test.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>What uses connections, as far as this test says so.</summary>
    public PretendedUsers Users { get; } = new();

    /// <summary>Services replaced or added; set before the first test.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; set; }

    /// <summary>How often one address may try; here all tests come from one. Set before the first test.</summary>
    internal RateLimits Limits { get; set; } = new() { SignInPages = int.MaxValue, OAuthPages = int.MaxValue, UnknownTokens = int.MaxValue };

    /// <summary>The port to listen on; 0: any that is free.</summary>
    protected int Port { get; set; }

    public virtual async ValueTask InitializeAsync()
    {
        SampleApp = await SampleAppServer.StartAsync();
        await ConfigureDatabaseAsync(Settings);
        Start();
    }

    /// <summary>Stops the server and starts another one on the same database.</summary>
    public async Task RestartAsync()
    {
        await server!.DisposeAsync();
        Start();
    }

    /// <summary>A client that speaks for nobody.</summary>
    public HttpClient Anonymous() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    /// <summary>The path of a fresh one-time link for the owner.</summary>
    public async Task<string> OwnerLinkAsync()
    {
        // The link that is printed at the start takes the place of all before it, and must not come after this one.
        foreach (var printer in Services.GetServices<IHostedService>().OfType<OwnerLinkPrinter>()) await printer.ExecuteTask!;
        await using var scope = Services.CreateAsyncScope();
        return "/sign-in/owner?token=" + (await scope.ServiceProvider.GetRequiredService<OwnerLinks>().CreateAsync(CancellationToken.None)).Reveal();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Api.Dispose();
        await server!.DisposeAsync();
        await SampleApp.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    protected abstract Task ConfigureDatabaseAsync(Dictionary<string, string> settings);

    /// <summary>Another server with the same settings, and so on the same database: a second node. The caller stops it.</summary>
    public ProductNode AnotherNode()
    {
        var node = new Server(this);
        node.UseKestrel(0);
        node.StartServer();
        return new(node);
    }

    private void Start()
    {
        server = new(this);
        server.UseKestrel(Port);
        server.StartServer();
        Api = Anonymous();
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiToken);
    }

    private sealed class Server(Product product) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("DataDirectory", product.Directory);
            builder.UseSetting("Bootstrap:ApiToken", ApiToken);
            builder.UseSetting("Egress:AllowedNetworks", "127.0.0.0/8");
            builder.UseSetting("Connectors:Settings:sample_app:url", product.SampleApp.Url);
            foreach (var (key, value) in product.Settings.Where(s => !IsOfLog(s.Key))) builder.UseSetting(key, value);
            // Not by UseSetting: it makes command line arguments of them, with an empty one for every section, which Serilog takes for a value.
            builder.ConfigureAppConfiguration(c => c.AddInMemoryCollection(new Dictionary<string, string?>(product.Settings.Where(s => IsOfLog(s.Key)).ToDictionary(s => s.Key, s => (string?)s.Value))
            {
                ["Serilog:MinimumLevel:Default"] = "Verbose",
                ["Serilog:WriteTo:File:Name"] = "File",
                ["Serilog:WriteTo:File:Args:path"] = product.LogPath,
                ["Serilog:WriteTo:File:Args:shared"] = "true",
            }));
            builder.ConfigureServices(services => services.AddSingleton<IConnectionUsers>(product.Users).AddSingleton(product.Limits));
            if (product.ConfigureServices is { } configure) builder.ConfigureServices(configure);
        }

        private static bool IsOfLog(string key) => key.StartsWith("Serilog:", StringComparison.Ordinal);
    }
}

/// <summary>A second server of a <see cref="Product"/>.</summary>
public sealed class ProductNode(WebApplicationFactory<Program> server) : IAsyncDisposable
{
    /// <summary>The node's services.</summary>
    public IServiceProvider Services => server.Services;

    /// <summary>A client of the node with this bearer token.</summary>
    public HttpClient Api(string token = Product.ApiToken) => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = server.ClientOptions.BaseAddress,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    /// <summary>A browser with the cookies it is given, that does not follow redirects.</summary>
    public HttpClient Browser(System.Net.CookieContainer cookies) => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = server.ClientOptions.BaseAddress };

    public ValueTask DisposeAsync() => server.DisposeAsync();
}

/// <summary>The embedded default.</summary>
public class ProductOnSqlite : Product
{
    protected override Task ConfigureDatabaseAsync(Dictionary<string, string> settings) => Task.CompletedTask;
}

/// <summary>On a real PostgreSQL, with a certificate the test made.</summary>
public class ProductOnPostgres(PostgresCluster cluster) : Product
{
    protected override async Task ConfigureDatabaseAsync(Dictionary<string, string> settings)
    {
        var certificate = Path.Combine(Directory, "test.pfx");
        KeyEncryptionCertificate.Create(certificate, new Secret("certificate password of the test"));
        settings["Database:ConnectionString"] = await cluster.CreateDatabaseAsync();
        settings["KeyEncryption:CertificatePath"] = certificate;
        settings["KeyEncryption:CertificatePassword"] = "certificate password of the test";
    }
}
