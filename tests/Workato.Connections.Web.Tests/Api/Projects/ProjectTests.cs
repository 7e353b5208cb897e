using System.Text.Json.Nodes;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Projects;

/// <summary>Folders and projects over the REST API.</summary>
public abstract class ProjectTests(Product product)
{
    [Fact]
    public async Task There_is_a_home_from_the_first_start()
    {
        var home = (await product.Api.ReadAsync("/api/projects")).Ok().Items[0]!.AsObject();

        home.Text("name").ShouldBe("Home");
        home.ShouldHaveShape(Shapes.Project);
    }

    [Fact]
    public async Task A_folder_without_a_parent_becomes_a_project()
    {
        var folder = await NewFolderAsync("Sales");

        folder.ShouldHaveShape(Shapes.Folder);
        folder["is_project"]!.GetValue<bool>().ShouldBeTrue();
        var project = await ProjectAsync(folder);
        project.Text("name").ShouldBe("Sales");
        project["folder_id"]!.GetValue<int>().ShouldBe(folder.Id);
    }

    [Fact]
    public async Task A_folder_in_a_project_belongs_to_it()
    {
        var project = await NewFolderAsync("With a folder");

        var folder = await NewFolderAsync("Inside", project.Id);

        folder["is_project"]!.GetValue<bool>().ShouldBeFalse();
        folder["project_id"]!.GetValue<int>().ShouldBe(project["project_id"]!.GetValue<int>());
        (await product.Api.ReadAsync($"/api/folders?parent_id={project.Id}")).Ok().Ids.ShouldBe([folder.Id]);
    }

    [Fact]
    public async Task Two_siblings_do_not_have_the_same_name()
    {
        await NewFolderAsync("Twice");

        (await product.Api.SendAsync("/api/folders", new { name = " Twice " })).Is(400).Fields.ShouldBe(["name"]);
    }

    [Fact]
    public async Task Renaming_a_projects_folder_renames_the_project()
    {
        var folder = await NewFolderAsync("Old name");

        (await product.Api.ChangeAsync($"/api/folders/{folder.Id}", new { name = "New name" })).Ok().Json.Text("name").ShouldBe("New name");

        (await ProjectAsync(folder)).Text("name").ShouldBe("New name");
    }

    [Fact]
    public async Task A_project_is_renamed_and_described()
    {
        var folder = await NewFolderAsync("To describe");

        (await product.Api.ChangeAsync($"/api/projects/{folder["project_id"]}", new { name = "Described", description = "Month end" })).Ok();

        var project = await ProjectAsync(folder);
        (project.Text("name"), project.Text("description")).ShouldBe(("Described", "Month end"));
    }

    [Fact]
    public async Task An_empty_folder_is_deleted()
    {
        var folder = await NewFolderAsync("Empty", (await NewFolderAsync("Around empty")).Id);

        (await product.Api.RemoveAsync($"/api/folders/{folder.Id}")).Ok();

        (await product.Api.RemoveAsync($"/api/folders/{folder.Id}")).Is(404);
    }

    [Fact]
    public async Task A_folder_with_a_connection_in_it_is_not_deleted()
    {
        var folder = await NewFolderAsync("Full", (await NewFolderAsync("Around full")).Id);
        var connection = await NewShellAsync(folder.Id);

        (await product.Api.RemoveAsync($"/api/folders/{folder.Id}")).Is(403).Message.ShouldStartWith("Cannot destroy folder");

        (await product.Api.ReadAsync($"/api/connections/{connection.Id}")).Ok();
    }

    [Fact]
    public async Task A_project_is_not_deleted_as_a_folder()
    {
        var project = await NewFolderAsync("As a folder");

        (await product.Api.RemoveAsync($"/api/folders/{project.Id}")).Is(403).Message.ShouldContain("delete the project instead");
    }

