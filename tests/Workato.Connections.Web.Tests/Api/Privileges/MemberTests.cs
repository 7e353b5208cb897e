using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Tests.Support;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Privileges;

/// <summary>Members over the REST API.</summary>
public abstract class MemberTests(Product product)
{
    private const string Members = "/api/members";

    [Fact]
    public async Task Who_is_invited_is_in_the_list_in_workatos_shape()
    {
        var made = await InviteAsync(new { email = "Ada@example.com", name = "Ada Lovelace", role = "Operator", folder_ids = new[] { 1 } });

        made.ShouldHaveShape(Shapes.Member);
        made["roles"]!.ToJsonString().ShouldBe("""[{"environment_type":"dev","name":"Operator"}]""");
        var list = (await product.Api.ReadAsync($"{Members}?query=lovelace")).Ok().Json;
        list["total"]!.GetValue<int>().ShouldBe(1);
        list["data"]!.AsArray().ShouldHaveSingleItem()!.AsObject().Id.ShouldBe(made.Id);
        (await product.Api.ReadAsync($"{Members}/{made.Id}")).Ok().Json.Text("email").ShouldBe("ada@example.com");
    }

    [Fact]
    public async Task A_role_is_changed_as_workato_changes_it()
    {
        var made = await InviteAsync(new { email = "changed@example.com", role_id = RoleIds.Operator, all_folders = true });

        var changed = (await product.Api.ChangeAsync($"{Members}/{made.Id}", new { env_roles = new[] { new { environment_type = "dev", name = "Analyst" }, new { environment_type = "prod", name = "Analyst" } } })).Ok().Json;

        (changed["role_id"]!.GetValue<int>(), changed["all_folders"]!.GetValue<bool>()).ShouldBe((RoleIds.Analyst, true));
        var may = (await product.Api.ReadAsync($"{Members}/{made.Id}/privileges")).Ok().Json["data"]!.AsArray().ShouldHaveSingleItem()!;
        may["name"]!.GetValue<string>().ShouldBe("Analyst");
        may["privileges"]!["Connections"]!.AsArray().Count.ShouldBe(6);
    }

    [Fact]
    public async Task Removing_a_member_lists_the_connections_they_authorized_and_breaks_none()
    {
        var made = await InviteAsync(new { email = "leaver@example.com", role = "Analyst", all_folders = true });
        var connection = await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" }, "Authorized by the leaver");
        await AuthorizedByAsync(connection.Id, made.Id);

        var removed = (await product.Api.RemoveAsync($"{Members}/{made.Id}")).Ok().Json;

        var listed = removed["authorized_connections"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        (listed.Id, listed.Text("name"), listed.Text("authorization_status")).ShouldBe((connection.Id, "Authorized by the leaver", "success"));
        (await product.Api.ReadAsync($"/api/connections/{connection.Id}/call/api/me")).Ok();
        (await product.GetConnectionAsync(connection.Id)).Text("authorization_status").ShouldBe("success");
        (await product.Api.ReadAsync($"{Members}/{made.Id}")).Is(404);
    }

    [Fact]
    public async Task The_last_owner_stays_and_the_try_is_written_down()
    {
        var owner = (await product.Api.ReadAsync("/api/users/me")).Ok().Json.Id;

        var refused = (await product.Api.RemoveAsync($"{Members}/{owner}")).Is(403);
        refused.Message.ShouldContain("there must always be one");
        (await product.AuditAsync(AuditEvents.AccessRefused)).ShouldContain(e => e.Reason == refused.Message && e.ActorName == "bootstrap" && e.ResourceId == owner);
        (await product.Api.ChangeAsync($"{Members}/{owner}", new { role = "Admin" })).Is(403);

        (await product.Api.ReadAsync($"{Members}/{owner}")).Ok().Json["roles"]![0]!["name"]!.GetValue<string>().ShouldBe("Owner");
    }

    [Fact]
    public async Task Nobody_invites_above_or_beyond_themselves()
    {
        var (mine, other) = (await product.AddProjectAsync("Members here"), await product.AddProjectAsync("Members there"));
        using var admin = await product.ClientAsync("admin here", RoleIds.Admin, mine.Id);

        (await admin.SendAsync(Members, new { email = "a@example.com", role = "Owner", all_folders = true })).Is(403);
        (await admin.SendAsync(Members, new { email = "a@example.com", role = "Operator", all_folders = true })).Is(403);
        (await admin.SendAsync(Members, new { email = "a@example.com", role = "Operator", folder_ids = new[] { other.Id } })).Is(403).Fields.ShouldBe(["folder_ids"]);
        (await admin.SendAsync(Members, new { email = "a@example.com", role = "Operator", folder_ids = new[] { 999999 } })).Is(403);
        (await product.Api.ReadAsync($"{Members}?query=a@example.com")).Ok().Json["data"]!.AsArray().ShouldNotContain(m => m!["email"]!.GetValue<string>() == "a@example.com");
        (await admin.SendAsync(Members, new { email = "b@example.com", role = "Operator", folder_ids = new[] { mine.Id } })).Ok();
    }

    [Theory]
    [InlineData("""{"role":"Analyst","all_folders":true}""", "email")]
    [InlineData("""{"email":"x","role":"Analyst","all_folders":true}""", "email")]
    [InlineData("""{"email":"x@example.com","all_folders":true}""", "role")]
    [InlineData("""{"email":"x@example.com","role":"Analist","all_folders":true}""", "role")]
    [InlineData("""{"email":"x@example.com","role":"Analyst","role_id":4,"all_folders":true}""", "role")]
    [InlineData("""{"email":"x@example.com","env_roles":[{"environment_type":"dev","name":"Analist"}],"all_folders":true}""", "env_roles")]
    [InlineData("""{"email":"x@example.com","env_roles":[{"environment_type":"moon","name":"Analyst"}],"all_folders":true}""", "env_roles")]
    [InlineData("""{"email":"x@example.com","env_roles":[null],"all_folders":true}""", "env_roles")]
    [InlineData("""{"email":"x@example.com","env_roles":[{"environment_type":"dev","name":"Admin"},{"environment_type":"prod","name":"Analyst"}],"all_folders":true}""", "role")]
    [InlineData("""{"email":"x@example.com","role":"Analyst"}""", "folder_ids")]
    [InlineData("""{"email":"x@example.com","role":"Owner","folder_ids":[1]}""", "folder_ids")]
    [InlineData("""{"email":"x@example.com","role":"Analyst","folder_ids":[999999]}""", "folder_ids")]
    [InlineData("""{"email":"x@example.com","role":"Analyst","all_folders":true,"colour":"red"}""", "colour")]
    public async Task What_is_wrong_is_named(string body, string field) =>
        (await product.Api.AskAsync(HttpMethod.Post, Members, new StringContent(body, Encoding.UTF8, "application/json"))).Is(400).Fields.ShouldBe([field]);

    private async Task<JsonObject> InviteAsync(object body) => (await product.Api.SendAsync(Members, body)).Ok().Json;

    private async Task AuthorizedByAsync(int connection, int member)
    {
        await using var scope = product.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().Connections.Where(c => c.Id == connection)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.AuthorizedById, member), TestContext.Current.CancellationToken);
    }
}

public sealed class MembersOnSqlite(ProductOnSqlite product) : MemberTests(product), IClassFixture<ProductOnSqlite>;

public sealed class MembersOnPostgres(ProductOnPostgres product) : MemberTests(product), IClassFixture<ProductOnPostgres>;
