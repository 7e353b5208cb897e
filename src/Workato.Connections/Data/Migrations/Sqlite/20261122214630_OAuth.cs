using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workato.Connections.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OAuth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "granted_scopes",
                table: "connections",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "refresh_due_at",
                table: "connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "refresh_failures",
                table: "connections",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "refresh_held_until",
                table: "connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "refresh_holder",
                table: "connections",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "refresh_problem",
                table: "connections",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "requested_scopes",
                table: "connections",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "sealed_tokens",
                table: "connections",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "tokens_expire_at",
                table: "connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "uses_tokens",
                table: "connections",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "authorization_attempts",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    state_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    browser_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    provider = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    connection_id = table.Column<int>(type: "INTEGER", nullable: true),
                    sealed_intent = table.Column<byte[]>(type: "BLOB", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    used_at = table.Column<long>(type: "INTEGER", nullable: true),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    problem = table.Column<string>(type: "TEXT", nullable: true)
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
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    token_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    connection_id = table.Column<int>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false)
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
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    provider = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: false),
                    sealed_secret = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_custom_oauth_profiles", x => x.id);
                });

            // By hand: with a column of its own the reference needs no rebuilding of the table, which could not be undone halfway.
            migrationBuilder.Sql("""
                ALTER TABLE connections ADD COLUMN custom_oauth_profile_id INTEGER NULL
                    CONSTRAINT fk_connections_custom_oauth_profiles_custom_oauth_profile_id REFERENCES custom_oauth_profiles (id) ON DELETE RESTRICT;
                """);

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

        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
