using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Workato.Connections.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class OAuth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "custom_oauth_profile_id",
                table: "connections",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "granted_scopes",
                table: "connections",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "refresh_due_at",
                table: "connections",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "refresh_failures",
                table: "connections",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "refresh_held_until",
                table: "connections",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "refresh_holder",
                table: "connections",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "refresh_problem",
                table: "connections",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "requested_scopes",
                table: "connections",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "sealed_tokens",
                table: "connections",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "tokens_expire_at",
                table: "connections",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "uses_tokens",
                table: "connections",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "authorization_attempts",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    state_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    browser_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    provider = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    connection_id = table.Column<int>(type: "integer", nullable: true),
                    sealed_intent = table.Column<byte[]>(type: "bytea", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    problem = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_authorization_attempts", x => x.id);
                    table.ForeignKey(
                        name: "fk_authorization_attempts_connection_connection_id",
                        column: x => x.connection_id,
                        principalTable: "connections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "authorization_links",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    connection_id = table.Column<int>(type: "integer", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_authorization_links", x => x.id);
                    table.ForeignKey(
                        name: "fk_authorization_links_connection_connection_id",
                        column: x => x.connection_id,
                        principalTable: "connections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "custom_oauth_profiles",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    provider = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    client_id = table.Column<string>(type: "character varying(1024)", maxLength: 1024, nullable: false),
                    sealed_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_custom_oauth_profiles", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_connections_custom_oauth_profile_id",
                table: "connections",
                column: "custom_oauth_profile_id");

            migrationBuilder.CreateIndex(
                name: "ix_connections_refresh_due_at",
                table: "connections",
                column: "refresh_due_at",
                filter: "refresh_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_authorization_attempts_connection_id",
                table: "authorization_attempts",
                column: "connection_id");

            migrationBuilder.CreateIndex(
                name: "ix_authorization_attempts_expires_at",
                table: "authorization_attempts",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_authorization_attempts_state_hash",
                table: "authorization_attempts",
                column: "state_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_authorization_links_connection_id",
                table: "authorization_links",
                column: "connection_id");

            migrationBuilder.CreateIndex(
                name: "ix_authorization_links_expires_at",
                table: "authorization_links",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_authorization_links_token_hash",
                table: "authorization_links",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_custom_oauth_profiles_provider",
                table: "custom_oauth_profiles",
                column: "provider");

            migrationBuilder.AddForeignKey(
                name: "fk_connections_custom_oauth_profiles_custom_oauth_profile_id",
                table: "connections",
                column: "custom_oauth_profile_id",
                principalTable: "custom_oauth_profiles",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            // Who only takes or renews the lease of a refresh changes nothing that others remember.
            migrationBuilder.Sql("""
                DROP TRIGGER connections_changed ON connections;
                CREATE TRIGGER connections_changed AFTER UPDATE ON connections FOR EACH ROW
                    WHEN (NEW.refresh_holder IS NULL OR OLD.refresh_held_until IS NOT DISTINCT FROM NEW.refresh_held_until)
                    EXECUTE FUNCTION notify_row_changed();
                CREATE TRIGGER connections_deleted AFTER DELETE ON connections
                    FOR EACH ROW EXECUTE FUNCTION notify_row_changed();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER connections_deleted ON connections;
                DROP TRIGGER connections_changed ON connections;
                CREATE TRIGGER connections_changed AFTER UPDATE OR DELETE ON connections
                    FOR EACH ROW EXECUTE FUNCTION notify_row_changed();
                """);

            migrationBuilder.DropForeignKey(
                name: "fk_connections_custom_oauth_profiles_custom_oauth_profile_id",
                table: "connections");

            migrationBuilder.DropTable(
                name: "authorization_attempts");

            migrationBuilder.DropTable(
                name: "authorization_links");

            migrationBuilder.DropTable(
                name: "custom_oauth_profiles");

            migrationBuilder.DropIndex(
                name: "ix_connections_custom_oauth_profile_id",
                table: "connections");

            migrationBuilder.DropIndex(
                name: "ix_connections_refresh_due_at",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "custom_oauth_profile_id",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "granted_scopes",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "refresh_due_at",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "refresh_failures",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "refresh_held_until",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "refresh_holder",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "refresh_problem",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "requested_scopes",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "sealed_tokens",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "tokens_expire_at",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "uses_tokens",
                table: "connections");
        }
    }
}
