using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.SignIn;

/// <summary>Walks the endpoints of the running server, so that one that is added tomorrow is covered.</summary>
public sealed class EndpointTests(ProductOnSqlite product) : IClassFixture<ProductOnSqlite>
{
    // Open to everybody, and why.
    private static readonly Dictionary<string, string> Open = new()
    {
        ["health/live"] = "asked by load balancers, says nothing",
        ["health/ready"] = "asked by load balancers, says yes or no",
        ["sign-in"] = "says how to sign in",
        ["sign-in/owner"] = "signs in",
        ["sign-in/start"] = "leads to the sign-in provider",
        ["signed-out"] = "says that one is signed out",
        ["error/{status:int}"] = "what people see instead of a page",
        ["oauth/callback"] = "ends what a browser began, and only in that browser",
        ["oauth/connect/{token}"] = "connects one connection, once, by a link that says so",
        ["webhooks/rest/{token}"] = "tells a recipe of an event, by an address that nobody guesses",
        ["workbot/slack/{id:int}"] = "takes what Slack signed",
        ["my-connections/{token}"] = "shows a user their own connections, by a link that says so and ends",
        ["sample-app"] = "asks for credentials of its own; Development only",
    };

    private RouteEndpoint[] Endpoints => [.. product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    [Fact]
    public void There_are_pages_and_API_endpoints_to_walk()
    {
        var routes = Endpoints.Select(Route).ToArray();

        foreach (var known in new[] { "api/connections", "api/connections/{id:int}/call/{**path}", "connections", "connections/new", "settings/api-clients", "openapi/{documentName}.json", "docs" })
            routes.ShouldContain(known);
    }

    [Fact]
    public void Only_what_is_listed_here_lets_strangers_in()
    {
        var open = Endpoints.Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null && !IsAsset(e)).Select(Route);

        open.Where(r => !IsListed(r)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_else_refuses_strangers()
    {
        using var http = product.Anonymous();
        var open = new List<string>();
        foreach (var endpoint in Endpoints.Where(e => !IsAsset(e) && !IsListed(Route(e))))
        {
            foreach (var method in Methods(endpoint))
            {
                var answer = await http.AskAsync(new(method), Address(endpoint));
                var refused = Route(endpoint).StartsWith("api/", StringComparison.Ordinal)
                    ? answer.Status == 401 && answer.Message.StartsWith("Unauthorized", StringComparison.Ordinal)
                    : answer.Status == 302 && answer.Headers.Location!.ToString().Contains("/sign-in?return=", StringComparison.Ordinal);
                if (!refused) open.Add($"{method} {Route(endpoint)} answered {answer.Status}");
            }
        }

        open.ShouldBeEmpty();
    }

    [Fact]
    public async Task Addresses_that_there_are_not_do_not_tell_strangers_so()
    {
        using var http = product.Anonymous();

        (await http.ReadAsync("/api/no/such/thing")).Is(401);
        (await http.ReadAsync("/no/such/thing")).Is(302);
    }

    [Fact]
    public async Task Forms_that_do_not_come_from_our_own_pages_are_refused()
    {
        using var browser = await CookieClient.SignedInAsync(product);
        var accepted = new List<string>();
        var pages = Endpoints.Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null && Route(e) != "error/{status:int}").ToArray();
        foreach (var page in pages)
        {
            var answer = await browser.Http.SendAsync(Address(page), new FormUrlEncodedContent([new("name", "Forged"), new("id", "1")]));
            if (answer.Status != 400) accepted.Add($"{Route(page)} answered {answer.Status}");
        }

        pages.Length.ShouldBeGreaterThan(8);
        accepted.ShouldBeEmpty();
        (await browser.Http.ReadAsync("/settings/api-clients")).Ok().Text.ShouldNotContain("Forged");
    }

    [Fact]
    public void No_endpoint_switches_the_check_of_forms_off_but_the_error_page() =>
        Endpoints.Where(e => e.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: false } || e.Metadata.OfType<Microsoft.AspNetCore.Mvc.IgnoreAntiforgeryTokenAttribute>().Any())
            .Select(Route).Distinct().ShouldBe(["error/{status:int}"]);

    private static bool IsAsset(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    private static bool IsListed(string route) => Open.Keys.Any(o => route == o || (o == "sample-app" && route.StartsWith(o + "/", StringComparison.Ordinal)));

    // Every page called Index has two: with and without that name.
    private static string Route(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.Trim('/') switch
    {
        ['s', 'i', 'g', 'n', '-', 'i', 'n', '/', 'I', 'n', 'd', 'e', 'x'] => "sign-in",
        var route => route.StartsWith("api/", StringComparison.Ordinal) || route.Contains('{', StringComparison.Ordinal) ? route : route.ToLowerInvariant(),
    };

    private static IEnumerable<string> Methods(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods: { Count: > 0 } methods } ? methods : ["GET", "POST"];

    private static string Address(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart { Name: "documentName" } => "v1",
        RoutePatternParameterPart => "1",
        _ => throw new NotSupportedException(part.GetType().Name),
    }))));
}

/// <summary>In Production.</summary>
public sealed class ProductionOnSqlite : ProductOnSqlite
{
    public ProductionOnSqlite() => Settings["environment"] = "Production";
}

/// <summary>What is only for development stays there.</summary>
public sealed class ProductionTests(ProductionOnSqlite product) : IClassFixture<ProductionOnSqlite>
{
    [Fact]
    public void The_sample_app_is_not_mapped() => product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .ShouldNotContain(e => e.RoutePattern.RawText!.Contains("sample-app", StringComparison.Ordinal));

    [Fact]
    public async Task There_is_nothing_at_the_sample_apps_address()
    {
        using var browser = await CookieClient.SignedInAsync(product);

        (await browser.Http.ReadAsync("/sample-app/api/me")).Is(404);
    }

    [Fact]
    public async Task A_bug_inside_shows_no_stack_on_a_page()
    {
        using var browser = await CookieClient.SignedInAsync(product);

        (await browser.Http.ReadAsync("/error/500")).Is(500).Text.ShouldNotContain("   at ");
    }
}
