using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Workato.Connections.Data;
using Workato.Connections.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Workato.Connections.Web.Tests.Browser;

/// <summary>Members, roles and API clients at a browser, also without script.</summary>
public sealed class PeoplePagesTests(ProductOnSqlite product, Chromium chromium) : IClassFixture<ProductOnSqlite>
{
    [Theory]
    [InlineData(Screen.Desktop, true)]
    [InlineData(Screen.Phone, false)]
    public async Task Somebody_is_invited_given_another_role_and_removed(Screen screen, bool script)
    {
        var email = $"ada.{screen}@example.com".ToLowerInvariant();
        await using var owner = await Owner.SignedInAsync(product, chromium, screen, script);
        await owner.OpenAsync("/settings/members");
        await owner.PressAsync("Invite");
        await Expect(owner.Alert).ToContainTextAsync("Not saved yet");
        await owner.TypeAsync("E-mail address", email);
        await owner.Page.GetByLabel("Role").SelectOptionAsync(["3"]);
        await owner.ChooseAsync("All projects");
        await owner.PressAsync("Invite");
        await Expect(owner.Page.GetByRole(AriaRole.Status)).ToContainTextAsync($"“{email}” is invited");

        await owner.Page.GetByRole(AriaRole.Link, new() { Name = email, Exact = true }).ClickAsync();
        await owner.Page.GetByLabel("Role").SelectOptionAsync(["4"]);
        await owner.PressAsync("Save");
        await Expect(owner.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved");
        await owner.OpenAsync("/settings/members");
        await Expect(owner.Page.Locator("tbody tr", new() { HasText = email })).ToContainTextAsync("Operator");

        await owner.FollowAsync($"Remove {email}");
        await owner.PressAsync("Remove");
        await Expect(owner.Page.Locator("tbody")).Not.ToContainTextAsync(email);
        owner.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_goes_back_after_signing_out_is_asked_to_sign_in()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync("/settings/members");
        await owner.PressAsync("Sign out");
        await Expect(owner.Page).ToHaveURLAsync(new Uri(product.Address, "/sign-in").AbsoluteUri);

        await owner.Page.GoBackAsync();

        await Expect(owner.Page).ToHaveURLAsync(new Uri(product.Address, "/sign-in?return=%2Fsettings%2Fmembers").AbsoluteUri);
    }

    [Fact]
    public async Task Whoever_removes_a_member_sees_the_connections_they_authorized()
    {
        var member = (await product.Api.SendAsync("/api/members", new { email = "grace@example.com", name = "Grace Hopper", role = "Analyst", all_folders = true })).Ok().Json.Id;
        var connection = await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" }, "Of Grace");
        var id = connection.Id;
        await using (var scope = product.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().Connections.Where(c => c.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.AuthorizedById, member), TestContext.Current.CancellationToken);
        }

        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync($"/settings/members/{member}/remove");

        await Expect(owner.Page.Locator("main")).ToContainTextAsync("No connection stops working.");
        await Expect(owner.Page.GetByRole(AriaRole.Link, new() { Name = "Of Grace" })).ToHaveAttributeAsync("href", $"/connections/{connection.Id}");
    }

    [Fact]
    public async Task The_last_owner_hears_why_they_stay()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync("/settings/members/1/remove");
        await owner.PressAsync("Remove");

        await Expect(owner.Alert).ToContainTextAsync("there must always be one");
    }

    [Fact]
    public async Task A_role_is_copied_changed_and_given_to_a_client_whose_token_is_shown_once()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync("/settings/roles");
        await owner.FollowAsync("Copy Operator");
        await owner.Page.GetByRole(AriaRole.Checkbox, new() { Name = "see connections", Exact = true }).CheckAsync();
        await owner.PressAsync("Save");
        await Expect(owner.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("“Operator copy” is saved");

        await owner.OpenAsync("/settings/api-clients");
        await owner.TypeAsync("Name", "Reader");
        await owner.Page.GetByLabel("Role").SelectOptionAsync(new SelectOptionValue { Label = "Operator copy – Runs recipes and reads how they went." });
        await owner.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Home" }).CheckAsync();
        await owner.PressAsync("Create token");
        var token = await owner.Page.Locator("#token").InnerTextAsync();
        using var http = product.With(token);
        (await http.ReadAsync("/api/connections")).Ok();

        await owner.FollowAsync("Reader");
        await owner.FollowAsync("New token…");
        await owner.PressAsync("Make a new token");
        (await owner.Page.Locator("#token").InnerTextAsync()).ShouldNotBe(token);
        (await http.ReadAsync("/api/connections")).Is(401);
        owner.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_what_is_wrong_with_a_client_has_to_be_put_right()
    {
        await using var owner = await Owner.SignedInAsync(product, chromium);
        await owner.OpenAsync("/settings/api-clients");
        await owner.TypeAsync("Name", "Not lost");
        await owner.Page.Locator("#networks").FillAsync("home");
        await owner.PressAsync("Create token");

        await Expect(owner.Page.Locator("#networks")).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("neither an address such as"));
        await Expect(owner.Box("Name")).ToHaveValueAsync("Not lost");
    }
}
