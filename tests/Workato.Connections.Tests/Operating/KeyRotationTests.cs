using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Auditing;
using Workato.Connections.Data.Work;
using Workato.Connections.Operating;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Operating;

/// <summary>Data keys are rotated while everything goes on.</summary>
public abstract class KeyRotationTests(Workspace workspace) : RotationScene(workspace)
{
    [Fact]
    public async Task In_the_end_everything_is_sealed_under_the_new_key_and_still_opens()
    {
        await ConnectAsync(3);
        var before = (await KeysAsync()).Single();

        var ended = await FinishAsync((await StartAsync()).Granted().Id);

        var keys = await KeysAsync();
        keys.Single(k => k.Id == before.Id).Secrets.ShouldBe(0);
        keys.Single(k => k.IsInForce).Secrets.ShouldBe(before.Secrets);
        (ended.Done, ended.Total, ended.Unreadable).ShouldBe((before.Secrets, before.Secrets, 0));
        (await CheckAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_version_and_no_date_of_a_connection_is_touched()
    {
        var id = (await ConnectAsync(1)).Single();
        Workspace.Time.Advance(TimeSpan.FromHours(1));
        var before = (await Workspace.RowAsync(id)).ShouldNotBeNull();

        await FinishAsync((await StartAsync()).Granted().Id);

        var after = (await Workspace.RowAsync(id)).ShouldNotBeNull();
        after.SealedTokens.ShouldNotBe(before.SealedTokens);
        (after.CredentialVersion, after.UpdatedAt).ShouldBe((before.CredentialVersion, before.UpdatedAt));
    }

    [Fact]
    public async Task A_node_that_has_not_heard_opens_what_another_sealed_a_moment_ago()
    {
        var deaf = Workspace.StartNode();
        await Workspace.PrepareAsync(deaf);

        (await StartAsync()).Granted();
        var fresh = Protector.Seal(7, new Dictionary<string, Secret> { ["key"] = new("k") });

        CredentialProtector.KeyOf(fresh).ShouldNotBe((await KeysAsync())[^1].Id);
        deaf.GetRequiredService<CredentialProtector>().Open(7, fresh).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_a_node_that_has_not_heard_seals_under_the_old_key_is_sealed_anew_as_well()
    {
        var id = (await ConnectAsync(1)).Single();
        var deaf = Workspace.StartNode();
        await Workspace.PrepareAsync(deaf);
        var rotation = (await StartAsync()).Granted();
        await Workspace.Services.GetRequiredService<WorkRunner>().RunDueAsync(Cancel, KeyRotations.Work);

        await AlterAsync(id, deaf.GetRequiredService<CredentialProtector>().Seal(id, new Dictionary<string, Secret> { ["key"] = new("late") }));
        await FinishAsync(rotation.Id);

        (await KeysAsync()).Where(k => !k.IsInForce).Sum(k => k.Secrets).ShouldBe(0);
        Protector.Open(id, (await Workspace.RowAsync(id))!.SealedSecrets!)!["key"].Reveal().ShouldBe("late");
    }

    [Fact]
    public async Task New_secrets_written_meanwhile_win()
    {
        var id = (await ConnectAsync(1)).Single();
        var column = SealedColumn.All.Single(c => c.Name == "sealed_secrets");
        var read = (await Workspace.DbAsync(db => column.ReadAsync(db, 0, 10, [], Cancel))).Single();
        byte[] newer = [1, 2, 3];
        await AlterAsync(id, newer);

        (await Workspace.DbAsync(db => column.PutAsync(db, read, [9], Cancel))).ShouldBeFalse();
        (await Workspace.RowAsync(id))!.SealedSecrets.ShouldBe(newer);
    }

    [Fact]
    public async Task Where_a_node_is_killed_in_the_middle_another_goes_on_from_there()
    {
        await ConnectAsync(250);
        var rotation = (await StartAsync()).Granted();
        await BreakOffAsync(rotation.Id);
        var left = (await Workspace.AskAsync<KeyRotations, KeyRotation?>(r => r.FindAsync(rotation.Id, Cancel)))!;
        (left.Part, left.Done).ShouldNotBe((null, 0));
        left.Done.ShouldBeLessThan(left.Total);

        Workspace.Time.Advance(WorkRunner.Lease + TimeSpan.FromSeconds(1));
        var other = Workspace.StartNode();
        await Workspace.PrepareAsync(other);
        var ended = await FinishAsync(rotation.Id, other);

        ended.Done.ShouldBe(ended.Total);
        (await KeysAsync()).Where(k => !k.IsInForce).Sum(k => k.Secrets).ShouldBe(0);
    }

    [Fact]
    public async Task It_cannot_be_begun_twice()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => StartAsync())));

        answers.Count(a => a.Refusal is null).ShouldBe(1);
        answers.First(a => a.Refusal is not null).Refusal!.Message.ShouldBe("A rotation of the data keys goes on already. Nothing was changed; wait for its end.");
        (await KeysAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_cannot_be_opened_is_counted_and_left_as_it_is()
    {
        var ids = await ConnectAsync(2);
        byte[] garbage = [1, 2, 3];
        await AlterAsync(ids[0], garbage);

        var ended = await FinishAsync((await StartAsync()).Granted().Id);

        ended.Unreadable.ShouldBe(1);
        (await Workspace.RowAsync(ids[0]))!.SealedSecrets.ShouldBe(garbage);
        Protector.Open(ids[1], (await Workspace.RowAsync(ids[1]))!.SealedSecrets!).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_audit_log_says_who_began_it_and_that_it_ended()
    {
        await FinishAsync((await StartAsync()).Granted().Id);

        (await Workspace.DbAsync(db => db.Set<AuditEntry>().OrderBy(e => e.Id).ToListAsync(Cancel))).Select(AuditWords.Activity)
            .ShouldBe(["began the rotation of keys 'data keys'", "finished the rotation of keys 'data keys'"]);
    }

    // As kill -9 leaves it: the work still held, some batches written.
    private async Task BreakOffAsync(int id)
    {
        await using var scope = Workspace.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Connections.Data.ConnectionsDbContext>();
        var until = Workspace.Time.GetUtcNow() + WorkRunner.Lease;
        await db.Set<WorkItem>().ExecuteUpdateAsync(set => set.SetProperty(w => w.Holder, "gone").SetProperty(w => w.DueAt, until), Cancel);
        var (rotation, batches) = (await db.Set<KeyRotation>().SingleAsync(r => r.Id == id, Cancel), 0);
        await scope.ServiceProvider.GetRequiredService<ResealingPass>().RunAsync(rotation, () => ++batches == 7, Cancel);
    }
}

public sealed class KeyRotationOnSqlite() : KeyRotationTests(new SqliteWorkspace());

public sealed class KeyRotationOnPostgres(PostgresCluster cluster) : KeyRotationTests(new PostgresWorkspace(cluster));
