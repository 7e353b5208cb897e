using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Auditing;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Auditing;

/// <summary>What happens often is summed, and nothing of it is lost or counted twice.</summary>
public abstract class AuditTallyTests(Workspace workspace) : IAsyncLifetime
{
    private static readonly Actor Anna = new(ActorKind.ApiClient, 3, "Anna's script") { Address = "10.0.0.5", UserAgent = "curl/8" };
    private static readonly Audited Billing = new(AuditedTypes.Connection, 7, "Billing", 2);

    private AuditTally Tally => workspace.Services.GetRequiredService<AuditTally>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => workspace.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return workspace.DisposeAsync();
    }

    [Fact]
    public async Task What_sends_the_requests_makes_no_entries_more_and_addresses_do()
    {
        Tally.Count(Anna, AuditEvents.ConnectionCalled, Billing);
        Tally.Count(Anna with { UserAgent = "curl/9" }, AuditEvents.ConnectionCalled, Billing with { }, failed: true);
        Tally.Count(Anna with { Address = "10.0.0.6" }, AuditEvents.ConnectionCalled, Billing);
        await Tally.WriteAsync(Cancel);

        var entries = await workspace.EntriesAsync();

        entries.Select(e => (e.Address, e.Count, e.Reason)).ShouldBe([("10.0.0.5", 2, "1 of them did not succeed."), ("10.0.0.6", 1, null)], ignoreOrder: true);
        entries.ShouldAllBe(e => e.ResourceId == 7 && e.ResourceName == "Billing" && e.ProjectId == 2 && e.ActorName == "Anna's script");
    }

    [Fact]
    public async Task Nothing_is_lost_or_counted_twice_while_it_is_written_down()
    {
        const int Each = 50_000;
        var counting = Enumerable.Range(0, 4).Select(n => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++) Tally.Count(Anna, AuditEvents.ConnectionCalled, Billing with { Id = i % 3 }, failed: i % 5 == 0);
        })).ToArray();
        while (!Task.WhenAll(counting).IsCompleted) await Tally.WriteAsync(Cancel);
        await Tally.WriteAsync(Cancel);

        (await workspace.EntriesAsync()).Sum(e => e.Count).ShouldBe(4 * Each);
    }

    [Fact]
    public async Task What_cannot_be_written_is_counted_on()
    {
        Tally.Count(Anna, AuditEvents.AccessRefused, Billing, "No.");
        await workspace.TamperAsync($"ALTER TABLE audit_entries RENAME TO gone");
        await Should.ThrowAsync<DbUpdateException>(() => Tally.WriteAsync(Cancel));
        await workspace.TamperAsync($"ALTER TABLE gone RENAME TO audit_entries");
        Tally.Count(Anna, AuditEvents.AccessRefused, Billing);

        await Tally.WriteAsync(Cancel);

        (await workspace.EntriesAsync()).Select(e => (e.Count, e.Reason)).ShouldBe([(2, "No.")]);
    }

    [Fact]
    public async Task Ever_new_addresses_fill_neither_memory_nor_database()
    {
        for (var i = 0; i < AuditTally.MaxKinds + 500; i++) Tally.Count(Actor.Nobody with { Address = $"10.{i / 65536}.{i / 256 % 256}.{i % 256}" }, AuditEvents.SignInRefused, new(AuditedTypes.Address, null, "/sign-in"));
        await Tally.WriteAsync(Cancel);

        var entries = await workspace.EntriesAsync();

        entries.Count.ShouldBe(AuditTally.MaxKinds + 1);
        entries.Single(e => e.Address is null).Count.ShouldBe(500);
    }

    [Fact]
    public void Counting_what_is_counted_already_allocates_nothing()
    {
        Tally.Count(Anna, AuditEvents.ConnectionCalled, Billing);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++) Tally.Count(Anna, AuditEvents.ConnectionCalled, Billing);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
    }

    [Fact]
    public async Task An_orderly_stop_writes_what_was_counted()
    {
        await Tally.StartAsync(Cancel);
        Tally.Count(Anna, AuditEvents.ConnectionCalled, Billing);

        await Tally.StopAsync(Cancel);

        (await workspace.EntriesAsync()).ShouldHaveSingleItem().Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_strangers_send_is_kept_as_far_as_a_database_can()
    {
        Tally.Count(Actor.Nobody with { Address = "::ffff:10.0.0.5", UserAgent = "a\0b\ud83d" + new string('x', 496) + "🎈🎈" }, AuditEvents.SignInRefused, new(AuditedTypes.Address, null, "/\0"));
        await Tally.WriteAsync(Cancel);

        var entry = (await workspace.EntriesAsync()).ShouldHaveSingleItem();
        (entry.Address, entry.ResourceName).ShouldBe(("10.0.0.5", "/"));
        entry.UserAgent!.ShouldStartWith("ab\ufffdx");
    }
}

public sealed class AuditTallyOnSqlite() : AuditTallyTests(new SqliteWorkspace());

public sealed class AuditTallyOnPostgres(PostgresCluster cluster) : AuditTallyTests(new PostgresWorkspace(cluster));
