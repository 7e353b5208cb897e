using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Workato.Connections.Data;

/// <summary>Registers the context for whichever database is configured.</summary>
public static class DatabaseSetup
{
    /// <summary>The SQLite file's name inside the data directory.</summary>
    public const string SqliteFile = "connections.db";

    private const string PreparedStatements = "Max Auto Prepare";
    private const string NoReset = "No Reset On Close";
    private const int MaxPrepared = 60;

    /// <summary>Registers <see cref="ConnectionsDbContext"/>: PostgreSQL where a connection string is given, SQLite otherwise.</summary>
    public static IServiceCollection AddConnectionsDatabase(this IServiceCollection services, DatabaseOptions options, string dataDirectory) =>
        string.IsNullOrWhiteSpace(options.ConnectionString)
            ? services.AddSingleton<ChangeFeed>().AddSingleton<NodeIdentity>()
                .AddContext<SqliteDbContext>(o => o.UseConnectionsSqlite($"Data Source={Path.Combine(dataDirectory, SqliteFile)}"))
            : services.AddSingleton<ChangeFeed>().AddSingleton<NodeIdentity>().AddSingleton(options).AddHostedService<PostgresChangeListener>()
                .AddContext<PostgresDbContext>(o => o.UseConnectionsPostgres(options.ConnectionString));

    internal static DbContextOptionsBuilder UseConnectionsSqlite(this DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlite(connectionString).UseSnakeCaseNamingConvention().Quiet();

    internal static DbContextOptionsBuilder UseConnectionsPostgres(this DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(WithoutRepetition(connectionString)).UseSnakeCaseNamingConvention().Quiet();

    // The statements are few and come again and again: what the server has parsed and planned once it need not again, which
    // is a third of what it computes. An operator whose pooler cannot do that says Max Auto Prepare=0.
    // And nothing here leaves anything behind in a session that is given back to the pool (no setting, no temporary table, no
    // cursor; locks are given back by name): cleaning it up for the next user would be six more statements for each one.
    private static string WithoutRepetition(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (!builder.ShouldSerialize(PreparedStatements)) builder.MaxAutoPrepare = MaxPrepared;
        if (!builder.ShouldSerialize(NoReset)) builder.NoResetOnClose = true;
        return builder.ConnectionString;
    }

    // A unique violation is an expected outcome here and is answered, not logged as an error with its values.
    // Whether a migration was forgotten is asked by a test: at every start it would mean building a second model to compare.
    private static DbContextOptionsBuilder Quiet(this DbContextOptionsBuilder options) => options.ConfigureWarnings(w => w
        .Ignore(RelationalEventId.PendingModelChangesWarning)
        .Log((CoreEventId.SaveChangesFailed, Microsoft.Extensions.Logging.LogLevel.Debug), (RelationalEventId.CommandError, Microsoft.Extensions.Logging.LogLevel.Debug)));

    private static IServiceCollection AddContext<TContext>(this IServiceCollection services, Action<DbContextOptionsBuilder> configure)
        where TContext : ConnectionsDbContext => services
        .AddPooledDbContextFactory<TContext>(configure)
        .AddScoped<ConnectionsDbContext>(s => s.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext());
}
