using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workato.Connections.Data.Migrations.Sqlite
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
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "end_is_given",
                table: "connections",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "ends_at",
                table: "connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "evidence",
                table: "connections",
                type: "TEXT",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "identity_before",
                table: "connections",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "incident_id",
                table: "connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "test_due_at",
                table: "connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "warn_at",
                table: "connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "connection_days",
                columns: table => new
                {
                    connection_id = table.Column<int>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    calls = table.Column<int>(type: "INTEGER", nullable: false),
                    rejections = table.Column<int>(type: "INTEGER", nullable: false),
                    refreshes = table.Column<int>(type: "INTEGER", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false)
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
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    connection_id = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    cause = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    words = table.Column<string>(type: "TEXT", nullable: true),
                    evidence = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    by = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    member_id = table.Column<int>(type: "INTEGER", nullable: true),
                    incident_id = table.Column<int>(type: "INTEGER", nullable: true)
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
                    project_id = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    working = table.Column<int>(type: "INTEGER", nullable: false),
                    in_trouble = table.Column<int>(type: "INTEGER", nullable: false),
                    broken = table.Column<int>(type: "INTEGER", nullable: false),
                    not_connected = table.Column<int>(type: "INTEGER", nullable: false)
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
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    provider = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    host = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    connection_id = table.Column<int>(type: "INTEGER", nullable: true),
                    connection_name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    cause = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    is_warning = table.Column<bool>(type: "INTEGER", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    evidence = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    calm_since = table.Column<long>(type: "INTEGER", nullable: true),
                    told_at = table.Column<long>(type: "INTEGER", nullable: true),
                    resolved_at = table.Column<long>(type: "INTEGER", nullable: true),
                    affected = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incidents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "key_rotations",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    target = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    part = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    cursor = table.Column<long>(type: "INTEGER", nullable: false),
                    done = table.Column<long>(type: "INTEGER", nullable: false),
                    total = table.Column<long>(type: "INTEGER", nullable: false),
                    unreadable = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_key_rotations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notice_channels",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: false),
                    sealed_secret = table.Column<byte[]>(type: "BLOB", nullable: true),
                    all_projects = table.Column<bool>(type: "INTEGER", nullable: false),
                    project_ids = table.Column<string>(type: "TEXT", nullable: false),
                    with_warnings = table.Column<bool>(type: "INTEGER", nullable: false),
                    quiet_from = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    quiet_to = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    time_zone = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    stopped_at = table.Column<long>(type: "INTEGER", nullable: true),
                    failing_since = table.Column<long>(type: "INTEGER", nullable: true),
                    problem = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_channels", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notice_deliveries",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    channel_id = table.Column<int>(type: "INTEGER", nullable: false),
                    incident_id = table.Column<int>(type: "INTEGER", nullable: true),
                    connection_id = table.Column<int>(type: "INTEGER", nullable: true),
                    @event = table.Column<string>(name: "event", type: "TEXT", maxLength: 32, nullable: false),
                    message_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    payload = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    given_up_at = table.Column<long>(type: "INTEGER", nullable: true),
                    problem = table.Column<string>(type: "TEXT", nullable: true)
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

            // What there is already is tested within the coming hours, not all at once. Instants are UTC ticks here.
            migrationBuilder.Sql("""
                UPDATE connections SET test_due_at = 621355968000000000 + (CAST(strftime('%s', 'now') AS INTEGER) + abs(random() % 21600)) * 10000000
                WHERE sealed_secrets IS NOT NULL OR sealed_tokens IS NOT NULL
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
