using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Auditing;

/// <summary>Every column of an entry counts, also one that is added tomorrow.</summary>
public abstract class AuditedColumnsTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Columns => [.. typeof(AuditEntry).GetProperties().Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task An_altered_column_is_found(string column)
    {
        await workspace.WriteChainedAsync(2);
        (await workspace.CheckAsync()).Faults.ShouldBeEmpty();
        var id = (await workspace.EntriesAsync())[0].Id;

        var before = await AlterAsync(id, column, Other);

        (await workspace.CheckAsync()).Faults.ShouldNotBeEmpty();
        await AlterAsync(column == nameof(AuditEntry.Id) ? id + 1_000_000 : id, column, _ => before);
        (await workspace.CheckAsync()).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_text_instead_of_an_empty_one_is_found()
    {
        await workspace.WriteChainedAsync(1);
        var id = (await workspace.EntriesAsync())[^1].Id;

        await AlterAsync(id, nameof(AuditEntry.Reason), _ => "");
        (await workspace.CheckAsync()).Faults.ShouldHaveSingleItem();
        await AlterAsync(id, nameof(AuditEntry.Reason), _ => null);
        (await workspace.CheckAsync()).Faults.ShouldHaveSingleItem();
        await AlterAsync(id, nameof(AuditEntry.Reason), _ => "Because");
    }

    private Task<object?> AlterAsync(long id, string column, Func<object?, object?> alter) => workspace.DbAsync<object?>(async db =>
    {
        var entry = db.Entry(await db.Set<AuditEntry>().SingleAsync(e => e.Id == id, Cancel)).Property(column);
        var before = entry.CurrentValue;
        if (column == nameof(AuditEntry.Id)) await db.Database.ExecuteSqlAsync($"UPDATE audit_entries SET id = {(long)alter(before)!} WHERE id = {id}", Cancel);
        else
        {
            entry.CurrentValue = alter(before);
            await db.SaveChangesAsync(Cancel);
        }

        return before;
    });

    private static object? Other(object? value) => value switch
    {
        string text => text + "x",
        int number => number + 1,
        long number => number + 1_000_000,
        DateTimeOffset at => at.AddMicroseconds(1),
        ActorKind => ActorKind.Nobody,
        byte[] bytes => bytes.Select(b => (byte)~b).ToArray(),
        _ => throw new NotSupportedException($"{value}: the entries of these tests leave this column out."),
    };
}

public sealed class AuditedColumnsOnSqlite(SqliteWorkspace workspace) : AuditedColumnsTests(workspace), IClassFixture<SqliteWorkspace>;

public sealed class AuditedColumnsOnPostgres(PostgresWorkspace workspace) : AuditedColumnsTests(workspace), IClassFixture<PostgresWorkspace>;
