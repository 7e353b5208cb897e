using System.Text.Json.Nodes;
using Workato.Connections.Privileges;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Recipes;

/// <summary>How a user's own connection comes about and goes.</summary>
public abstract partial class RuntimeUserTests
{
    [Fact]
    public async Task A_user_who_is_asked_for_twenty_times_at_once_has_one_connection_and_twenty_links()
    {
        var parent = await product.ParentAsync();

        var asked = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => product.AskForAsync(parent, "many")));

        asked.Select(a => a.Id).Distinct().ShouldHaveSingleItem();
        asked.Select(a => a.Text("url")).Distinct().Count().ShouldBe(20);
        (await product.Api.ReadAsync($"/api/connections?parent_id={parent}")).Ok().Ids.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_users_connection_takes_everything_from_its_parent_but_the_account()
    {
        var parent = await product.ParentAsync();
        var asked = await product.AskForAsync(parent, "ada@acme.example");

        await product.ConnectAsync(asked.Text("url")!, "ada");

        var child = await product.GetConnectionAsync(asked.Id);
        child.Text("connected_as").ShouldBe("ada@sample.example");
        child.Text("sign_in_by").ShouldBe("oauth2");
        child["requested_scopes"]!.AsArray().Select(s => s!.GetValue<string>()).ShouldBe(["profile", "notes.read", "notes.write"]);
        child["parent_id"]!.GetValue<int>().ShouldBe(parent);
        (await product.GetConnectionAsync(parent)).Text("connected_as").ShouldBe("bot@sample.example");
    }

    [Fact]
    public async Task It_is_seen_by_who_asks_for_runtime_connections_and_in_no_other_list()
    {
        var asked = await product.AskForAsync(await product.ParentAsync(), "hidden");

        (await product.Api.ReadAsync("/api/connections")).Ok().Ids.ShouldNotContain(asked.Id);
        (await product.Api.ReadAsync("/api/connections?include_runtime_connections=true")).Ok().Ids.ShouldContain(asked.Id);
    }

    [Fact]
    public async Task Whoever_asked_is_told_until_it_answers_and_the_browser_goes_where_it_wants()
    {
        await using var portal = await Mailbox.StartAsync();
        var parent = await product.ParentAsync();
        var asked = await product.AskForAsync(parent, "told", portal.Url, "https://portal.acme.example/done?step=2");

        var page = await product.ConnectAsync(asked.Text("url")!, "ada");

        page.Headers.GetValues("Refresh").ShouldHaveSingleItem().ShouldBe($"0;url=https://portal.acme.example/done?step=2&connection_id={asked.Id}");
        var told = await portal.NextAsync();
        told.Select(p => p.Key).ShouldBe(["id", "external_id", "parent_id", "provider", "authorization_status"]);
        (told.Id, told.Text("external_id"), told.Text("provider"), told.Text("authorization_status")).ShouldBe((asked.Id, "told", "sample_app", "success"));
    }

    [Theory]
    [InlineData("external_id", "", "can't be blank")]
    [InlineData("external_id", "long", "is too long")]
    [InlineData("callback_url", "ftp://acme.example", "https://")]
    [InlineData("redirect_url", "javascript:alert(1)", "https://")]
    [InlineData("redirect_url", "/here", "https://")]
    [InlineData("redirect_url", "https://user:pass@acme.example/", "user name")]
    [InlineData("folder_id", 999999, "there is no folder")]
    [InlineData("folder_id", null, "can't be blank")]
    [InlineData("parent_id", null, "can't be blank")]
    public async Task Bad_input_is_refused_by_the_name_of_its_field(string field, object? value, string words)
    {
        var body = new JsonObject { ["parent_id"] = await product.ParentAsync(), ["folder_id"] = await product.HomeFolderAsync(), ["external_id"] = "ada" };
        body[field] = value is "long" ? new string('x', 256) : JsonValue.Create(value);

        var refused = (await product.Api.SendAsync("/api/connections/runtime_user_connections", body)).Is(400);

        refused.Fields.ShouldBe([field]);
        refused.Json["errors"]![field]![0]!.GetValue<string>().ShouldContain(words);
    }

    [Fact]
    public async Task A_parent_that_is_not_there_is_no_oauth_or_is_a_child_itself_is_refused()
    {
        var byKey = (await product.CreateAsync("sample_app", new { auth_type = "api_key", api_key = "sample-key-bot" })).Id;
        var child = (await product.AskForAsync(await product.ParentAsync(), "x")).Id;
        var elsewhere = await product.ProgramAsync("Analyst", (await product.AddProjectAsync($"Else {Guid.NewGuid():N}"))["project_id"]!.GetValue<int>());
        Task<Answer> AskAsync(HttpClient http, int parent) => http.SendAsync("/api/connections/runtime_user_connections", new { parent_id = parent, folder_id = 1, external_id = "x" });

        (await AskAsync(product.Api, byKey)).Is(400).Fields.ShouldBe(["parent_id"]);
        (await AskAsync(product.Api, 999999)).Is(404).Message.ShouldBe("Parent connection not found");
        (await AskAsync(product.Api, child)).Is(404);
        (await AskAsync(elsewhere, byKey)).Is(404);
    }

    [Fact]
    public async Task Who_is_disconnected_is_asked_again_and_keeps_the_connection()
    {
        var recipe = await product.RecipeAsync(RuntimeUsers.WriteNote, await product.ParentAsync());
        await product.StartAsync(recipe);
        await JoinAsync(recipe, "leaves", "ada");
        var child = await ChildAsync("leaves");

        (await product.Api.SendAsync($"/api/connections/{child}/disconnect")).Ok();

        (await product.CallAsync(recipe, "leaves")).Is(422).Json["connect"]![0]!["connection_id"]!.GetValue<int>().ShouldBe(child);
        await JoinAsync(recipe, "leaves", "bot");
        (await product.CallAsync(recipe, "leaves")).Ok().Json["result"]!["author"]!.GetValue<string>().ShouldBe("bot");
    }

    [Fact]
    public async Task Nobody_makes_one_users_account_anothers()
    {
        var parent = await product.ParentAsync();
        var asked = await product.AskForAsync(parent, "owner-of-it");
        await product.ConnectAsync(asked.Text("url")!, "ada");
        var other = await product.AskForAsync(parent, "has-one");

        (await product.Api.ChangeAsync($"/api/connections/{asked.Id}", new { external_id = "somebody-else" })).Is(400).Fields.ShouldBe(["external_id"]);
        (await product.Api.ChangeAsync($"/api/connections/{other.Id}", new { external_id = "owner-of-it" })).Is(400).Fields.ShouldBe(["external_id"]);
    }

    [Fact]
    public async Task Disconnecting_and_deleting_them_takes_privileges_of_their_own()
    {
        var asked = await product.AskForAsync(await product.ParentAsync(), "guarded");
        await product.RoleAsync("Connections only", Privilege.ReadConnections, Privilege.UpdateConnections, Privilege.DeleteConnections);
        await product.RoleAsync("Users only", Privilege.ReadRuntimeConnections, Privilege.UpdateRuntimeConnections, Privilege.DeleteRuntimeConnections);
        var (connections, users) = (await product.ProgramAsync("Connections only"), await product.ProgramAsync("Users only"));

        (await connections.ReadAsync($"/api/connections/{asked.Id}")).Is(404);
        (await connections.ChangeAsync($"/api/connections/{asked.Id}", new { name = "Mine" })).Is(403);
        (await connections.SendAsync($"/api/connections/{asked.Id}/disconnect")).Is(403);
        (await connections.RemoveAsync($"/api/connections/{asked.Id}")).Is(403);
        (await users.ReadAsync("/api/connections?include_runtime_connections=true")).Ok().Items.ShouldAllBe(c => c!["external_id"] != null);
        (await users.ChangeAsync($"/api/connections/{asked.Id}", new { name = "Theirs" })).Ok();
        (await users.SendAsync($"/api/connections/{asked.Id}/disconnect")).Ok();
        (await users.RemoveAsync($"/api/connections/{asked.Id}")).Ok();
    }

    [Fact]
    public async Task On_a_personal_page_a_user_sees_what_is_theirs_and_takes_it_away()
    {
        var parent = await product.ParentAsync();
        var (mine, other) = (await product.AskForAsync(parent, "me"), await product.AskForAsync(parent, "not-me"));
        await product.ConnectAsync(mine.Text("url")!, "ada");
        await product.ConnectAsync(other.Text("url")!, "ada");
        var page = new Uri((await product.Api.SendAsync("/api/connections/runtime_user_connections/personal_page", new { external_id = "me" })).Ok().Json["data"]!["url"]!.GetValue<string>()).AbsolutePath;
        using var browser = new CookieClient(product);

        (await browser.Http.ReadAsync(page)).Ok().Text.ShouldContain("Connected as ada@sample.example");
        (await browser.Http.SendAsync(page + "?handler=Disconnect", new FormUrlEncodedContent(await browser.FormAsync(page, ("id", $"{other.Id}"))))).Ok().Text.ShouldContain("Connection not found");
        (await browser.Http.SendAsync(page + "?handler=Disconnect", new FormUrlEncodedContent(await browser.FormAsync(page, ("id", $"{mine.Id}"))))).Is(302);

        (await product.GetConnectionAsync(mine.Id))["has_credentials"]!.GetValue<bool>().ShouldBeFalse();
        (await product.GetConnectionAsync(other.Id))["has_credentials"]!.GetValue<bool>().ShouldBeTrue();
        (await browser.Http.ReadAsync(page[..^3] + "AAA")).Is(404);
    }
}
