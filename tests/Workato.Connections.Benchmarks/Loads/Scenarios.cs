using System.Globalization;
using System.Text;
using System.Text.Json;
using Workato.Connections.Benchmarks.Servers;

namespace Workato.Connections.Benchmarks.Loads;

/// <summary>What is measured.</summary>
internal static class Scenarios
{
    private const int Many = 100;

    private static readonly string OneKilobyte = JsonSerializer.Serialize(new { subject = "A new ticket", text = new string('x', 980) });

    public static async Task<IReadOnlyList<Scenario>> AllAsync(
        HttpClient api, ServerProcess product, ServerProcess upstream, ServerProcess plain, ServerProcess rows, ServerProcess forward)
    {
        var ids = new List<int>();
        for (var i = 0; i < Many; i++) ids.Add(await CreateAsync(api, Connection(upstream, proved: i == 0)));
        var middle = ids[0] - (SeededRows.Count / 2);

        string[] Each(string path) => [.. ids.Select(id => string.Format(CultureInfo.InvariantCulture, path, id))];
        string[] Seeded(string path) => [.. Enumerable.Range(1, Many).Select(id => string.Format(CultureInfo.InvariantCulture, path, id))];
        Load Product(string method, string[] paths, string? body = null) =>
            new(product, method, paths) { Body = body, Authorization = api.DefaultRequestHeaders.Authorization!.ToString() };

        const string Forwarded = "YARP forward";
        return
        [
            new("call, GET", Forwarded, Product("GET", [$"/api/connections/{ids[0]}/call/tickets/7"]), new(forward, "GET", ["/tickets/7"])),
            new("call, POST 1 KB", Forwarded, Product("POST", [$"/api/connections/{ids[0]}/call/tickets"], OneKilobyte), new(forward, "POST", ["/tickets"]) { Body = OneKilobyte }),
            new($"call, {Many} connections", Forwarded, Product("GET", Each("/api/connections/{0}/call/tickets/7")), new(forward, "GET", Each("/tickets/{0}"))),
            new("get", "Npgsql select, one row", Product("GET", Seeded("/api/connections/{0}")), new(rows, "GET", Seeded("/rows/{0}"))),
            new("get (floor of floors)", "plain JSON", Product("GET", Seeded("/api/connections/{0}")), new(plain, "GET", ["/"])),
            new("list, first 50", "Npgsql select, 50 rows", Product("GET", ["/api/connections?per_page=50"]), new(rows, "GET", ["/rows"])),
            new("list, 50 in the middle", "Npgsql select, 50 rows", Product("GET", [$"/api/connections?per_page=50&before={middle}"]), new(rows, "GET", [$"/rows?before={middle}"])),
            new("create, shell", "Protect, Npgsql insert", Product("POST", ["/api/connections"], Connection(upstream, proved: false)), new(rows, "POST", ["/rows"]) { Body = Connection(upstream, proved: false) }),
            new("create, proved", "HttpClient, Protect, insert", Product("POST", ["/api/connections"], Connection(upstream, proved: true)), new(rows, "POST", ["/rows"]) { Body = Connection(upstream, proved: true) }),
        ];
    }

    private static string Connection(ServerProcess upstream, bool proved) => JsonSerializer.Serialize(new
    {
        name = "Benchmark",
        provider = "rest",
        shell_connection = !proved,
        input = new { base_uri = upstream.Address.AbsoluteUri, test_path = "me", auth_type = "headers", header_pair = "X-Api-Key: a-key-of-ordinary-length-0123456789" },
    });

    private static async Task<int> CreateAsync(HttpClient api, string connection)
    {
        using var body = new StringContent(connection, Encoding.UTF8, "application/json");
        using var answer = await api.PostAsync(new Uri("api/connections", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt32();
    }
}
