using System.Net.Http.Headers;
using System.Text;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>Plays the requests of Workato's two official command-line clients as those programs send them.</summary>
public abstract class OfficialClientTests(Product product)
{
    [Fact]
    public async Task The_python_client_finds_its_workspace_at_start_up() => (await PythonAsync("GET", "/api/users/me")).Ok().Json.ShouldHaveShape(Shapes.User);

    [Fact]
    public async Task The_python_client_lists_connections_through_all_its_filters()
    {
        await PythonAsync("POST", "/api/connections", """{"name": "Listed", "provider": "sample_app", "input": {"auth_type": "api_key", "api_key": "sample-key-bot"}}""");

        var list = (await PythonAsync("GET", "/api/connections?include_runtime_connections=true&includes%5B%5D=tags&provider=sample_app&updated_after=2020-01-01T00%3A00%3A00Z")).Ok().Items;

        list.ShouldNotBeEmpty();
        foreach (var connection in list) connection.ShouldHaveShape(Shapes.Connection);
    }

    [Fact]
    public async Task The_python_client_creates_a_connection_after_looking_up_the_connector()
    {
        var connectors = (await PythonAsync("GET", "/api/integrations/all?page=1&per_page=100")).Ok().Json;
        (await PythonAsync("GET", "/api/custom_connectors")).Ok().Json["result"]!.AsArray().ShouldBeEmpty();

        var created = await PythonAsync(
            "POST", "/api/connections", """{"name": "Created", "provider": "sample_app", "folder_id": 1, "shell_connection": false, "input": {"auth_type": "basic", "username": "bot", "password": "tabulating-machine"}}""");

        foreach (var connector in connectors["items"]!.AsArray()) connector.ShouldHaveShape(Shapes.Integration);
        created.Ok().Json.ShouldHaveShape(Shapes.Connection);
        created.Json.Text("authorization_status").ShouldBe("success");
    }

    [Fact]
    public async Task The_python_client_updates_only_what_it_sends()
    {
        var created = (await PythonAsync("POST", "/api/connections", """{"name": "Before", "provider": "rest", "shell_connection": true}""")).Ok().Json;

        var updated = (await PythonAsync("PUT", $"/api/connections/{created.Id}", """{"name": "After", "external_id": "user-7"}""")).Ok().Json;

        updated.ShouldHaveShape(Shapes.Connection);
        (updated.Text("name"), updated.Text("external_id")).ShouldBe(("After", "user-7"));
    }

    [Fact]
    public async Task The_python_client_reads_the_reason_of_an_error_from_its_message()
    {
        var refused = (await PythonAsync("POST", "/api/connections", """{"name": "X", "provider": "sample_ap", "input": {}}""")).Is(400);

        refused.Message.ShouldBe("Validation failed");
        refused.Json["errors"]!["provider"]![0]!.GetValue<string>().ShouldContain("did you mean 'sample_app'");
    }

    [Fact]
    public async Task The_go_client_signs_in_by_asking_who_it_is() => (await GoAsync("GET", "/api/users/me")).Ok().Json.ShouldHaveShape(Shapes.User);

    [Fact]
    public async Task The_go_client_walks_a_connection_through_its_whole_life()
    {
        // It has no flag for input: what it creates is connected later, elsewhere.
        var created = (await GoAsync("POST", "/api/connections", """{"folder_id":1,"name":"X","provider":"sample_app"}""")).Ok().Json;
        created.ShouldHaveShape(Shapes.Connection);
        created["authorization_status"].ShouldBeNull();

        (await GoAsync("PUT", $"/api/connections/{created.Id}", """{"name":"Y"}""")).Ok().Json.Text("name").ShouldBe("Y");
        (await GoAsync("GET", "/api/connections")).Ok().Ids.ShouldContain(created.Id);
        (await GoAsync("GET", "/api/connections?folder_id=1&page=1&per_page=10")).Ok().Ids.ShouldContain(created.Id);
        (await GoAsync("POST", $"/api/connections/{created.Id}/disconnect")).Ok().Json["success"]!.GetValue<bool>().ShouldBeTrue();
        (await GoAsync("DELETE", $"/api/connections/{created.Id}")).Ok();
        (await GoAsync("GET", "/api/connections")).Ok().Ids.ShouldNotContain(created.Id);
    }

    [Fact]
    public async Task The_go_client_looks_up_connectors()
    {
        var item = (await GoAsync("GET", "/api/integrations?applications=sample_app")).Ok().Json["items"]!.AsArray().ShouldHaveSingleItem();

        item!["title"]!.GetValue<string>().ShouldBe("Sample app");
    }

    [Fact]
    public async Task The_go_client_makes_and_lists_folders()
    {
        var made = (await GoAsync("POST", "/api/folders", """{"name":"n"}""")).Ok().Json;

        made.ShouldHaveShape(Shapes.Folder);
        foreach (var folder in (await GoAsync("GET", "/api/folders")).Ok().Items) folder.ShouldHaveShape(Shapes.Folder);
        foreach (var project in (await GoAsync("GET", "/api/projects")).Ok().Items) project.ShouldHaveShape(Shapes.Project);
        (await GoAsync("DELETE", $"/api/projects/{made["project_id"]}")).Ok();
    }

    [Fact]
    public async Task The_go_client_is_told_why_in_a_message() => (await GoAsync("DELETE", "/api/connections/999999")).Is(404).Message.ShouldBe("Connection not found");

    [Fact]
    public async Task Either_client_is_told_that_its_token_is_unknown()
    {
        using var http = product.Anonymous();
        http.DefaultRequestHeaders.Authorization = new("Bearer", "wrkc_unknown");

        (await http.ReadAsync("/api/users/me")).Is(401).Message.ShouldStartWith("Unauthorized");
    }

    // It sends a content type with every request, also where there is no content.
    private Task<Answer> PythonAsync(string method, string path, string body = "")
    {
        var request = new HttpRequestMessage(new(method), path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.TryAddWithoutValidation("User-Agent", "workato-platform-cli/1.0.0");
        return product.Api.AskAsync(request);
    }

    private Task<Answer> GoAsync(string method, string path, string? body = null)
    {
        var request = new HttpRequestMessage(new(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        request.Headers.TryAddWithoutValidation("User-Agent", "Go-http-client/1.1");
        request.Headers.AcceptEncoding.Add(new("gzip"));
        return product.Api.AskAsync(request);
    }
}

public sealed class OfficialClientsOnSqlite(ProductOnSqlite product) : OfficialClientTests(product), IClassFixture<ProductOnSqlite>;

public sealed class OfficialClientsOnPostgres(ProductOnPostgres product) : OfficialClientTests(product), IClassFixture<ProductOnPostgres>;