    [Fact]
    public async Task A_project_is_deleted_with_everything_in_it()
    {
        var project = await NewFolderAsync("To delete");
        var deep = await NewFolderAsync("Deeper", (await NewFolderAsync("Deep", project.Id)).Id);
        var parent = await NewShellAsync(deep.Id);
        var child = (await product.Api.SendAsync("/api/connections", new { name = "Child", provider = "rest", shell_connection = true, folder_id = project.Id, parent_id = parent.Id, external_id = "u" })).Ok().Json;

        (await product.Api.RemoveAsync($"/api/projects/{project["project_id"]}")).Ok().Text.ShouldBe("""{"success":true}""");

        (await product.Api.ReadAsync($"/api/connections/{parent.Id}")).Is(404);
        (await product.Api.ReadAsync($"/api/connections/{child.Id}")).Is(404);
        (await product.Api.ReadAsync("/api/folders")).Ok().Ids.ShouldNotContain(deep.Id);
        (await product.Api.RemoveAsync($"/api/projects/{project["project_id"]}")).Is(404);
    }

    [Fact]
    public async Task Home_is_not_deleted()
    {
        var home = (await product.Api.ReadAsync("/api/projects")).Ok().Items[0]!;

        (await product.Api.RemoveAsync($"/api/projects/{home["id"]}")).Is(403).Message.ShouldStartWith("Cannot destroy folder");
    }

    [Fact]
    public async Task A_project_one_of_whose_connections_is_in_use_is_not_deleted()
    {
        var project = await NewFolderAsync("In use");
        var connection = await NewShellAsync(project.Id);
        product.Users.InUse[connection.Id] = new("recipe", 5, "Nightly");

        (await product.Api.RemoveAsync($"/api/projects/{project["project_id"]}")).Is(409).Message.ShouldContain("recipe 'Nightly' (5)");

        (await product.Api.ReadAsync($"/api/connections/{connection.Id}")).Ok();
    }

    [Fact]
    public async Task A_project_whose_connection_is_parent_elsewhere_is_not_deleted()
    {
        var project = await NewFolderAsync("Parents");
        var parent = await NewShellAsync(project.Id);
        (await product.Api.SendAsync("/api/connections", new { name = "Child in Home", provider = "rest", shell_connection = true, parent_id = parent.Id, external_id = "u" })).Ok();

        (await product.Api.RemoveAsync($"/api/projects/{project["project_id"]}")).Is(409);

        (await product.Api.ReadAsync($"/api/connections/{parent.Id}")).Ok();
    }

    [Fact]
    public async Task Folders_and_projects_come_page_by_page()
    {
        for (var i = 0; i < 3; i++) await NewFolderAsync($"Page {i}");

        foreach (var list in new[] { "/api/folders", "/api/projects" })
        {
            var all = (await product.Api.ReadAsync(list)).Ok().Ids.ToArray();
            (await product.Api.ReadAsync($"{list}?page=2&per_page=2")).Ok().Ids.ShouldBe(all[2..4]);
        }
    }

    private async Task<JsonObject> NewFolderAsync(string name, int? parent = null) =>
        (await product.Api.SendAsync("/api/folders", parent is null ? new { name } : new { name, parent_id = parent })).Ok().Json;

    private async Task<JsonObject> NewShellAsync(int folder) =>
        (await product.Api.SendAsync("/api/connections", new { name = "Shell", provider = "rest", shell_connection = true, folder_id = folder })).Ok().Json;

    private async Task<JsonObject> ProjectAsync(JsonObject folder) =>
        (await product.Api.ReadAsync("/api/projects")).Ok().Items.Single(p => p!["id"]!.GetValue<int>() == folder["project_id"]!.GetValue<int>())!.AsObject();
}

public sealed class ProjectsOnSqlite(ProductOnSqlite product) : ProjectTests(product), IClassFixture<ProductOnSqlite>;

public sealed class ProjectsOnPostgres(ProductOnPostgres product) : ProjectTests(product), IClassFixture<ProductOnPostgres>;
