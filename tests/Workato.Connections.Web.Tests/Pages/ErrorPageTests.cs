using System.Net;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Pages;

/// <summary>The page people see instead of a page.</summary>
public sealed class ErrorPageTests(ProductOnSqlite product) : IClassFixture<ProductOnSqlite>
{
    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    [InlineData(204)]
    [InlineData(600)]
    [InlineData(99999)]
    public async Task A_status_that_is_no_error_is_not_found(int status)
    {
        using var http = product.Anonymous();

        (await http.GetAsync($"/error/{status}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
