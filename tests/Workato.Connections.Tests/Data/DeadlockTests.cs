using Microsoft.EntityFrameworkCore;
using Workato.Connections.Projects;
using Workato.Connections.Tests.Recipes;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Data;

/// <summary>Two that change the same rows in different orders.</summary>
public sealed class DeadlockTests(PostgresWorkspace workspace) : IClassFixture<PostgresWorkspace>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_one_that_gives_way_is_known_for_that()
    {
        var (one, other) = ((await workspace.RootAsync()).Id, (await workspace.RootAsync()).Id);
        using var both = new Barrier(2);

        var known = await Task.WhenAll(GivesWayAsync(one, other), GivesWayAsync(other, one));

        known.ShouldBe([true, false], ignoreOrder: true);

        Task<bool> GivesWayAsync(int first, int second) => Task.Run(() => workspace.DbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
            try
            {
                await TouchAsync(first);
                both.SignalAndWait(Cancel);
                await TouchAsync(second);
                await transaction.CommitAsync(Cancel);
                return false;
            }
            catch (Exception e) when (db.IsDeadlock(e))
            {
                return true;
            }

            Task<int> TouchAsync(int id) => db.Set<Folder>().Where(f => f.Id == id).ExecuteUpdateAsync(set => set.SetProperty(f => f.Name, f => f.Name), Cancel);
        }));
    }
}
