using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Projects;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>Whatever is wrong with a request is said in a 4xx that names it, and nothing is left behind.</summary>
public abstract class BadInputTests(Product product)
{
    public static TheoryData<string> Whats { get; } = [.. BadRequests.All.Keys];

    [Theory]
    [MemberData(nameof(Whats))]
    public async Task Is_refused_in_words_and_changes_nothing(string what)
    {
        var bad = BadRequests.All[what];
        var shell = (await product.Api.SendAsync("/api/connections", new { name = "There", provider = "rest", shell_connection = true })).Ok().Json;
        var before = await StoredAsync();
        using var request = new HttpRequestMessage(new(bad.Method), bad.Path.Replace("{id}", $"{shell.Id}", StringComparison.Ordinal));
        if (bad.Body is not null) request.Content = new ByteArrayContent(bad.Body) { Headers = { ContentType = new(bad.ContentType) } };

        var answer = await product.Api.AskAsync(request);

        answer.Is(bad.Status);
        answer.MediaType.ShouldBe("application/problem+json");
        answer.Message.ShouldNotBeNullOrWhiteSpace();
        Plain(answer).ShouldContain(bad.Names);
        (await StoredAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Folders_lie_twenty_deep_at_the_most()
    {
        var parent = (await product.Api.SendAsync("/api/folders", new { name = "Deep" })).Ok().Json.Id;
        for (var depth = 1; depth < 20; depth++) parent = (await product.Api.SendAsync("/api/folders", new { name = "Deeper", parent_id = parent })).Ok().Json.Id;

        (await product.Api.SendAsync("/api/folders", new { name = "Too deep", parent_id = parent })).Is(400).Fields.ShouldBe(["parent_id"]);
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("POST")]
    public async Task A_bug_inside_is_answered_with_500_in_words_and_without_its_details(string method)
    {
        var connection = await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" });
        product.Users.Failure = new InvalidOperationException("the inside of the machine");
        try
        {
            var answer = (await product.Api.AskAsync(new(method), $"/api/connections/{connection.Id}{(method == "POST" ? "/disconnect" : "")}")).Is(500);

            answer.MediaType.ShouldBe("application/problem+json");
            answer.Message.ShouldStartWith("Server error");
            answer.Everything.ShouldNotContain("machine");
        }
        finally
        {
            product.Users.Failure = null;
        }
    }

    // Compact and without escapes, as a person would quote it.
    private static string Plain(Answer answer) => answer.Json.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private async Task<(int Connections, string Folders)> StoredAsync()
    {
        await using var scope = product.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        var connections = await db.Connections.CountAsync(TestContext.Current.CancellationToken);
        var folders = await db.Folders.OrderBy(f => f.Id).Select(f => f.Name).ToListAsync(TestContext.Current.CancellationToken);
        return (connections, string.Join('\n', folders));
    }
}

public sealed class BadInputOnSqlite(ProductOnSqlite product) : BadInputTests(product), IClassFixture<ProductOnSqlite>;

public sealed class BadInputOnPostgres(ProductOnPostgres product) : BadInputTests(product), IClassFixture<ProductOnPostgres>;
