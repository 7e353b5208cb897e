using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Auditing;
using Workato.Connections.Web.Tests.Support;

namespace Workato.Connections.Web.Tests.Api.Auditing;

/// <summary>What happens at the door and through connections.</summary>
public abstract partial class ActivityLogTests
{
    [Fact]
    public async Task Calls_are_summed_by_caller_and_connection()
    {
        var made = await product.CreateAsync("sample_app", new { api_key = "sample-key-bot" }, "Called");
        for (var i = 0; i < 4; i++) (await product.Api.ReadAsync($"/api/connections/{made.Id}/call/api/me")).Ok();
        (await product.Api.ReadAsync($"/api/connections/{made.Id}/call/no/such/thing")).Is(404);
        await WriteAsync();

        var entry = (await LogAsync($"include_event_types[]=connection_called&include_resource_types[]=SharedAccount&resource_id={made.Id}")).ShouldHaveSingleItem();

        (entry["details"]!["count"]!.GetValue<int>(), entry["details"]!["reason"]!.GetValue<string>()).ShouldBe((5, "1 of them did not succeed."));
        (entry["user"]!["name"]!.GetValue<string>(), entry["resource"]!["name"]!.GetValue<string>(), entry["project_id"]!.GetValue<int>()).ShouldBe(("bootstrap", "Called", 1));
    }

    [Fact]
    public async Task Signing_in_and_out_is_told_and_a_link_that_does_not_work_too()
    {
        var link = await product.OwnerLinkAsync();
        using var browser = new CookieClient(product);
        (await browser.Http.ReadAsync(link)).Is(302);
        var form = await browser.FormAsync("/connections");
        (await browser.Http.SendAsync("/sign-out", new FormUrlEncodedContent(form))).Is(302);
        using var late = new CookieClient(product);
        (await late.Http.ReadAsync(link)).Is(302);
        await WriteAsync();

        var owner = (await product.Api.ReadAsync("/api/users/me")).Json;
        var entries = (await LogAsync($"users_ids[]={owner.Id}")).Select(e => e.Text("event_type")).ToList();
        entries.ShouldContain("user_signed_in");
        entries.ShouldContain("user_signed_out");
        var refused = (await LogAsync("include_event_types[]=user_sign_in_refused"))[0];
        (refused["user"]!["type"]!.GetValue<string>(), refused["details"]!["request"]!["ip_address"]!.GetValue<string>()).ShouldBe(("nobody", "127.0.0.1"));
    }

    [Fact]
    public async Task Requests_without_privilege_and_tokens_that_are_not_known_are_told()
    {
        using var stranger = product.Anonymous();
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", "wrkc_unknown");
        for (var i = 0; i < 3; i++) (await stranger.ReadAsync("/api/connections")).Is(401);
        (await product.Anonymous().ReadAsync("/api/connections")).Is(401);
        await WriteAsync();

        var entry = (await LogAsync("include_event_types[]=api_token_refused"))[0];

        entry["details"]!["count"]!.GetValue<int>().ShouldBe(3);
        entry.ToJsonString().ShouldNotContain("wrkc_unknown");
    }

    [Fact]
    public async Task The_check_finds_nothing_in_what_a_server_wrote()
    {
        await NewAsync("Checked");
        for (var i = 0; i < 100 && (await EntriesAsync()).Any(e => e.Sequence is null); i++) await Task.Delay(100, Cancel);

        await using var scope = product.Services.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<AuditCheck>().RunAsync(null, Cancel);

        report.Faults.ShouldBeEmpty();
        report.Checked.ShouldBeGreaterThan(0);
    }

    private Task WriteAsync() => product.Services.GetRequiredService<AuditTally>().WriteAsync(Cancel);
}
