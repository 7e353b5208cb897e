using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Projects;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api;

/// <summary>A database with hundreds of connections in it, written past the API.</summary>
public abstract class ManyConnections(Product product) : IAsyncLifetime
{
    public const int Bulk = 250;

    public static readonly DateTimeOffset Ago = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Product Product => product;

    public int Home { get; private set; }

    public Folder Finance { get; private set; } = null!;

    public Connection Parent { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await product.InitializeAsync();
        await using var scope = product.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        Home = db.Folders.Single(f => f.ParentId == null).Id;
        Finance = new Folder { Name = "Finance", ParentId = Home, IsProject = true, Project = new() { Name = "Finance" }, CreatedAt = Ago, UpdatedAt = Ago };
        db.Add(Finance);
        await db.SaveChangesAsync();

        for (var i = 1; i <= Bulk; i++) db.Add(New($"Bulk {i:000}"));
        Parent = New("Parent");
        db.Add(Parent);
        db.AddRange(
            New("100% sure"), New("100 percent sure"), New("snake_case"), New("snakeXcase"), New("back\\slash"), New("MiXeD"), New("In Finance", folder: Finance.Id),
            New("Works", status: AuthorizationStatus.Success), New("Refused", status: AuthorizationStatus.Failed), New("Unsure", status: AuthorizationStatus.Exception),
            New("Other app", provider: "rest"), New("Of a user alone", external: "lonely"), New("Recent", updated: Ago.AddDays(10)));
        await db.SaveChangesAsync();
        db.AddRange(New("Child 1", parent: Parent.Id, external: "user-1"), New("Child 2", parent: Parent.Id, external: "user-2"));
        await db.SaveChangesAsync();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return product.DisposeAsync();
    }

    private Connection New(
        string name, int? folder = null, string provider = "sample_app", AuthorizationStatus? status = null, int? parent = null, string? external = null, DateTimeOffset? updated = null) => new()
        {
            Name = name,
            Provider = provider,
            FolderId = folder ?? Home,
            SignInBy = "api_key",
            Settings = [],
            Status = status,
            ParentId = parent,
            ExternalId = external,
            CreatedAt = Ago,
            UpdatedAt = updated ?? Ago,
        };
}

public sealed class ManyOnSqlite() : ManyConnections(new ProductOnSqlite());

public sealed class ManyOnPostgres(Workato.Connections.Tests.Support.PostgresCluster cluster) : ManyConnections(new ProductOnPostgres(cluster));

/// <summary>The list of connections: filters, search and paging.</summary>
public abstract class ConnectionListTests(ManyConnections many)
{
    private HttpClient Api => many.Product.Api;

    [Fact]
    public async Task Without_paging_the_whole_list_is_sent_newest_first()
    {
        var ids = (await Api.ReadAsync("/api/connections")).Ok().Ids.ToArray();

        ids.Length.ShouldBe(ManyConnections.Bulk + 14);
        ids.ShouldBe(ids.OrderDescending());
    }

    [Fact]
    public async Task Runtime_connections_are_left_out_until_they_are_asked_for()
    {
        (await Api.ReadAsync("/api/connections?text=Child")).Ok().Items.ShouldBeEmpty();
        (await Api.ReadAsync("/api/connections?text=Child&include_runtime_connections=true")).Ok().Items.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("text=100%25", "100% sure")]
    [InlineData("text=snake_", "snake_case")]
    [InlineData("text=back%5C", "back\\slash")]
    [InlineData("text=mixed", "MiXeD")]
    [InlineData("text=MIXED", "MiXeD")]
    [InlineData("provider=rest", "Other app")]
    [InlineData("external_id=lonely", "Of a user alone")]
    [InlineData("external_id=user-2", "Child 2")]
    [InlineData("state=connected", "Works")]
    [InlineData("state=broken", "Unsure", "Refused")]
    [InlineData("updated_after=2025-01-05T00:00:00Z", "Recent")]
    [InlineData("updated_after=2025-01-11T01:00:00%2B02:00", "Recent")]
    [InlineData("updated_after=2025-01-11T00:00:00Z")]
    [InlineData("provider=no_such")]
    [InlineData("folder_id=999999")]
    [InlineData("state=disconnected&text=recent", "Recent")]
    [InlineData("text=Bulk+00&per_page=3", "Bulk 009", "Bulk 008", "Bulk 007")]
    public async Task A_filter_lets_through_exactly_what_it_says(string query, params string[] names)
    {
        var found = (await Api.ReadAsync("/api/connections?" + query)).Ok();

        found.Items.Select(c => c!["name"]!.GetValue<string>()).ShouldBe(names);
    }

