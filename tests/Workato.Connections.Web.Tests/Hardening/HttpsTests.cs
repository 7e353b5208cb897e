using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Web.Tests.Api;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Hardening;

/// <summary>In production, at a public address of https.</summary>
public class AtHttps : ProductOnSqlite
{
    public const string PublicUrl = "https://connections.acme.example";

    public AtHttps()
    {
        Settings["environment"] = "Production";
        Settings["PublicUrl"] = PublicUrl;
    }
}

/// <summary>Behind a proxy that holds the certificate and is named.</summary>
public sealed class AtHttpsByProxy : AtHttps
{
    public AtHttpsByProxy() => Settings["ForwardedHeaders:KnownNetworks"] = "127.0.0.0/8";
}

/// <summary>With a certificate of its own, beside plain http.</summary>
public sealed class AtHttpsByItself : AtHttps
{
    public AtHttpsByItself() => ConfigureServices = services => services
        .Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = Certificate()))
        .AddSingleton<IStartupFilter>(new Listening());

    /// <summary>A client that takes any certificate.</summary>
    public HttpClient Secure()
    {
        var addresses = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false, ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator })
        {
            BaseAddress = new(addresses.Single(a => a.StartsWith("https:", StringComparison.Ordinal))),
        };
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    // The test host names one address; this one comes before it, so that the tests' own stays the plain one.
    private sealed class Listening : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            var addresses = app.ServerFeatures.Get<IServerAddressesFeature>()!.Addresses;
            string[] plain = [.. addresses];
            addresses.Clear();
            foreach (var address in plain.Prepend("https://127.0.0.1:0")) addresses.Add(address);
            next(app);
        };
    }
}

/// <summary>Who comes by http is sent to https, and told to stay there; nobody is sent round in circles.</summary>
public sealed class HttpsTests(AtHttps unnamed, AtHttpsByProxy proxied, AtHttpsByItself itself, BehindAProxy development)
    : IClassFixture<AtHttps>, IClassFixture<AtHttpsByProxy>, IClassFixture<AtHttpsByItself>, IClassFixture<BehindAProxy>
{
    private const string AYear = "max-age=31536000";

    [Theory]
    [InlineData("GET", "/sign-in")]
    [InlineData("GET", "/sign-in/owner?token=a%20b&x=%2F")]
    [InlineData("POST", "/api/connections")]
    [InlineData("GET", "/no/such/page")]
    [InlineData("GET", "/health")]
    public async Task Where_the_scheme_is_certain_http_is_sent_to_the_same_page_by_https(string method, string path)
    {
        var answers = new[] { await AskAsync(proxied, method, path, ("X-Forwarded-Proto", "http")), await AskAsync(itself, method, path) };

        foreach (var answer in answers)
        {
            answer.Is(308).Headers.Location!.OriginalString.ShouldBe(AtHttps.PublicUrl + path);
            answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse(); // RFC 6797 section 7.2
        }
    }

    [Fact]
    public async Task Who_came_by_https_is_told_to_stay()
    {
        using var secure = itself.Secure();
        secure.DefaultRequestHeaders.Host = new Uri(AtHttps.PublicUrl).Host;
        var answers = new[] { await AskAsync(proxied, "GET", "/sign-in", ("X-Forwarded-Proto", "https")), await secure.ReadAsync("/sign-in") };

        foreach (var answer in answers) answer.Ok().Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem().ShouldBe(AYear);
    }

    [Fact]
    public async Task The_API_tells_its_clients_too() =>
        (await AskAsync(proxied, "GET", "/api/connections", ("X-Forwarded-Proto", "https"))).Is(401).Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem().ShouldBe(AYear);

    [Fact]
    public async Task Load_balancers_may_ask_by_http_whether_it_lives()
    {
        (await AskAsync(proxied, "GET", "/health/live", ("X-Forwarded-Proto", "http"))).Ok();
        (await AskAsync(itself, "GET", "/health/live")).Ok();
        (await AskAsync(itself, "GET", "/health/ready")).Ok();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("X-Forwarded-Proto: https")]
    [InlineData("X-Forwarded-For: 203.0.113.7")]
    [InlineData("Forwarded: proto=https")]
    [InlineData("X-Original-Proto: http")]
    public async Task A_proxy_that_was_not_named_never_sends_anybody_round_in_circles(string? header)
    {
        var answer = await AskAsync(unnamed, "GET", "/sign-in", Header(header));

        answer.Ok().Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    [Theory]
    [InlineData("X-Forwarded-Proto: https")]
    [InlineData("Via: 1.1 proxy")]
    public async Task Nor_does_one_in_front_of_a_server_with_a_certificate_of_its_own(string header) => (await AskAsync(itself, "GET", "/sign-in", Header(header))).Ok();

    [Fact]
    public async Task Nor_does_a_named_one_that_does_not_say_how_people_came() => (await AskAsync(proxied, "GET", "/sign-in", ("X-Forwarded-For", "203.0.113.7"))).Ok();

    [Fact]
    public async Task The_set_up_check_says_what_to_set_then()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/setup_check") { Headers = { Host = new Uri(AtHttps.PublicUrl).Host } };
        var check = (await unnamed.Api.AskAsync(request)).Ok().Text;

        check.ShouldContain("nobody is sent from http to https");
        check.ShouldContain("\"setting\":\"ForwardedHeaders__KnownNetworks\"");
    }

    [Fact]
    public async Task During_development_both_are_served() =>
        (await AskAsync(development, "GET", "/sign-in", ("X-Forwarded-Proto", "http"))).Ok().Headers.Contains("Strict-Transport-Security").ShouldBeFalse();

    private static (string, string)[] Header(string? header) => header?.Split(": ") is [var name, var value] ? [(name, value)] : [];

    private static async Task<Answer> AskAsync(Product product, string method, string path, params (string Name, string Value)[] headers)
    {
        using var http = product.Anonymous();
        using var request = new HttpRequestMessage(new(method), path) { Headers = { Host = new Uri(AtHttps.PublicUrl).Host } };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await http.AskAsync(request);
    }
}
