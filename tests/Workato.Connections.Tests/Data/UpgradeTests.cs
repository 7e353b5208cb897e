using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;
using Workato.Connections.Tests.Support;

namespace Workato.Connections.Tests.Data;

/// <summary>What is in a database of an earlier version is there in the next.</summary>
public abstract class UpgradeTests(Workspace workspace) : IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_connections_of_one_user_below_one_parent_are_kept_and_the_oldest_stays_theirs()
    {
        await using var scope = workspace.StartNode().CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>();
        var migrator = db.GetInfrastructure().GetRequiredService<IMigrator>();
        await migrator.MigrateAsync(db.Database.GetMigrations().Single(m => m.EndsWith("_People", StringComparison.Ordinal)), Cancel);
        await DoAsync(db, $"INSERT INTO projects (name, is_home) VALUES ('P', {True(db)})");
        await DoAsync(db, $"INSERT INTO folders (name, is_project, project_id, created_at, updated_at) SELECT 'F', {True(db)}, id, {Now(db)}, {Now(db)} FROM projects");
        foreach (var (parent, user) in new[] { ("NULL", "NULL"), ("1", "'ada'"), ("1", "'ada'"), ("1", "'bob'") })
            await DoAsync(db, $$"""
                INSERT INTO connections (name, provider, folder_id, parent_id, external_id, sign_in_by, settings, credential_version, account_kind, environment, uses_tokens, refresh_failures, created_at, updated_at)
                SELECT 'C', 'rest', id, {{parent}}, {{user}}, 'headers', '{}', 1, 'Dedicated', 'Production', {{False(db)}}, 0, {{Now(db)}}, {{Now(db)}} FROM folders
                """);

        await migrator.MigrateAsync(cancellationToken: Cancel);

        (await db.Database.SqlQueryRaw<string>("SELECT coalesce(external_id, '-') AS \"Value\" FROM connections ORDER BY id").ToListAsync(Cancel)).ShouldBe(["-", "ada", "ada (3)", "bob"]);
    }

    public async ValueTask InitializeAsync() => await workspace.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await workspace.DisposeAsync();
    }

    // As an earlier version's own code wrote it, which is not there any more.
    private static async Task DoAsync(ConnectionsDbContext db, string sql)
    {
        await db.Database.OpenConnectionAsync(Cancel);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static string True(ConnectionsDbContext db) => db is SqliteDbContext ? "1" : "true";

    private static string False(ConnectionsDbContext db) => db is SqliteDbContext ? "0" : "false";

    private static string Now(ConnectionsDbContext db) => db is SqliteDbContext ? "0" : "now()";
}

public sealed class UpgradeOnSqlite() : UpgradeTests(new SqliteWorkspace());

public sealed class UpgradeOnPostgres(PostgresCluster cluster) : UpgradeTests(new PostgresWorkspace(cluster));
