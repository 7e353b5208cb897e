using Microsoft.EntityFrameworkCore;
using Workato.Connections.Diagnosing;
using Workato.Connections.Health;
using Workato.Connections.Privileges;

namespace Workato.Connections.Tests.Health;

/// <summary>What is told before the fact.</summary>
public abstract partial class IncidentTests
{
    [Fact]
    public async Task A_known_end_is_told_before_it_comes_and_once()
    {
        var id = await ConnectedAsync();
        await SetAsync(id, c => c.Ends(Now + Connection.WarnedAhead + TimeSpan.FromDays(1), isGiven: true, Now));
        await WarnAsync();
        told.News.ShouldBeEmpty();

        workspace.Time.Advance(TimeSpan.FromDays(1));
        await WarnAsync();
        workspace.Time.Advance(TimeSpan.FromDays(1));
        await WarnAsync();

        told.News.ShouldBe([(id, IncidentNews.Opened)]);
        (await IncidentAsync()).Cause.ShouldBe(Causes.EndsSoon);
    }

    [Fact]
    public async Task A_warning_is_not_told_again_when_its_app_was_down_meanwhile()
    {
        var id = await ConnectedAsync();
        await SetAsync(id, c => c.Ends(Now + TimeSpan.FromDays(2), isGiven: true, Now));
        await WarnAsync();
        await SetAsync(id, c => (c.Status, c.Cause, c.Error) = (AuthorizationStatus.Exception, Causes.AppDown, "It is down."));
        await WarnAsync();
        await SetAsync(id, c => (c.Status, c.Cause, c.Error) = (AuthorizationStatus.Success, null, null));
        await WarnAsync();

        told.News.ShouldBe([(id, IncidentNews.Opened)]);
    }

    [Fact]
    public async Task An_end_that_was_moved_on_ends_the_warning()
    {
        var id = await ConnectedAsync();
        await SetAsync(id, c => c.Ends(Now + TimeSpan.FromDays(2), isGiven: true, Now));
        await WarnAsync();
        await SetAsync(id, c => c.Ends(Now + TimeSpan.FromDays(365), isGiven: true, Now));
        await WarnAsync();

        told.News.ShouldBe([(id, IncidentNews.Opened), (id, IncidentNews.Resolved)]);
    }

    [Fact]
    public async Task A_short_permission_that_is_always_renewed_is_no_warning()
    {
        var id = await ConnectedAsync();
        for (var hour = 0; hour < 20; hour++)
        {
            await SetAsync(id, c => c.Ends(Now + TimeSpan.FromMinutes(90), isGiven: false, Now));
            workspace.Time.Advance(TimeSpan.FromHours(1));
            await WarnAsync();
        }

        told.News.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_short_permission_that_is_not_renewed_is_told_when_a_fifth_of_it_is_left()
    {
        var id = await ConnectedAsync();
        await SetAsync(id, c => c.Ends(Now + TimeSpan.FromDays(10), isGiven: false, Now));
        workspace.Time.Advance(TimeSpan.FromDays(7.9));
        await WarnAsync();
        told.News.ShouldBeEmpty();

        workspace.Time.Advance(TimeSpan.FromDays(0.2));
        await WarnAsync();
        await SetAsync(id, c => c.Ends(Now + TimeSpan.FromDays(10), isGiven: false, Now));
        await WarnAsync();

        told.News.ShouldBe([(id, IncidentNews.Opened), (id, IncidentNews.Resolved)]);
    }

    [Fact]
    public async Task A_personal_account_of_somebody_who_was_removed_is_a_warning()
    {
        var id = await ConnectedAsync();
        var member = await workspace.DbAsync(async db =>
        {
            var role = await db.Set<Role>().FirstAsync(Cancel);
            var gone = new Member { Name = "Ada", Email = "ada@company.example", Role = role, CreatedAt = workspace.Time.GetUtcNow(), RemovedAt = workspace.Time.GetUtcNow() };
            db.Add(gone);
            await db.SaveChangesAsync(Cancel);
            return gone.Id;
        });
        await SetAsync(id, c => (c.AccountKind, c.AuthorizedById, c.AuthorizedBy) = (AccountKind.Personal, member, "Ada"));
        await WarnAsync();

        told.News.ShouldBe([(id, IncidentNews.Opened)]);
        (await IncidentAsync()).Words.ShouldContain("Ada, who was removed");
    }

    private async Task WarnAsync()
    {
        await workspace.AskAsync<IncidentWarnings, bool>(async w =>
        {
            await w.RunAsync(Cancel);
            return true;
        }, node);
        await RoundAsync();
    }
}
