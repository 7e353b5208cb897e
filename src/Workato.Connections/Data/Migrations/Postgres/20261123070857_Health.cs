using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Workato.Connections.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Health : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "cause",
                table: "connections",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "end_is_given",
                table: "connections",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ends_at",
                table: "connections",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "evidence",
                table: "connections",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "identity_before",
                table: "connections",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "incident_id",
                table: "connections",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "test_due_at",
                table: "connections",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "warn_at",
                table: "connections",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "connection_days",
                columns: table => new
                {
                    connection_id = table.Column<int>(type: "integer", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    calls = table.Column<int>(type: "integer", nullable: false),
                    rejections = table.Column<int>(type: "integer", nullable: false),
                    refreshes = table.Column<int>(type: "integer", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connection_days", x => new { x.connection_id, x.day });
                    table.ForeignKey(
                        name: "fk_connection_days_connections_connection_id",
                        column: x => x.connection_id,
                        principalTable: "connections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "connection_events",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    connection_id = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    cause = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    words = table.Column<string>(type: "text", nullable: true),
                    evidence = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    by = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    member_id = table.Column<int>(type: "integer", nullable: true),
                    incident_id = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connection_events", x => x.id);
                    table.ForeignKey(
                        name: "fk_connection_events_connections_connection_id",
                        column: x => x.connection_id,
                        principalTable: "connections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "health_samples",
                columns: table => new
                {
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    working = table.Column<int>(type: "integer", nullable: false),
                    in_trouble = table.Column<int>(type: "integer", nullable: false),
                    broken = table.Column<int>(type: "integer", nullable: false),
                    not_connected = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_health_samples", x => new { x.project_id, x.at });
                    table.ForeignKey(
                        name: "fk_health_samples_project_project_id",
                        column: x => x.project_id,
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "incidents",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    provider = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    host = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    connection_id = table.Column<int>(type: "integer", nullable: true),
                    connection_name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    cause = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    is_warning = table.Column<bool>(type: "boolean", nullable: false),
                    words = table.Column<string>(type: "text", nullable: false),
                    evidence = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    calm_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    told_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    affected = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incidents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "key_rotations",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    target = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    by = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    part = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    cursor = table.Column<long>(type: "bigint", nullable: false),
                    done = table.Column<long>(type: "bigint", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: false),
                    unreadable = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_key_rotations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notice_channels",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    address = table.Column<string>(type: "character varying(2048)", maxLength: 2048, nullable: false),
                    sealed_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    all_projects = table.Column<bool>(type: "boolean", nullable: false),
                    project_ids = table.Column<List<int>>(type: "integer[]", nullable: false),
                    with_warnings = table.Column<bool>(type: "boolean", nullable: false),
                    quiet_from = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    quiet_to = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    time_zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    stopped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    failing_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    problem = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_channels", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notice_deliveries",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    channel_id = table.Column<int>(type: "integer", nullable: false),
                    incident_id = table.Column<int>(type: "integer", nullable: true),
                    connection_id = table.Column<int>(type: "integer", nullable: true),
                    @event = table.Column<string>(name: "event", type: "character varying(32)", maxLength: 32, nullable: false),
                    message_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    payload = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    given_up_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    problem = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_deliveries", x => x.id);
                    table.ForeignKey(
                        name: "fk_notice_deliveries_incidents_incident_id",
                        column: x => x.incident_id,
                        principalTable: "incidents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_notice_deliveries_notice_channels_channel_id",
                        column: x => x.channel_id,
                        principalTable: "notice_channels",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_connections_warn_at",
                table: "connections",
                column: "warn_at",
                filter: "warn_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_connections_id",
                table: "connections",
                column: "id",
                filter: "incident_id IS NULL AND (status = 'Failed' OR status = 'Exception' OR refresh_problem IS NOT NULL)");

            migrationBuilder.CreateIndex(
                name: "ix_connections_incident_id",
                table: "connections",
                column: "incident_id",
                filter: "incident_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_connections_test_due_at",
                table: "connections",
                column: "test_due_at",
                filter: "test_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_connection_days_day",
                table: "connection_days",
                column: "day");

            migrationBuilder.CreateIndex(
                name: "ix_connection_events_at",
                table: "connection_events",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_connection_events_connection_id_id",
                table: "connection_events",
                columns: new[] { "connection_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_connection_events_incident_id",
                table: "connection_events",
                column: "incident_id",
                filter: "incident_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_health_samples_at",
                table: "health_samples",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_incidents_connection_id",
                table: "incidents",
                column: "connection_id");

            migrationBuilder.CreateIndex(
                name: "ix_incidents_open_connection",
                table: "incidents",
                columns: new[] { "connection_id", "is_warning", "cause" },
                unique: true,
                filter: "resolved_at IS NULL AND connection_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_incidents_open_host",
                table: "incidents",
                columns: new[] { "provider", "host" },
                unique: true,
                filter: "resolved_at IS NULL AND connection_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_incidents_resolved_at",
                table: "incidents",
                column: "resolved_at");

            migrationBuilder.CreateIndex(
                name: "ix_key_rotations_open",
                table: "key_rotations",
                column: "kind",
                unique: true,
                filter: "finished_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_notice_deliveries_channel_id_id",
                table: "notice_deliveries",
                columns: new[] { "channel_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_notice_deliveries_incident_id",
                table: "notice_deliveries",
                column: "incident_id");

            migrationBuilder.CreateIndex(
                name: "ix_notice_deliveries_pending",
                table: "notice_deliveries",
                columns: new[] { "channel_id", "due_at" },
                filter: "due_at IS NOT NULL");

            // What there is already is tested within the coming hours, not all at once.
            migrationBuilder.Sql("UPDATE connections SET test_due_at = now() + random() * interval '6 hours' WHERE sealed_secrets IS NOT NULL OR sealed_tokens IS NOT NULL");

            // Nor does it concern them when a connection is tested next, or which incident it is part of.
            migrationBuilder.Sql("""
                DROP TRIGGER connections_changed ON connections;
                CREATE TRIGGER connections_changed AFTER UPDATE ON connections FOR EACH ROW
                    WHEN ((NEW.refresh_holder IS NULL OR OLD.refresh_held_until IS NOT DISTINCT FROM NEW.refresh_held_until)
                        AND ((OLD.test_due_at IS NOT DISTINCT FROM NEW.test_due_at AND OLD.incident_id IS NOT DISTINCT FROM NEW.incident_id)
                            OR OLD.status IS DISTINCT FROM NEW.status OR OLD.error IS DISTINCT FROM NEW.error OR OLD.tested_at IS DISTINCT FROM NEW.tested_at
                            OR OLD.credential_version <> NEW.credential_version OR OLD.updated_at <> NEW.updated_at
                            OR OLD.refresh_due_at IS DISTINCT FROM NEW.refresh_due_at OR OLD.refresh_problem IS DISTINCT FROM NEW.refresh_problem))
                    EXECUTE FUNCTION notify_row_changed();
                """);

            // A new data key must be known to all nodes before anything comes to them that was sealed under it.
            migrationBuilder.Sql("""
                CREATE FUNCTION notify_row_added() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_notify('row_changed', TG_TABLE_NAME || ':' || NEW.id);
                    RETURN NULL;
                END $$;
                CREATE TRIGGER data_protection_keys_added AFTER INSERT OR UPDATE ON data_protection_keys
                    FOR EACH ROW EXECUTE FUNCTION notify_row_added();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER connections_changed ON connections;
                CREATE TRIGGER connections_changed AFTER UPDATE ON connections FOR EACH ROW
                    WHEN (NEW.refresh_holder IS NULL OR OLD.refresh_held_until IS NOT DISTINCT FROM NEW.refresh_held_until)
                    EXECUTE FUNCTION notify_row_changed();
                """);
            migrationBuilder.Sql("DROP TRIGGER IF EXISTS data_protection_keys_added ON data_protection_keys; DROP FUNCTION IF EXISTS notify_row_added();");

            migrationBuilder.DropTable(
                name: "connection_days");

            migrationBuilder.DropTable(
                name: "connection_events");

            migrationBuilder.DropTable(
                name: "health_samples");

            migrationBuilder.DropTable(
                name: "key_rotations");

            migrationBuilder.DropTable(
                name: "notice_deliveries");

            migrationBuilder.DropTable(
                name: "incidents");

            migrationBuilder.DropTable(
                name: "notice_channels");

            migrationBuilder.DropIndex(
                name: "ix_connections_warn_at",
                table: "connections");

            migrationBuilder.DropIndex(
                name: "ix_connections_id",
                table: "connections");

            migrationBuilder.DropIndex(
                name: "ix_connections_incident_id",
                table: "connections");

            migrationBuilder.DropIndex(
                name: "ix_connections_test_due_at",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "cause",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "end_is_given",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "ends_at",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "evidence",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "identity_before",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "incident_id",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "test_due_at",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "warn_at",
                table: "connections");
        }
    }
}