    [Fact]
    public async Task A_folder_and_its_project_hold_the_same_connections()
    {
        (await Api.ReadAsync($"/api/connections?folder_id={many.Finance.Id}")).Ok().Items.ShouldHaveSingleItem()!["name"]!.GetValue<string>().ShouldBe("In Finance");
        (await Api.ReadAsync($"/api/connections?project_id={many.Finance.ProjectId}")).Ok().Items.ShouldHaveSingleItem()!["name"]!.GetValue<string>().ShouldBe("In Finance");
    }

    [Fact]
    public async Task Asking_for_the_children_of_a_connection_is_asking_for_runtime_connections() =>
        (await Api.ReadAsync($"/api/connections?parent_id={many.Parent.Id}")).Ok().Items.Select(c => c!["name"]!.GetValue<string>()).ShouldBe(["Child 2", "Child 1"]);

    [Fact]
    public async Task The_last_of_the_pages_by_number_ends_the_list()
    {
        var seen = new List<int>();
        for (var page = 1; ; page++)
        {
            var ids = (await Api.ReadAsync($"/api/connections?page={page}&per_page=100")).Ok().Ids.ToArray();
            seen.AddRange(ids);
            if (ids.Length < 100) break;
        }

        seen.ShouldBe((await Api.ReadAsync("/api/connections")).Ok().Ids);
    }

    [Fact]
    public async Task Following_the_links_leads_through_the_whole_list_once()
    {
        var seen = new List<int>();
        for (var next = "/api/connections?per_page=60&text=bulk&page=1"; next is not null;)
        {
            var page = (await Api.ReadAsync(next)).Ok();
            seen.AddRange(page.Ids);
            next = Next(page);
        }

        seen.ShouldBe((await Api.ReadAsync("/api/connections?text=bulk")).Ok().Ids);
        seen.Count.ShouldBe(ManyConnections.Bulk);
    }

    [Fact]
    public async Task A_page_that_ends_the_list_has_no_link() =>
        Next((await Api.ReadAsync($"/api/connections?text=bulk&before=6&per_page=100")).Ok()).ShouldBeNull();

    [Fact]
    public async Task A_page_exactly_as_long_as_what_is_left_has_no_link() =>
        Next((await Api.ReadAsync("/api/connections?state=broken&per_page=2")).Ok()).ShouldBeNull();

    [Fact]
    public async Task A_cursor_goes_on_behind_the_id_it_names()
    {
        var all = (await Api.ReadAsync("/api/connections")).Ok().Ids.ToArray();

        var behind = (await Api.ReadAsync($"/api/connections?before={all[100]}&per_page=5")).Ok().Ids;

        behind.ShouldBe(all[101..106]);
    }

    private static string? Next(Answer page) => page.Headers.TryGetValues("Link", out var links)
        ? links.Single() is ['<', .. var address, '>', ';', ' ', 'r', 'e', 'l', '=', '"', 'n', 'e', 'x', 't', '"'] ? address : throw new FormatException(links.Single())
        : null;
}

public sealed class ConnectionListOnSqlite(ManyOnSqlite many) : ConnectionListTests(many), IClassFixture<ManyOnSqlite>;

public sealed class ConnectionListOnPostgres(ManyOnPostgres many) : ConnectionListTests(many), IClassFixture<ManyOnPostgres>;
