using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Authorization;

/// <summary>
/// Every endpoint and every handler of every page, from the running server's own routes, tried by everybody there can be,
/// and held against <c>AccessMatrix.txt</c>. What is added tomorrow has no row there, and fails.
/// </summary>
public sealed class AccessMatrixTests(ProductOnSqlite product) : IClassFixture<ProductOnSqlite>
{
    [Fact]
    public async Task Everybody_comes_where_the_matrix_says_and_nowhere_else()
    {
        var scene = await AccessScene.PrepareAsync(product);
        var expected = AccessMatrix.Read();
        var deviations = new List<string>();
        var found = new List<string>();
        foreach (var way in (await WaysAsync()).OrderBy(w => w.Name, StringComparer.Ordinal))
        {
            var answers = new List<string>();
            foreach (var somebody in scene.Everybody) answers.Add(await scene.TryAsync(somebody, way));
            found.Add(AccessMatrix.Row(way.Name, answers));
            if (!expected.Remove(way.Name, out var row)) deviations.Add($"{way.Name} has no row; it would be\n{found[^1]}");
            else if (!row.SequenceEqual(answers)) deviations.Add($"{way.Name} should be\n{AccessMatrix.Row("", row)}\nbut is\n{AccessMatrix.Row("", answers)}");
        }

        deviations.AddRange(expected.Keys.Select(gone => $"{gone} has a row and is not there"));
        deviations.ShouldBeEmpty(string.Join('\n', AccessMatrix.Heading(scene.Everybody.Select(e => e.Name)), string.Join('\n', found)));
    }

    private async Task<List<Way>> WaysAsync()
    {
        var ways = new List<Way>();
        foreach (var endpoint in product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var route = endpoint.RoutePattern.RawText!.Trim('/');
            // The sample app asks for credentials of its own, and runs in Development only.
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || route.StartsWith("sample-app", StringComparison.Ordinal)) continue;
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page) ways.AddRange(await HandlersAsync(page, route));
            else ways.AddRange((endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => new Way(m, route, null)));
        }

        return [.. ways.DistinctBy(w => w.Name)];
    }

    private async Task<IEnumerable<Way>> HandlersAsync(PageActionDescriptor page, string route)
    {
        var compiled = await product.Services.GetRequiredService<PageLoader>().LoadAsync(page, new());
        // What is overridden to run before every handler is called OnPageHandlerExecution and taken for one.
        var handlers = compiled.HandlerMethods.Where(h => h.HttpMethod is not "Page").Select(h => new Way(h.HttpMethod.ToUpperInvariant(), route, h.Name)).ToList();
        // A page answers to GET also without a handler for it.
        return handlers.Exists(h => h.Method == "GET") ? handlers : [.. handlers, new("GET", route, null)];
    }
}

/// <summary>One way to come in.</summary>
/// <param name="Method">HTTP's.</param>
/// <param name="Route">The pattern.</param>
/// <param name="Handler">The handler of a page, where it has a name.</param>
public sealed record Way(string Method, string Route, string? Handler)
{
    public string Name => $"{Method} /{Route}{(Handler is null ? "" : $" {Handler}")}";

    public bool IsApi => Route.StartsWith("api/", StringComparison.Ordinal) || Route.StartsWith("openapi/", StringComparison.Ordinal);
}
