using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workato.Connections.Data.Migrations.Sqlite
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
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    description = table.Column<string>(type: "TEXT", nullable: true),
                    is_system = table.Column<bool>(type: "INTEGER", nullable: false),
                    privileges = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
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
                    ('Owner', 1, '[]', CAST((julianday('now') - 1721425.5) * 864000000000 AS INTEGER), CAST((julianday('now') - 1721425.5) * 864000000000 AS INTEGER)),
                    ('Admin', 1, '[]', CAST((julianday('now') - 1721425.5) * 864000000000 AS INTEGER), CAST((julianday('now') - 1721425.5) * 864000000000 AS INTEGER)),
                    ('Analyst', 1, '[]', CAST((julianday('now') - 1721425.5) * 864000000000 AS INTEGER), CAST((julianday('now') - 1721425.5) * 864000000000 AS INTEGER)),
                    ('Operator', 1, '[]', CAST((julianday('now') - 1721425.5) * 864000000000 AS INTEGER), CAST((julianday('now') - 1721425.5) * 864000000000 AS INTEGER));
                """);

            // Raw, because EF would make the tables anew for a foreign key.
            migrationBuilder.Sql("""
                ALTER TABLE members ADD role_id INTEGER NULL REFERENCES roles (id) ON DELETE RESTRICT;
                ALTER TABLE api_clients ADD role_id INTEGER NULL REFERENCES roles (id) ON DELETE RESTRICT;
                """);

            migrationBuilder.AddColumn<bool>(
                name: "all_projects",
                table: "members",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "has_role_of_groups",
                table: "members",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "is_local",
                table: "members",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "issuer",
                table: "members",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "project_ids",
                table: "members",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<long>(
                name: "removed_at",
                table: "members",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "signed_in_at",
                table: "members",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "subject",
                table: "members",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "authorized_by",
                table: "connections",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "authorized_by_id",
                table: "connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "made_by",
                table: "authorization_links",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "all_projects",
                table: "api_clients",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<string>(
                name: "allowed_networks",
                table: "api_clients",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<long>(
                name: "expires_at",
                table: "api_clients",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "project_ids",
                table: "api_clients",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<long>(
                name: "token_made_at",
                table: "api_clients",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "updated_at",
                table: "api_clients",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "used_at",
                table: "api_clients",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    @event = table.Column<string>(name: "event", type: "TEXT", maxLength: 64, nullable: false),
                    resource_type = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    resource_id = table.Column<int>(type: "INTEGER", nullable: true),
                    resource_name = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    project_id = table.Column<int>(type: "INTEGER", nullable: true),
                    actor_kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    actor_id = table.Column<int>(type: "INTEGER", nullable: true),
                    actor_name = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    actor_email = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    address = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    user_agent = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    count = table.Column<int>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    changes = table.Column<string>(type: "TEXT", nullable: true),
                    sequence = table.Column<long>(type: "INTEGER", nullable: true),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_seal",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    sealed_key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
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

            // Who was there could do everything, everywhere.
            migrationBuilder.Sql("""
                UPDATE members SET is_local = 1, role_id = (SELECT id FROM roles WHERE name = 'Owner');
                UPDATE api_clients SET token_made_at = created_at, updated_at = created_at, role_id = (SELECT id FROM roles WHERE name = 'Owner');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
