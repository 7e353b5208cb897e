using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Workato.Connections.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class People : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "roles",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    is_system = table.Column<bool>(type: "boolean", nullable: false),
                    privileges = table.Column<string[]>(type: "text[]", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roles", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_roles_name",
                table: "roles",
                column: "name",
                unique: true);

            // What they allow is kept up at every start (WorkspaceSetup); here they must be there for those who get one.
            migrationBuilder.Sql("""
                INSERT INTO roles (name, is_system, privileges, created_at, updated_at) VALUES
                    ('Owner', true, '{}', now(), now()),
                    ('Admin', true, '{}', now(), now()),
                    ('Analyst', true, '{}', now(), now()),
                    ('Operator', true, '{}', now(), now());
                """);

            migrationBuilder.Sql("""
                ALTER TABLE members ADD role_id integer NOT NULL DEFAULT 1;
                ALTER TABLE api_clients ADD role_id integer NOT NULL DEFAULT 1;
                """);

            migrationBuilder.AddColumn<bool>(
                name: "all_projects",
                table: "members",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "has_role_of_groups",
                table: "members",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "is_local",
                table: "members",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "issuer",
                table: "members",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<List<int>>(
                name: "project_ids",
                table: "members",
                type: "integer[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "removed_at",
                table: "members",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "signed_in_at",
                table: "members",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "subject",
                table: "members",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "authorized_by",
                table: "connections",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "authorized_by_id",
                table: "connections",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "made_by",
                table: "authorization_links",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "all_projects",
                table: "api_clients",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<List<string>>(
                name: "allowed_networks",
                table: "api_clients",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "expires_at",
                table: "api_clients",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<List<int>>(
                name: "project_ids",
                table: "api_clients",
                type: "integer[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "token_made_at",
                table: "api_clients",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "updated_at",
                table: "api_clients",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "used_at",
                table: "api_clients",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    @event = table.Column<string>(name: "event", type: "character varying(64)", maxLength: 64, nullable: false),
                    resource_type = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    resource_id = table.Column<int>(type: "integer", nullable: true),
                    resource_name = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    project_id = table.Column<int>(type: "integer", nullable: true),
                    actor_kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    actor_id = table.Column<int>(type: "integer", nullable: true),
                    actor_name = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    actor_email = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    address = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    user_agent = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    count = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    changes = table.Column<string>(type: "text", nullable: true),
                    sequence = table.Column<long>(type: "bigint", nullable: true),
                    hash = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_seal",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    sealed_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_seal", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_members_email",
                table: "members",
                column: "email",
                unique: true,
                filter: "removed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_members_issuer_subject",
                table: "members",
                columns: new[] { "issuer", "subject" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_members_role_id",
                table: "members",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "ix_connections_authorized_by_id",
                table: "connections",
                column: "authorized_by_id",
                filter: "authorized_by_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_api_clients_role_id",
                table: "api_clients",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_actor_kind_actor_id_id",
                table: "audit_entries",
                columns: new[] { "actor_kind", "actor_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_at",
                table: "audit_entries",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_resource_type_resource_id_id",
                table: "audit_entries",
                columns: new[] { "resource_type", "resource_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_sequence",
                table: "audit_entries",
                column: "sequence",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_unchained",
                table: "audit_entries",
                column: "id",
                filter: "sequence IS NULL");

            migrationBuilder.AddForeignKey(
                name: "fk_api_clients_role_role_id",
                table: "api_clients",
                column: "role_id",
                principalTable: "roles",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_members_role_role_id",
                table: "members",
                column: "role_id",
                principalTable: "roles",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            // Who was there could do everything, everywhere.
            migrationBuilder.Sql("""
                UPDATE members SET is_local = true, role_id = (SELECT id FROM roles WHERE name = 'Owner');
                UPDATE api_clients SET token_made_at = created_at, updated_at = created_at, role_id = (SELECT id FROM roles WHERE name = 'Owner');
                """);
            migrationBuilder.Sql("""
                ALTER TABLE members ALTER role_id DROP DEFAULT;
                ALTER TABLE api_clients ALTER role_id DROP DEFAULT;
                DROP TRIGGER api_clients_changed ON api_clients;
                CREATE TRIGGER api_clients_changed AFTER DELETE OR UPDATE OF name, token_hash, role_id, all_projects, project_ids, allowed_networks, expires_at ON api_clients
                    FOR EACH ROW EXECUTE FUNCTION notify_row_changed();
                CREATE TRIGGER members_changed AFTER DELETE OR UPDATE OF name, email, role_id, all_projects, project_ids, removed_at ON members
                    FOR EACH ROW EXECUTE FUNCTION notify_row_changed();
                CREATE TRIGGER roles_changed AFTER DELETE OR UPDATE ON roles
                    FOR EACH ROW EXECUTE FUNCTION notify_row_changed();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER roles_changed ON roles;
                DROP TRIGGER members_changed ON members;
                DROP TRIGGER api_clients_changed ON api_clients;
                CREATE TRIGGER api_clients_changed AFTER UPDATE OR DELETE ON api_clients
                    FOR EACH ROW EXECUTE FUNCTION notify_row_changed();
                """);

            migrationBuilder.DropForeignKey(
                name: "fk_api_clients_role_role_id",
                table: "api_clients");

            migrationBuilder.DropForeignKey(
                name: "fk_members_role_role_id",
                table: "members");

            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "audit_seal");

            migrationBuilder.DropTable(
                name: "roles");

            migrationBuilder.DropIndex(
                name: "ix_members_email",
                table: "members");

            migrationBuilder.DropIndex(
                name: "ix_members_issuer_subject",
                table: "members");

            migrationBuilder.DropIndex(
                name: "ix_members_role_id",
                table: "members");

            migrationBuilder.DropIndex(
                name: "ix_connections_authorized_by_id",
                table: "connections");

            migrationBuilder.DropIndex(
                name: "ix_api_clients_role_id",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "all_projects",
                table: "members");

            migrationBuilder.DropColumn(
                name: "has_role_of_groups",
                table: "members");

            migrationBuilder.DropColumn(
                name: "is_local",
                table: "members");

            migrationBuilder.DropColumn(
                name: "issuer",
                table: "members");

            migrationBuilder.DropColumn(
                name: "project_ids",
                table: "members");

            migrationBuilder.DropColumn(
                name: "removed_at",
                table: "members");

            migrationBuilder.DropColumn(
                name: "role_id",
                table: "members");

            migrationBuilder.DropColumn(
                name: "signed_in_at",
                table: "members");

            migrationBuilder.DropColumn(
                name: "subject",
                table: "members");

            migrationBuilder.DropColumn(
                name: "authorized_by",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "authorized_by_id",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "made_by",
                table: "authorization_links");

            migrationBuilder.DropColumn(
                name: "all_projects",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "allowed_networks",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "expires_at",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "project_ids",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "role_id",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "token_made_at",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "updated_at",
                table: "api_clients");

            migrationBuilder.DropColumn(
                name: "used_at",
                table: "api_clients");
        }
    }
}
