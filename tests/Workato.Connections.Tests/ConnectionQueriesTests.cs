using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests;

/// <summary>Lists of connections, on whichever database. Every test narrows to an end user of its own.</summary>
public abstract class ConnectionQueriesTests(Workspace workspace)
{
    private readonly string user = Guid.NewGuid().ToString();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_newest_connection_comes_first()
    {
        var (first, second) = (await ConnectionAsync("a"), await ConnectionAsync("b"));

        (await PageAsync(new())).Items.Select(c => c.Id).ShouldBe([second, first]);
    }

    [Fact]
    public async Task A_page_ends_with_word_of_the_next_one()
    {
        for (var i = 0; i < 3; i++) await ConnectionAsync("a");

        var first = await PageAsync(new(), size: 2);
        var second = await PageAsync(new() { Before = first.Items[^1].Id }, size: 2);

        (first.Items.Count, first.HasMore).ShouldBe((2, true));
        (second.Items.Count, second.HasMore).ShouldBe((1, false));
    }

    [Theory]
    [InlineData("desk", "Test Desk")]
    [InlineData("DESK", "Test Desk")]
    [InlineData("50%", "Save 50% now")]
    [InlineData("_", "snake_case")]
    [InlineData("\\", "back\\slash")]
    [InlineData("'", "O'Hara")]
    public async Task A_name_is_found_by_a_part_of_it_in_which_wildcards_are_letters(string part, string found)
    {
        foreach (var name in new[] { "Test Desk", "Save 50% now", "snake_case", "back\\slash", "O'Hara" }) await ConnectionAsync(name);

        (await PageAsync(new() { Text = part })).Items.Select(c => c.Name).ShouldBe([found]);
    }

    [Fact]
    public async Task Connections_changed_since_are_found_by_the_moment()
    {
        await ConnectionAsync("before");
        var moment = workspace.Time.GetUtcNow();
        workspace.Time.Advance(TimeSpan.FromMilliseconds(1));
        await ConnectionAsync("after");

        (await PageAsync(new() { UpdatedAfter = moment })).Items.Select(c => c.Name).ShouldBe(["after"]);
    }

    [Fact]
    public async Task Connections_never_connected_are_disconnected()
    {
        await ConnectionAsync("a");

        (await PageAsync(new() { State = ConnectionState.Disconnected })).Items.Count.ShouldBe(1);
        (await PageAsync(new() { State = ConnectionState.Connected })).Items.ShouldBeEmpty();
        (await PageAsync(new() { State = ConnectionState.Broken })).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Runtime_user_connections_are_listed_only_when_asked_for()
    {
        var parent = await ConnectionAsync("parent");
        await ConnectionAsync("child", parent);

        (await PageAsync(new())).Items.Select(c => c.Name).ShouldBe(["parent"]);
        (await PageAsync(new() { IncludeRuntime = true })).Items.Select(c => c.Name).ShouldBe(["child", "parent"]);
    }

    [Fact]
    public async Task A_summary_says_in_which_folder_and_project_it_lies()
    {
        await ConnectionAsync("a");

        var summary = (await PageAsync(new())).Items.Single();

        (summary.FolderName, summary.ProjectName).ShouldBe(("Home", "Home"));
    }

    [Fact]
    public async Task A_new_connection_has_the_name_of_its_app_and_a_number_where_that_is_taken()
    {
        (await FreeNameAsync()).ShouldBe("Zendesk");
        await ConnectionAsync("Zendesk", provider: "zendesk");
        (await FreeNameAsync()).ShouldBe("Zendesk 2");
        await ConnectionAsync("Zendesk 3", provider: "zendesk");
        (await FreeNameAsync()).ShouldBe("Zendesk 2");
        await ConnectionAsync("Zendesk 2", provider: "zendesk");
        (await FreeNameAsync()).ShouldBe("Zendesk 4");
    }

    private Task<string> FreeNameAsync() => workspace.AskAsync<ConnectionQueries, string>(q => q.FreeNameAsync(workspace.Services.GetRequiredService<ConnectorCatalog>().Find("zendesk")!, Cancel));

    private Task<Page<ConnectionSummary>> PageAsync(ConnectionFilter filter, int size = 10) =>
        workspace.AskAsync<ConnectionQueries, Page<ConnectionSummary>>(q => q.PageAsync(filter with { ExternalId = user }, size, Cancel));

    private async Task<int> ConnectionAsync(string name, int? parent = null, string provider = "test_desk") => (await workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.CreateAsync(
        new() { Name = name, Provider = provider, ExternalId = user, ParentId = parent, Proving = Proving.Skipped }, Cancel))).Granted().Id;
}

public sealed class ConnectionQueriesOnSqlite(SqliteWorkspace workspace) : ConnectionQueriesTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class ConnectionQueriesOnPostgres(PostgresWorkspace workspace) : ConnectionQueriesTests(workspace), IClassFixture<PostgresWorkspace>;
