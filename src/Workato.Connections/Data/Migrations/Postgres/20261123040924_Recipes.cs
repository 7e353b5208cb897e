using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Workato.Connections.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Recipes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A user has one connection below another from now on. Where there are several, the oldest stays this user's.
            migrationBuilder.Sql("""
                UPDATE connections SET external_id = substr(external_id, 1, 240) || ' (' || id || ')'
                WHERE parent_id IS NOT NULL AND external_id IS NOT NULL AND id NOT IN (
                    SELECT min(id) FROM connections WHERE parent_id IS NOT NULL AND external_id IS NOT NULL GROUP BY parent_id, external_id)
                """);

            migrationBuilder.DropColumn(
                name: "made_by",
                table: "authorization_links");

            migrationBuilder.DropIndex(
                name: "ix_connections_parent_id_external_id",
                table: "connections");

            migrationBuilder.AddColumn<string>(
                name: "callback_url",
                table: "connections",
                type: "character varying(2048)",
                maxLength: 2048,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "redirect_url",
                table: "connections",
                type: "character varying(2048)",
                maxLength: 2048,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "connection_replacements",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    from_id = table.Column<int>(type: "integer", nullable: false),
                    to_id = table.Column<int>(type: "integer", nullable: false),
                    recipe_ids = table.Column<List<int>>(type: "integer[]", nullable: false),
                    made_by = table.Column<string>(type: "text", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    undone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connection_replacements", x => x.id);
                    table.ForeignKey(
                        name: "fk_connection_replacements_connections_from_id",
                        column: x => x.from_id,
                        principalTable: "connections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_connection_replacements_connections_to_id",
                        column: x => x.to_id,
                        principalTable: "connections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "recipes",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    description = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    folder_id = table.Column<int>(type: "integer", nullable: false),
                    type = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    running = table.Column<bool>(type: "boolean", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stopped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stop_cause = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    stop_reason = table.Column<string>(type: "text", nullable: true),
                    stopped_by_connection_id = table.Column<int>(type: "integer", nullable: true),
                    trigger_errors = table.Column<int>(type: "integer", nullable: false),
                    trigger_error = table.Column<string>(type: "text", nullable: true),
                    action_errors = table.Column<int>(type: "integer", nullable: false),
                    webhook_token = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    cursor = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recipes", x => x.id);
                    table.ForeignKey(
                        name: "fk_recipes_connections_stopped_by_connection_id",
                        column: x => x.stopped_by_connection_id,
                        principalTable: "connections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_recipes_folders_folder_id",
                        column: x => x.folder_id,
                        principalTable: "folders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "work_items",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    subject = table.Column<long>(type: "bigint", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    holder = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_work_items", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    recipe_id = table.Column<int>(type: "integer", nullable: false),
                    recipe_version = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    title = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    trigger = table.Column<string>(type: "text", nullable: false),
                    external_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    overrides = table.Column<string>(type: "text", nullable: true),
                    repeat_of = table.Column<long>(type: "bigint", nullable: true),
                    called_by = table.Column<long>(type: "bigint", nullable: true),
                    called_by_step = table.Column<int>(type: "integer", nullable: true),
                    returned = table.Column<string>(type: "text", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    error_kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    error_step = table.Column<int>(type: "integer", nullable: true),
                    error_connection_id = table.Column<int>(type: "integer", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_jobs", x => x.id);
                    table.ForeignKey(
                        name: "fk_jobs_recipe_recipe_id",
                        column: x => x.recipe_id,
                        principalTable: "recipes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "polled_records",
                columns: table => new
                {
                    recipe_id = table.Column<int>(type: "integer", nullable: false),
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_polled_records", x => new { x.recipe_id, x.key });
                    table.ForeignKey(
                        name: "fk_polled_records_recipes_recipe_id",
                        column: x => x.recipe_id,
                        principalTable: "recipes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "recipe_connections",
                columns: table => new
                {
                    recipe_id = table.Column<int>(type: "integer", nullable: false),
                    provider = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    connection_id = table.Column<int>(type: "integer", nullable: true),
                    skip_validation = table.Column<bool>(type: "boolean", nullable: false),
                    runtime_user_connections = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recipe_connections", x => new { x.recipe_id, x.provider });
                    table.ForeignKey(
                        name: "fk_recipe_connections_connections_connection_id",
                        column: x => x.connection_id,
                        principalTable: "connections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_recipe_connections_recipes_recipe_id",
                        column: x => x.recipe_id,
                        principalTable: "recipes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "recipe_versions",
                columns: table => new
                {
                    recipe_id = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    author = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recipe_versions", x => new { x.recipe_id, x.number });
                    table.ForeignKey(
                        name: "fk_recipe_versions_recipes_recipe_id",
                        column: x => x.recipe_id,
                        principalTable: "recipes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "job_steps",
                columns: table => new
                {
                    job_id = table.Column<long>(type: "bigint", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    turn = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    provider = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    connection_id = table.Column<int>(type: "integer", nullable: true),
                    input = table.Column<string>(type: "text", nullable: true),
                    output = table.Column<string>(type: "text", nullable: true),
                    request = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<int>(type: "integer", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    remark = table.Column<string>(type: "text", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_job_steps", x => new { x.job_id, x.sequence });
                    table.ForeignKey(
                        name: "fk_job_steps_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_connections_parent_id_external_id",
                table: "connections",
                columns: new[] { "parent_id", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_connection_replacements_from_id",
                table: "connection_replacements",
                column: "from_id");

            migrationBuilder.CreateIndex(
                name: "ix_connection_replacements_to_id",
                table: "connection_replacements",
                column: "to_id");

            migrationBuilder.CreateIndex(
                name: "ix_job_steps_connection_id_started_at",
                table: "job_steps",
                columns: new[] { "connection_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_jobs_called_by",
                table: "jobs",
                column: "called_by");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_completed_at",
                table: "jobs",
                column: "completed_at");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_recipe_id_id",
                table: "jobs",
                columns: new[] { "recipe_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_jobs_recipe_id_status_id",
                table: "jobs",
                columns: new[] { "recipe_id", "status", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_recipe_connections_connection_id",
                table: "recipe_connections",
                column: "connection_id");

            migrationBuilder.CreateIndex(
                name: "ix_recipe_connections_provider",
                table: "recipe_connections",
                column: "provider");

            migrationBuilder.CreateIndex(
                name: "ix_recipes_folder_id_id",
                table: "recipes",
                columns: new[] { "folder_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_recipes_running_id",
                table: "recipes",
                columns: new[] { "running", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_recipes_stopped_by_connection_id",
                table: "recipes",
                column: "stopped_by_connection_id");

            migrationBuilder.CreateIndex(
                name: "ix_recipes_updated_at",
                table: "recipes",
                column: "updated_at");

            migrationBuilder.CreateIndex(
                name: "ix_recipes_webhook_token",
                table: "recipes",
                column: "webhook_token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_work_items_kind_due_at",
                table: "work_items",
                columns: new[] { "kind", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_work_items_kind_subject",
                table: "work_items",
                columns: new[] { "kind", "subject" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "made_by",
                table: "authorization_links",
                type: "text",
                nullable: true);

            migrationBuilder.DropTable(
                name: "connection_replacements");

            migrationBuilder.DropTable(
                name: "job_steps");

            migrationBuilder.DropTable(
                name: "polled_records");

            migrationBuilder.DropTable(
                name: "recipe_connections");

            migrationBuilder.DropTable(
                name: "recipe_versions");

            migrationBuilder.DropTable(
                name: "work_items");

            migrationBuilder.DropTable(
                name: "jobs");

            migrationBuilder.DropTable(
                name: "recipes");

            migrationBuilder.DropIndex(
                name: "ix_connections_parent_id_external_id",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "callback_url",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "redirect_url",
                table: "connections");

            migrationBuilder.CreateIndex(
                name: "ix_connections_parent_id_external_id",
                table: "connections",
                columns: new[] { "parent_id", "external_id" });
        }
    }
}
