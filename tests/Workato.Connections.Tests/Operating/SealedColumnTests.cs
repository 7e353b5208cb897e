using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Workato.Connections.Operating;
using Workato.Connections.Secrets;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Operating;

/// <summary>What is left out of the list would stay under an old key, and be missing from every check.</summary>
public sealed class SealedColumnTests(SqliteWorkspace workspace) : IClassFixture<SqliteWorkspace>
{
    [Fact]
    public async Task Every_column_of_bytes_is_a_hash_or_is_in_the_list_of_what_is_sealed()
    {
        var bytes = await workspace.DbAsync(db => Task.FromResult(db.Model.GetEntityTypes()
            .SelectMany(e => e.GetProperties().Where(p => p.ClrType == typeof(byte[])).Select(p => $"{e.GetTableName()}.{p.GetColumnName(StoreObjectIdentifier.Table(e.GetTableName()!, e.GetSchema()))}")).ToArray()));

        bytes.Where(c => !c.EndsWith("hash", StringComparison.Ordinal)).Order().ShouldBe(SealedColumn.All.Select(c => c.Place).Order());
    }

    [Fact]
    public void Every_kind_of_secret_is_in_a_column_of_the_list_or_ends_by_itself() =>
        SealedColumn.All.Select(c => c.Kind).Concat(SealedColumn.ShortLived).Order().ShouldBe(
            typeof(SecretKinds).GetFields().Select(f => (string)f.GetRawConstantValue()!).Order());
}
