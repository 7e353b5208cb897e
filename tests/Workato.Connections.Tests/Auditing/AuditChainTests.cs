using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Auditing;

/// <summary>The chain and its check, each test on a database of its own: they do to it what must not go unnoticed.</summary>
public abstract partial class AuditChainTests(Workspace workspace) : IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => workspace.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return workspace.DisposeAsync();
    }

    [Fact]
    public async Task A_chain_over_several_batches_holds()
    {
        await workspace.WriteAsync(700);
        await workspace.ChainAsync();
        await workspace.WriteChainedAsync(3);

        var report = await workspace.CheckAsync();

        report.Faults.ShouldBeEmpty();
        (report.Checked, report.Waiting, report.End!.Sequence).ShouldBe((703, 0, 703));
    }

    [Fact]
    public async Task An_empty_log_is_fine_and_has_no_end()
    {
        var report = await workspace.CheckAsync();

        (report.Checked, report.End, report.Faults.Count).ShouldBe((0, null, 0));
    }

    [Fact]
    public async Task Entries_that_wait_are_fine_and_old_ones_are_not()
    {
        await workspace.WriteChainedAsync(2);
        await workspace.WriteAsync(3);

        var fresh = await workspace.CheckAsync();
        workspace.Time.Advance(AuditCheck.Patience + TimeSpan.FromSeconds(1));
        var late = await workspace.CheckAsync();

        (fresh.Waiting, fresh.Faults.Count).ShouldBe((3, 0));
        late.Faults.ShouldHaveSingleItem().ShouldStartWith("3 entries that were written more than a minute ago");
    }

    [Fact]
    public async Task An_entry_deleted_in_the_middle_is_found()
    {
        await workspace.WriteChainedAsync(9);
        await workspace.TamperAsync($"DELETE FROM audit_entries WHERE sequence = 4");
        await workspace.TamperAsync($"DELETE FROM audit_entries WHERE sequence IN (6, 7)");

        (await workspace.CheckAsync()).Faults.ShouldBe(["entry 4 is missing", "entries 6 to 7 are missing"]);
    }

    [Fact]
    public async Task Deleting_and_closing_the_gap_is_found()
    {
        await workspace.WriteChainedAsync(6);
        await workspace.TamperAsync($"DELETE FROM audit_entries WHERE sequence = 3");
        for (var i = 4; i <= 6; i++) await workspace.TamperAsync($"UPDATE audit_entries SET sequence = {i - 1} WHERE sequence = {i}");

        var faults = (await workspace.CheckAsync()).Faults;

        faults[0].ShouldStartWith("entry 3 (connection_updated");
        faults[^1].ShouldBe("entry 6 is missing at the end");
    }

    [Fact]
    public async Task Entries_deleted_at_the_end_are_found()
    {
        await workspace.WriteChainedAsync(5);
        await workspace.TamperAsync($"DELETE FROM audit_entries WHERE sequence >= 4");

        (await workspace.CheckAsync()).Faults.ShouldBe(["entries 4 to 5 are missing at the end"]);
    }

    [Fact]
    public async Task Deleting_at_the_end_and_moving_the_end_is_found_and_not_covered_up_by_going_on()
    {
        await workspace.WriteChainedAsync(5);
        await workspace.TamperAsync($"DELETE FROM audit_entries WHERE sequence >= 4");
        await workspace.TamperAsync($"UPDATE audit_seal SET sequence = 3, hash = (SELECT hash FROM audit_entries WHERE sequence = 3)");

        (await workspace.CheckAsync()).Faults.ShouldBe(["the end of the chain was altered in audit_seal"]);
        await workspace.WriteAsync(1);
        await Should.ThrowAsync<System.Security.Cryptography.CryptographicException>(() => workspace.ChainAsync());
        (await workspace.CheckAsync()).Faults.ShouldContain("the end of the chain was altered in audit_seal");
    }

    [Fact]
    public async Task Two_entries_that_changed_places_are_found()
    {
        await workspace.WriteChainedAsync(6);
        await workspace.TamperAsync($"UPDATE audit_entries SET sequence = -1 WHERE sequence = 2");
        await workspace.TamperAsync($"UPDATE audit_entries SET sequence = 2 WHERE sequence = 5");
        await workspace.TamperAsync($"UPDATE audit_entries SET sequence = 5 WHERE sequence = -1");

        var faults = (await workspace.CheckAsync()).Faults;

        faults.ShouldContain(f => f.StartsWith("entry 2 (", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("entry 5 (", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_entries_that_changed_places_with_their_hashes_left_behind_are_found()
    {
        await workspace.WriteChainedAsync(6);
        var entries = await workspace.EntriesAsync();
        foreach (var (id, hash) in new[] { (entries[1].Id, entries[4].Hash!), (entries[4].Id, entries[1].Hash!) }) await workspace.TamperAsync($"UPDATE audit_entries SET hash = {hash} WHERE id = {id}");

        (await workspace.CheckAsync()).Faults.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_end_noted_down_is_found_while_it_is_there_and_missed_when_it_is_gone()
    {
        await workspace.WriteChainedAsync(3);
        var noted = (await workspace.CheckAsync()).End!;
        await workspace.WriteChainedAsync(3);

        (await workspace.CheckAsync(AuditEnd.Parse(noted.ToString()))).Faults.ShouldBeEmpty();
        var other = new AuditEnd(3, [.. noted.Hash.Select(b => (byte)~b)]);
        (await workspace.CheckAsync(other)).Faults.ShouldHaveSingleItem().ShouldContain("noted down");
    }

    [Fact]
    public async Task A_database_put_back_to_an_older_copy_is_found_by_the_end_noted_down()
    {
        await workspace.WriteChainedAsync(3);
        var seal = await workspace.DbAsync(db => db.Set<AuditSeal>().AsNoTracking().SingleAsync(Cancel));
        await workspace.WriteChainedAsync(3);
        var noted = (await workspace.CheckAsync()).End!;
        await workspace.TamperAsync($"DELETE FROM audit_entries WHERE sequence > 3");
        await workspace.TamperAsync($"UPDATE audit_seal SET sequence = {seal.Sequence}, hash = {seal.Hash}");

        (await workspace.CheckAsync()).Faults.ShouldBeEmpty("nothing in an older copy tells that it is one");
        (await workspace.CheckAsync(noted)).Faults.ShouldHaveSingleItem().ShouldContain(noted.ToString());
    }

    [Fact]
    public async Task A_log_that_was_emptied_is_found_by_the_end_noted_down()
    {
        await workspace.WriteChainedAsync(3);
        var noted = (await workspace.CheckAsync()).End!;
        await workspace.TamperAsync($"DELETE FROM audit_entries");
        await workspace.TamperAsync($"DELETE FROM audit_seal");

        (await workspace.CheckAsync(noted)).Faults.ShouldHaveSingleItem().ShouldContain("noted down");
        await workspace.WriteChainedAsync(4);
        (await workspace.CheckAsync(noted)).Faults.ShouldHaveSingleItem().ShouldContain("noted down");
    }

    [Fact]
    public async Task An_entry_put_behind_the_end_is_found()
    {
        await workspace.WriteChainedAsync(3);
        await workspace.WriteAsync(1);
        await workspace.TamperAsync($"UPDATE audit_entries SET sequence = 4, hash = (SELECT hash FROM audit_seal) WHERE sequence IS NULL");

        (await workspace.CheckAsync()).Faults.ShouldBe(["entries 4 to 4 come behind the end that audit_seal names"]);
    }
}

public sealed class AuditChainOnSqlite() : AuditChainTests(new SqliteWorkspace());

public sealed class AuditChainOnPostgres(PostgresCluster cluster) : AuditChainTests(new PostgresWorkspace(cluster));
