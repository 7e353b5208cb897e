using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Hardening;

/// <summary>The pages of a running server out of its own routes, and something on each of them.</summary>
internal static partial class Pages
{
    extension(Product product)
    {
        /// <summary>The addresses of all pages there are.</summary>
        public string[] PageAddresses() => [.. product.PageEndpoints().Select(Address).Distinct().Order(StringComparer.Ordinal)];

        /// <summary>The addresses that forms are sent to, with the handler where a page has several.</summary>
        public async Task<string[]> FormAddressesAsync()
        {
            var (loader, found) = (product.Services.GetRequiredService<PageLoader>(), new SortedSet<string>(StringComparer.Ordinal));
            foreach (var endpoint in product.PageEndpoints())
            {
                var page = await loader.LoadAsync(endpoint.Metadata.GetMetadata<PageActionDescriptor>()!, EndpointMetadataCollection.Empty);
                foreach (var handler in page.HandlerMethods.Where(h => h.HttpMethod == "Post")) found.Add(Address(endpoint) + (handler.Name is { } name ? $"?handler={name}" : ""));
            }

            return [.. found];
        }

        private IEnumerable<RouteEndpoint> PageEndpoints() =>
            product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null);
    }

    private static string Address(RouteEndpoint endpoint)
    {
        var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
        return Parameter().Replace(pattern, match => match.Value switch
        {
            "{provider}" => "sample_app",
            "{status:int}" => "404",
            _ => pattern.StartsWith("/projects", StringComparison.Ordinal) ? "2" : "1",
        }) + (pattern.EndsWith("/oauth-apps/new", StringComparison.Ordinal) ? $"?provider={OAuthDesk.Provider}" : "");
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}

/// <summary>Connections, folders and an OAuth app, so that no page is empty: connections 1 and 2, folders 2 and 3, project 2; API client 1 is there from the start.</summary>
public sealed class Furnished : OAuthOnSqlite
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (await Api.SendAsync("/api/folders", new { name = "Finance" })).Ok();
        (await Api.SendAsync("/api/folders", new { name = "Invoices", parent_id = 2 })).Ok();
        await this.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" });
        await this.CreateAsync("rest", new { auth_type = "no_auth", base_uri = "https://nowhere.invalid" });
        await this.AddOAuthAppAsync("Desk, integrations");
    }
}
