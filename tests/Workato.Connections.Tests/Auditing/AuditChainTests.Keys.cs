using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Auditing;

/// <summary>Whoever has the database but not the key.</summary>
public abstract partial class AuditChainTests
{
    [Fact]
    public async Task A_chain_made_with_another_key_is_found()
    {
        await workspace.WriteChainedAsync(4);
        var entries = await workspace.EntriesAsync();
        var (key, before) = (RandomNumberGenerator.GetBytes(32), Array.Empty<byte>());
        foreach (var entry in entries)
        {
            before = AuditHash.Of(key, entry.Sequence!.Value, before, entry);
            await workspace.TamperAsync($"UPDATE audit_entries SET hash = {before} WHERE id = {entry.Id}");
        }

        (await workspace.CheckAsync()).Faults.Count.ShouldBe(5);
        var forged = new AuditSeal { SealedKey = [] };
        forged.End(key, 4, before);
        await workspace.TamperAsync($"UPDATE audit_seal SET hash = {forged.Hash}");
        (await workspace.CheckAsync()).Faults.ShouldBe(["the end of the chain was altered in audit_seal"]);
    }

    [Fact]
    public async Task A_key_sealed_by_somebody_else_is_found()
    {
        await workspace.WriteChainedAsync(4);
        var (key, protector) = (RandomNumberGenerator.GetBytes(32), new CredentialProtector(new Microsoft.AspNetCore.DataProtection.EphemeralDataProtectionProvider()));
        var forged = AuditSeal.New(protector, key);
        await workspace.TamperAsync($"UPDATE audit_seal SET sealed_key = {forged.SealedKey}");

        (await workspace.CheckAsync()).Faults.ShouldBe(["the key in audit_seal cannot be opened: it was altered, or is another database's"]);
    }

    [Fact]
    public async Task The_end_taken_away_is_found()
    {
        await workspace.WriteChainedAsync(4);
        await workspace.TamperAsync($"DELETE FROM audit_seal");

        (await workspace.CheckAsync()).Faults.ShouldBe(["the end of the chain is gone from audit_seal"]);
    }

    [Fact]
    public async Task Where_the_key_cannot_be_opened_entries_are_kept_and_wait_and_nothing_stops()
    {
        await workspace.WriteChainedAsync(1);
        var seal = await workspace.DbAsync(db => db.Set<AuditSeal>().AsNoTracking().SingleAsync(Cancel));
        await workspace.TamperAsync($"UPDATE audit_seal SET sealed_key = {new byte[] { 1, 2, 3 }}");
        await workspace.WriteAsync(2);
        var chaining = workspace.Services.Chaining();

        await chaining.StartAsync(Cancel);
        for (var i = 0; i < 100; i++)
        {
            workspace.Time.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(2, Cancel);
        }

        ((Microsoft.Extensions.Hosting.BackgroundService)chaining).ExecuteTask!.IsCompleted.ShouldBeFalse();
        (await workspace.EntriesAsync()).Count(e => e.Sequence is null).ShouldBe(2);
        await workspace.TamperAsync($"UPDATE audit_seal SET sealed_key = {seal.SealedKey}");
        await chaining.StopAsync(Cancel);
        (await workspace.EntriesAsync()).Select(e => e.Sequence).ShouldBe([1, 2, 3], "an orderly stop chains what waits");
        (await workspace.CheckAsync()).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nodes_that_chain_at_once_lose_and_double_nothing()
    {
        var nodes = workspace is PostgresWorkspace ? new[] { workspace.Services, workspace.StartNode(), workspace.StartNode() } : [workspace.Services];
        using var written = new CancellationTokenSource();
        var chaining = nodes.Select(node => Task.Run(async () =>
        {
            while (!written.IsCancellationRequested) await workspace.ChainAsync(node);
        }, Cancel)).ToList();
        var writing = nodes.Select(node => Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++) await workspace.WriteAsync(5, node);
        }, Cancel)).ToList();

        await Task.WhenAll(writing);
        await written.CancelAsync();
        await Task.WhenAll(chaining);
        await workspace.ChainAsync();

        var report = await workspace.CheckAsync();
        report.Faults.ShouldBeEmpty();
        report.Checked.ShouldBe(nodes.Length * 200);
    }

    [Fact]
    public async Task A_check_while_others_write_finds_nothing()
    {
        await workspace.WriteChainedAsync(300);
        using var done = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested) await workspace.WriteChainedAsync(20);
        }, Cancel);

        for (var i = 0; i < 15; i++) (await workspace.CheckAsync()).Faults.ShouldBeEmpty();
        await done.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task The_hash_is_made_of_what_was_said_and_not_of_how_a_database_keeps_it()
    {
        await workspace.WriteAsync(1);
        var read = (await workspace.EntriesAsync()).ShouldHaveSingleItem();
        var said = new AuditEntry
        {
            Id = read.Id, At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), Event = AuditEvents.ConnectionUpdated, ResourceType = AuditedTypes.Connection, ResourceId = 7, ResourceName = "Billing", ProjectId = 2,
            ActorKind = ActorKind.Member, ActorId = 3, ActorName = "Anna Ångström 🎈", ActorEmail = "anna@acme.example", Address = "10.0.0.5", UserAgent = "curl/8", Count = 4, Reason = "Because", Changes = """{"name":["Old","Neü 0"]}""",
        };

        AuditHash.Of([1], 1, [], read).ShouldBe(AuditHash.Of([1], 1, [], said));
    }
}
