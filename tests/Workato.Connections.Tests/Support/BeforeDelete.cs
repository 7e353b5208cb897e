using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;

namespace Workato.Connections.Tests.Support;

/// <summary>Does something between a service's last question and its DELETE.</summary>
public sealed class BeforeDelete : DbCommandInterceptor
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
        if (command.CommandText.StartsWith("DELETE", StringComparison.Ordinal)) await act();
        return result;
    }
}
