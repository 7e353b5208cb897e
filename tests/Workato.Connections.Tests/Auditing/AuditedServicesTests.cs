using Workato.Connections.Auditing;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Projects;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Auditing;

/// <summary>What the audit log is told about projects, folders and OAuth apps.</summary>
public abstract class AuditedServicesTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Projects_and_folders_are_told()
    {
        var project = await FolderAsync("Finance, told");
        var folder = await FolderAsync("Invoices", project.Id);
        await ChangeAsync(folder.Id, "Bills", null);
        await ChangeAsync(project.Id, null, "Month end");
        await ChangeAsync(project.Id, null, "Month end");
        (await workspace.AskAsync<ProjectService, Result<bool>>(s => s.DeleteFolderAsync(folder.Id, Cancel))).Granted();

        var entries = (await workspace.EntriesAsync()).Where(e => e.ProjectId == project.ProjectId).Select(e => (e.Event, e.ResourceId, e.ResourceName, e.Changes));

        entries.ShouldBe([
            (AuditEvents.ProjectCreated, project.ProjectId, "Finance, told", """{"name":[null,"Finance, told"]}"""),
            (AuditEvents.FolderCreated, folder.Id, "Invoices", """{"name":[null,"Invoices"]}"""),
            (AuditEvents.FolderUpdated, folder.Id, "Bills", """{"name":["Invoices","Bills"]}"""),
            (AuditEvents.ProjectUpdated, project.ProjectId, "Finance, told", """{"description":[null,"Month end"]}"""),
            (AuditEvents.FolderDeleted, folder.Id, "Bills", """{"name":["Bills",null]}"""),
        ]);
    }

    [Fact]
    public async Task What_is_refused_leaves_no_entry_behind_for_whatever_is_saved_next()
    {
        var project = await FolderAsync("Taken");
        var full = await FolderAsync("Full", project.Id);
        await FolderAsync("In it", full.Id);
        var before = (await workspace.EntriesAsync()).Count;

        await workspace.AskAsync<ProjectService, int>(async s =>
        {
            (await s.CreateAsync("Taken", null, Cancel)).Refused();
            (await s.DeleteFolderAsync(full.Id, Cancel)).Refused();
            (await s.CreateAsync($"Next {Guid.NewGuid()}", null, Cancel)).Granted();
            return 0;
        });

        (await workspace.EntriesAsync()).Skip(before).ShouldHaveSingleItem().Event.ShouldBe(AuditEvents.ProjectCreated);
    }

    [Fact]
    public async Task A_project_that_goes_is_told_with_every_connection_in_it()
    {
        var project = await FolderAsync("To go");
        var ids = new List<int>();
        for (var i = 0; i < 3; i++) ids.Add((await workspace.AskAsync<ConnectionService, Result<Connection>>(s => s.CreateAsync(new() { Name = $"C {i}", Provider = "test_desk", FolderId = project.Id, Proving = Proving.Skipped }, Cancel))).Granted().Id);
        var before = (await workspace.EntriesAsync()).Count;

        (await workspace.AskAsync<ProjectRemoval, Result<bool>>(s => s.DeleteAsync(project.ProjectId, Cancel))).Granted();

        var entries = (await workspace.EntriesAsync()).Skip(before).ToList();
        entries[0].ShouldSatisfyAllConditions(e => e.Event.ShouldBe(AuditEvents.ProjectDeleted), e => e.ResourceName.ShouldBe("To go"), e => e.Reason.ShouldBe("With everything in it: 3 connections."));
        entries.Skip(1).Select(e => (e.Event, e.ResourceId, e.Reason)).ShouldBe(ids.Select(id => (AuditEvents.ConnectionDeleted, (int?)id, (string?)"With the project 'To go'.")), ignoreOrder: true);
    }

    [Fact]
    public async Task OAuth_apps_are_told_and_their_secrets_are_not()
    {
        var made = (await ProfilesAsync(p => p.CreateAsync(new() { Name = "Desk", Provider = OAuthDesk.Provider, ClientId = "client-1", ClientSecret = new("hush") }, Cancel))).Granted();
        (await ProfilesAsync(p => p.UpdateAsync(made.Id, new() { Name = "Desk, month end" }, Cancel))).Granted();
        (await ProfilesAsync(p => p.UpdateAsync(made.Id, new() { ClientId = "client-2", ClientSecret = new("hush-hush") }, Cancel))).Granted();
        (await workspace.AskAsync<OAuthProfiles, Result<bool>>(p => p.DeleteAsync(made.Id, Cancel))).Granted();
        (await workspace.AskAsync<OAuthProfiles, Result<bool>>(p => p.DeleteAsync(made.Id, Cancel))).Refused();

        var entries = (await workspace.EntriesAsync()).Where(e => e.ResourceType == AuditedTypes.OAuthProfile && e.ResourceId == made.Id).Select(e => (e.Event, e.Changes));

        entries.ShouldBe([
            (AuditEvents.OAuthProfileCreated, $$"""{"name":[null,"Desk"],"client_id":[null,"client-1"],"provider":[null,"{{OAuthDesk.Provider}}"],"client_secret":[null,"[secret]"]}"""),
            (AuditEvents.OAuthProfileUpdated, """{"name":["Desk","Desk, month end"]}"""),
            (AuditEvents.OAuthProfileSecretReplaced, """{"client_id":["client-1","client-2"],"client_secret":[null,"[secret]"]}"""),
            (AuditEvents.OAuthProfileDeleted, $$"""{"name":["Desk, month end",null],"client_id":["client-2",null],"provider":["{{OAuthDesk.Provider}}",null]}"""),
        ]);
    }

    private Task<Result<CustomOAuthProfile>> ProfilesAsync(Func<OAuthProfiles, Task<Result<CustomOAuthProfile>>> ask) => workspace.AskAsync(ask);

    private async Task<Folder> FolderAsync(string name, int? parent = null) => (await workspace.AskAsync<ProjectService, Result<Folder>>(s => s.CreateAsync(name, parent, Cancel))).Granted();

    private async Task ChangeAsync(int id, string? name, string? description) => (await workspace.AskAsync<ProjectService, Result<Folder>>(s => s.ChangeAsync(id, name, description, Cancel))).Granted();
}

public sealed class AuditedServicesOnSqlite(SqliteWorkspace workspace) : AuditedServicesTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class AuditedServicesOnPostgres(PostgresWorkspace workspace) : AuditedServicesTests(workspace), IClassFixture<PostgresWorkspace>;
