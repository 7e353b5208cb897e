using System.Net;
using System.Text.RegularExpressions;

namespace Workato.Connections.Web.Tests.Support;

/// <summary>A person's HTTP client: it keeps cookies, and does not follow redirects so that a test sees them.</summary>
public sealed partial class CookieClient : IDisposable
{
    private readonly CookieContainer jar = new();
    private readonly Uri address;

    public CookieClient(Product product, CookieContainer? copied = null)
    {
        address = product.Address;
        if (copied is not null) jar.Add(copied.GetAllCookies());
        Http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = jar }) { BaseAddress = address };
    }

    public HttpClient Http { get; }

    /// <summary>All cookies, for another server on this machine: they do not tell ports apart.</summary>
    public CookieContainer Jar => jar;

    /// <summary>The names of the cookies it has.</summary>
    public IEnumerable<string> Cookies => jar.GetCookies(address).Select(c => c.Name);

    /// <summary>A browser in which the owner is signed in.</summary>
    public static async Task<CookieClient> SignedInAsync(Product product)
    {
        var browser = new CookieClient(product);
        (await browser.Http.ReadAsync(await product.OwnerLinkAsync())).Is(302).Headers.Location!.ToString().ShouldStartWith("/connections");
        return browser;
    }

    /// <summary>The hidden fields of a page, by which its forms prove to come from it, and <paramref name="more"/>.</summary>
    public async Task<Dictionary<string, string>> FormAsync(string page, params (string Name, string Value)[] more)
    {
        var html = (await Http.ReadAsync(page)).Ok().Text;
        var token = AntiforgeryToken().Match(html);
        token.Success.ShouldBeTrue($"{page} has no form");
        return more.Append(("__RequestVerificationToken", token.Groups["token"].Value)).ToDictionary(f => f.Item1, f => f.Item2);
    }

    /// <summary>Signs out as a person does: by the page's form.</summary>
    public async Task SignOutAsync() => (await Http.SendAsync("/sign-out", new FormUrlEncodedContent(await FormAsync("/sign-out")))).Status.ShouldBeInRange(200, 302);

    public void Dispose() => Http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex AntiforgeryToken();
}
