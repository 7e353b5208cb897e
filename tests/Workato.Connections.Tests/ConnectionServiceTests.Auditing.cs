using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Tests.Auditing;
using Workato.Connections.Tests.Authorizing.Support;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests;

/// <summary>What the audit log is told about connections: with the change or not at all, and never a secret.</summary>
public abstract partial class ConnectionServiceTests
{
    [Fact]
    public async Task Making_a_connection_with_credentials_is_two_entries()
    {
        var made = (await CreateAsync("right")).Granted();

        var entries = await AboutAsync(made.Id);

        entries.Select(e => e.Event).ShouldBe([AuditEvents.ConnectionCreated, AuditEvents.ConnectionConnected]);
        entries.ShouldAllBe(e => e.ResourceName == "Desk" && e.ProjectId == 1 && e.ActorKind == ActorKind.Product);
        entries[0].Changes!.ShouldContain("\"name\":[null,\"Desk\"]");
        entries[1].Changes!.ShouldContain("\"input.username\":[null,\"bot\"]");
        entries[1].Changes!.ShouldContain("\"input.password\":[null,\"[secret]\"]");
        entries[1].Changes!.ShouldContain("\"connected_as\":[null,\"bot@app.example\"]");
        entries.ShouldAllBe(e => !e.Changes!.Contains("right", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_shell_is_one_entry_and_connecting_it_another()
    {
        var made = await ShellAsync();
        (await UpdateAsync(made.Id, new() { Input = Input("right") })).Granted();

        (await AboutAsync(made.Id)).Select(e => e.Event).ShouldBe([AuditEvents.ConnectionCreated, AuditEvents.ConnectionConnected]);
    }

    [Fact]
    public async Task A_change_is_told_with_before_and_after()
    {
        var made = await ShellAsync();

        (await UpdateAsync(made.Id, new() { Name = "Renamed", Environment = AppEnvironment.Sandbox })).Granted();
        (await UpdateAsync(made.Id, new() { Name = "Renamed" })).Granted();

        var entry = (await AboutAsync(made.Id, AuditEvents.ConnectionUpdated)).ShouldHaveSingleItem();
        (entry.ResourceName, entry.Changes).ShouldBe(("Renamed", """{"name":["Shell","Renamed"],"environment":["production","sandbox"]}"""));
    }

    [Fact]
    public async Task Replaced_credentials_are_told_by_the_names_of_the_fields()
    {
        var made = (await CreateAsync("right")).Granted();
        app.Answer = TestApp.Says(200, """{"email":"other@app.example"}""");

        (await UpdateAsync(made.Id, new() { Input = Given(("password", "newer")) })).Granted();

        var entry = (await AboutAsync(made.Id, AuditEvents.ConnectionSecretReplaced)).ShouldHaveSingleItem();
        entry.Changes.ShouldBe("""{"connected_as":["bot@app.example","other@app.example"],"input.password":[null,"[secret]"]}""");
    }

    [Fact]
    public async Task A_setting_that_changes_beside_the_secrets_is_a_change_and_no_replacement()
    {
        var made = (await CreateAsync("right")).Granted();

        (await UpdateAsync(made.Id, new() { Input = Given(("region", "eu")) })).Granted();

        (await AboutAsync(made.Id, AuditEvents.ConnectionUpdated)).ShouldHaveSingleItem().Changes.ShouldBe("""{"input.region":[null,"eu"]}""");
        (await AboutAsync(made.Id, AuditEvents.ConnectionSecretReplaced)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_refused_and_what_was_merely_tested_is_not_told()
    {
        var made = (await CreateAsync("right")).Granted();
        var before = (await AboutAsync(made.Id)).Count;

        (await UpdateAsync(made.Id, new() { Input = Given(("password", "wrong")) })).Refused();
        (await UpdateAsync(made.Id, new() { Name = "x", FolderId = 999_999 })).Refused();
        (await TestAsync(made.Id)).Granted();
        app.Answer = TestApp.Says(401, "{}");
        await TestAsync(made.Id);

        (await AboutAsync(made.Id)).Count.ShouldBe(before);
    }

    [Fact]
    public async Task A_change_that_had_to_be_made_twice_is_told_once()
    {
        var made = (await CreateAsync("right")).Granted();
        var renewed = new BeforeSaving(() => workspace.DbAsync(db => db.Connections.Where(c => c.Id == made.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.CredentialVersion, c => c.CredentialVersion + 1), Cancel)));
        var node = workspace.StartNode(configure: services => services.ConfigureDbContext<SqliteDbContext>(o => o.AddInterceptors(renewed)).ConfigureDbContext<PostgresDbContext>(o => o.AddInterceptors(renewed)));

        (await workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.UpdateAsync(made.Id, new() { Name = "Twice" }, Cancel), node)).Granted();

        (await AboutAsync(made.Id, AuditEvents.ConnectionUpdated)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Disconnecting_and_deleting_are_told()
    {
        var made = (await CreateAsync("right")).Granted();
        await DisconnectAsync(made.Id, force: true);
        await DisconnectAsync(made.Id);
        await DeleteAsync(made.Id);
        await DeleteAsync(made.Id);

        var entries = (await AboutAsync(made.Id)).Skip(2).ToList();

        entries.Select(e => e.Event).ShouldBe([AuditEvents.ConnectionDisconnected, AuditEvents.ConnectionDeleted]);
        entries[0].Changes.ShouldBe("""{"connected_as":["bot@app.example",null]}""");
        entries[0].Reason!.ShouldStartWith("By force");
        entries[1].Changes!.ShouldContain("\"name\":[\"Desk\",null]");
    }

    [Fact]
    public async Task A_delete_that_comes_to_nothing_is_not_told()
    {
        var (used, parent) = ((await CreateAsync("right")).Granted(), await ShellAsync());
        workspace.Users.Use(used.Id, new("recipe", 17, "Sync tickets"));
        (await DeleteAsync(used.Id)).Refused();
        var node = workspace.StartNode(configure: services => BeforeDelete.Do(services, () => CreateAsync(Shell() with { ParentId = parent.Id, ExternalId = "u-1" })));
        (await workspace.AskAsync<ConnectionService, Result<bool>>(s => s.DeleteAsync(parent.Id, Cancel), node)).Refused();

        (await workspace.EntriesAsync(AuditEvents.ConnectionDeleted)).ShouldNotContain(e => e.ResourceId == used.Id || e.ResourceId == parent.Id);
    }

    [Fact]
    public async Task A_connection_that_could_not_be_made_is_not_told()
    {
        var folder = await FolderAsync();
        var before = (await workspace.EntriesAsync(AuditEvents.ConnectionCreated)).Count;

        (await CreateAsync(Shell() with { FolderId = folder.Id + 10_000 })).Refused();

        (await workspace.EntriesAsync(AuditEvents.ConnectionCreated)).Count.ShouldBe(before);
    }

    private async Task<List<AuditEntry>> AboutAsync(int id, string? @event = null) =>
        [.. (await workspace.EntriesAsync()).Where(e => e.ResourceType == AuditedTypes.Connection && e.ResourceId == id && (@event is null || e.Event == @event))];
}
