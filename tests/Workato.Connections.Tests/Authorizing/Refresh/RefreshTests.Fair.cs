using Microsoft.EntityFrameworkCore;
using Workato.Connections.Authorizing.Refresh;
using Workato.Connections.Projects;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Authorizing.Refresh;

/// <summary>Much is due at once, and some of it takes long.</summary>
public abstract partial class RefreshTests
{
    [Fact]
    public async Task An_app_that_hangs_does_not_hold_back_another_however_much_of_it_is_due()
    {
        var works = await ConnectedAsync(input: Machine(), brings: false, provider: TestSuite.OtherProvider);
        Workspace.Time.Advance(TimeSpan.FromHours(2));
        await HangingAsync(250);

        var begun = await Ahead().BeginDueAsync(Cancel);

        begun.Count.ShouldBe(RefreshSlots.PerApp + 1);
        await EventuallyAsync(async () => await TokenAsync(works) == "at-2");
        (await Ahead().BeginDueAsync(Cancel)).ShouldBeEmpty();
        await Workspace.DbAsync(db => db.Connections.Where(c => c.Id != works.Id).ExecuteDeleteAsync(Cancel));
        await RunClockAsync(EndedAsync(begun));
    }

    [Fact]
    public async Task Whatever_ends_makes_room_for_what_is_due_next()
    {
        var made = await MachinesAsync(RefreshSlots.PerApp + 4);
        var gate = new Gate();
        App.Meanwhile = gate.PassAsync;
        Workspace.Time.Advance(TimeSpan.FromHours(2));
        var ahead = Ahead(Node());

        await ahead.StartAsync(Cancel);
        await EventuallyAsync(() => Task.FromResult(App.Asked.Count == made.Count + RefreshSlots.PerApp));
        // The clock stands still: none of them waits for the next round.
        gate.Open();

        await EventuallyAsync(async () => (await RowsAsync()).All(r => r.CredentialVersion == made[0].CredentialVersion + 1));
        App.Asked.Count.ShouldBe(made.Count * 2);
        await ahead.StopAsync(Cancel);
    }

    /// <summary>Connections due long since, whose renewal takes as long as the clock stands: who had them last is not known to be gone yet.</summary>
    private Task<int> HangingAsync(int count) => Workspace.DbAsync(async db =>
    {
        var home = await db.Folders.Where(f => f.ParentId == null).Select(f => f.Id).FirstAsync(Cancel);
        db.AddRange(Enumerable.Range(0, count).Select(_ => new Connection
        {
            Name = "Hangs",
            Provider = TestSuite.Provider,
            FolderId = home,
            SignInBy = "code",
            Settings = [],
            RefreshDueAt = Now.AddDays(-1),
            RefreshHolder = "4242:lease",
            RefreshHeldUntil = Now.AddSeconds(-1),
            CreatedAt = Now,
            UpdatedAt = Now,
        }));
        return await db.SaveChangesAsync(Cancel);
    });

    private Dictionary<string, string?> Machine() => Input("machine", ("app_id", "machine-1"), ("app_secret", "hush"));

    private async Task<List<Connection>> MachinesAsync(int count)
    {
        var made = new List<Connection>();
        while (made.Count < count) made.Add(await ConnectedAsync(input: Machine(), brings: false));
        return made;
    }

    private Task<List<Connection>> RowsAsync() => Workspace.DbAsync(db => db.Connections.AsNoTracking().ToListAsync(Cancel));
}
