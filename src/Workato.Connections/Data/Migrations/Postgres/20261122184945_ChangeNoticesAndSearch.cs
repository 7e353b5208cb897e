using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workato.Connections.Data.Migrations.Postgres
{
    /// <summary>
    /// Written by hand. Tells other nodes inside the writing transaction which row changed, whatever wrote it, and gives
    /// the search in names its index.
    /// </summary>
    public partial class ChangeNoticesAndSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                CREATE FUNCTION notify_row_changed() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_notify('row_changed', TG_TABLE_NAME || ':' || OLD.id);
                    RETURN NULL;
                END $$;
                CREATE TRIGGER connections_changed AFTER UPDATE OR DELETE ON connections
                    FOR EACH ROW EXECUTE FUNCTION notify_row_changed();
                CREATE TRIGGER api_clients_changed AFTER UPDATE OR DELETE ON api_clients
                    FOR EACH ROW EXECUTE FUNCTION notify_row_changed();
                """);

            // Where the extension may not be created the search still works, by reading every name.
            migrationBuilder.Sql("""
                DO $$
                BEGIN
                    CREATE EXTENSION IF NOT EXISTS pg_trgm;
                    CREATE INDEX ix_connections_name_trigrams ON connections USING gin (name gin_trgm_ops);
                EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
                    RAISE NOTICE 'pg_trgm is not available: searching connections by name reads all of them';
                END $$;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            DROP INDEX IF EXISTS ix_connections_name_trigrams;
            DROP TRIGGER IF EXISTS connections_changed ON connections;
            DROP TRIGGER IF EXISTS api_clients_changed ON api_clients;
            DROP FUNCTION IF EXISTS notify_row_changed();
            """);
    }
}
