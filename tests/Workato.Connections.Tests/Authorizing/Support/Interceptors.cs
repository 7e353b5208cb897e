using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Workato.Connections.Tests.Authorizing.Support;

/// <summary>Counts how often a node looked at connections.</summary>
public sealed class Looks : DbCommandInterceptor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Channel<bool> looks = Channel.CreateUnbounded<bool>();

    /// <summary>Waits for some more of them.</summary>
    public async Task SeenAsync(int count)
    {
        for (var i = 0; i < count; i++) await looks.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.StartsWith("SELECT", StringComparison.Ordinal) && command.CommandText.Replace("\"", "", StringComparison.Ordinal).Contains("FROM connections", StringComparison.Ordinal)) looks.Writer.TryWrite(true);
        return new(result);
    }
}

/// <summary>Does something once, between a service's reading and its saving.</summary>
public sealed class BeforeSaving(Func<Task> act) : SaveChangesInterceptor
{
    private int done;

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref done, 1) == 0) await act();
        return result;
    }
}

/// <summary>
/// Does something once, between looking at a lease that somebody left and taking it. A free lease is taken without a look,
/// by a statement that answers with the row: that one is not seen here.
/// </summary>
public sealed class BeforeTaking(Func<Task> act) : DbCommandInterceptor
{
    private int done;

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.Contains("refresh_holder", StringComparison.Ordinal) && Interlocked.Exchange(ref done, 1) == 0) await act();
        return result;
    }
}

/// <summary>A database that does not take new tokens a few times.</summary>
public sealed class BrokenWrites(int times) : DbCommandInterceptor
{
    private int left = times;

    /// <summary>How often it failed.</summary>
    public int Failed { get; private set; }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (!command.CommandText.Contains("SET sealed_tokens", StringComparison.Ordinal) || Interlocked.Decrement(ref left) < 0) return new(result);
        Failed++;
        throw new Gone();
    }

    private sealed class Gone() : DbException("The database is gone.");
}
