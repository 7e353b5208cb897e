using System.Net;
using System.Text.Json.Nodes;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>The life of a connection over the REST API, on whichever database.</summary>
public abstract class ConnectionLifeTests(Product product)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_made_with_a_right_key_is_connected_and_tells_whose_account_it_is()
    {
        var connection = await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" });

        connection["authorization_status"]!.GetValue<string>().ShouldBe("success");
        connection["connected_as"]!.GetValue<string>().ShouldBe("bot@sample.example");
        connection["authorized_at"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_connection_made_with_a_wrong_password_is_kept_as_failed_and_says_why()
    {
        var connection = await product.CreateAsync("sample_app", new { auth_type = "basic", username = "bot", password = "wrong" });

        connection["authorization_status"]!.GetValue<string>().ShouldBe("failed");
        connection["authorization_error"]!.GetValue<string>().ShouldContain("did not accept the credentials");
        connection["authorized_at"].ShouldBeNull();
    }

    [Fact]
    public async Task Calling_through_a_connection_puts_the_credentials_on_and_streams_the_answer_back()
    {
        var connection = await product.CreateAsync("sample_app", new { auth_type = "basic", username = "bot", password = "tabulating-machine" });

        var response = await product.Api.GetAsync($"/api/connections/{connection["id"]}/call/api/me", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["email"]!.GetValue<string>().ShouldBe("bot@sample.example");
    }
}

public sealed class ConnectionLifeOnSqlite(ProductOnSqlite product) : ConnectionLifeTests(product), IClassFixture<ProductOnSqlite>;

public sealed class ConnectionLifeOnPostgres(ProductOnPostgres product) : ConnectionLifeTests(product), IClassFixture<ProductOnPostgres>;
