using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;

namespace Workato.Connections.Tests.Support;

/// <summary>Does something between a service's last question and its DELETE; on SQLite before the transaction around it, which keeps all others out.</summary>
public sealed class BeforeDelete : DbCommandInterceptor, IDbTransactionInterceptor
{
    private readonly Func<Task> act;

    private BeforeDelete(Func<Task> act) => this.act = act;

    /// <summary>On both databases.</summary>
    public static void Do(IServiceCollection services, Func<Task> act)
    {
        var before = new BeforeDelete(act);
        services.ConfigureDbContext<SqliteDbContext>(o => o.AddInterceptors(before));
        services.ConfigureDbContext<PostgresDbContext>(o => o.AddInterceptors(before));
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        System.Data.Common.DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PostgresDbContext && command.CommandText.StartsWith("DELETE", StringComparison.Ordinal)) await act();
        return result;
    }

    public async ValueTask<InterceptionResult<System.Data.Common.DbTransaction>> TransactionStartingAsync(
        System.Data.Common.DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<System.Data.Common.DbTransaction> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is SqliteDbContext) await act();
        return result;
    }
}
