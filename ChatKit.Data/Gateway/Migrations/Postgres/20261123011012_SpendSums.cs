using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatKit.Data.Gateway.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SpendSums : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_spend_logs_end_user_start_time",
                table: "spend_logs");

            migrationBuilder.DropIndex(
                name: "ix_spend_logs_team_id_start_time",
                table: "spend_logs");

            migrationBuilder.DropIndex(
                name: "ix_spend_logs_user_id_start_time",
                table: "spend_logs");

            migrationBuilder.AddColumn<long>(
                name: "cache_creation_tokens",
                table: "spend_logs",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "cache_read_tokens",
                table: "spend_logs",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTime>(
                name: "completion_start_time",
                table: "spend_logs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_estimated",
                table: "spend_logs",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "messages",
                table: "spend_logs",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "response",
                table: "spend_logs",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.CreateTable(
                name: "daily_spend",
                columns: table => new
                {
                    kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    id = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    key_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    model = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    model_group = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    provider = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    spend = table.Column<long>(type: "bigint", nullable: false),
                    prompt_tokens = table.Column<long>(type: "bigint", nullable: false),
                    completion_tokens = table.Column<long>(type: "bigint", nullable: false),
                    cache_read_tokens = table.Column<long>(type: "bigint", nullable: false),
                    cache_creation_tokens = table.Column<long>(type: "bigint", nullable: false),
                    requests = table.Column<long>(type: "bigint", nullable: false),
                    successful = table.Column<long>(type: "bigint", nullable: false),
                    unpriced = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_daily_spend", x => new { x.kind, x.id, x.day, x.key_hash, x.model, x.model_group, x.provider });
                });

            migrationBuilder.CreateTable(
                name: "spend_batches",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    written_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_spend_batches", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_spend_logs_end_user_start_time",
                table: "spend_logs",
                columns: new[] { "end_user", "start_time" },
                filter: "end_user IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_spend_logs_team_id_start_time",
                table: "spend_logs",
                columns: new[] { "team_id", "start_time" },
                filter: "team_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_spend_logs_user_id_start_time",
                table: "spend_logs",
                columns: new[] { "user_id", "start_time" },
                filter: "user_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_daily_spend_kind_day",
                table: "daily_spend",
                columns: new[] { "kind", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_spend_batches_written_at",
                table: "spend_batches",
                column: "written_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "daily_spend");

            migrationBuilder.DropTable(
                name: "spend_batches");

            migrationBuilder.DropIndex(
                name: "ix_spend_logs_end_user_start_time",
                table: "spend_logs");

            migrationBuilder.DropIndex(
                name: "ix_spend_logs_team_id_start_time",
                table: "spend_logs");

            migrationBuilder.DropIndex(
                name: "ix_spend_logs_user_id_start_time",
                table: "spend_logs");

            migrationBuilder.DropColumn(
                name: "cache_creation_tokens",
                table: "spend_logs");

            migrationBuilder.DropColumn(
                name: "cache_read_tokens",
                table: "spend_logs");

            migrationBuilder.DropColumn(
                name: "completion_start_time",
                table: "spend_logs");

            migrationBuilder.DropColumn(
                name: "is_estimated",
                table: "spend_logs");

            migrationBuilder.DropColumn(
                name: "messages",
                table: "spend_logs");

            migrationBuilder.DropColumn(
                name: "response",
                table: "spend_logs");

            migrationBuilder.CreateIndex(
                name: "ix_spend_logs_end_user_start_time",
                table: "spend_logs",
                columns: new[] { "end_user", "start_time" });

            migrationBuilder.CreateIndex(
                name: "ix_spend_logs_team_id_start_time",
                table: "spend_logs",
                columns: new[] { "team_id", "start_time" });

            migrationBuilder.CreateIndex(
                name: "ix_spend_logs_user_id_start_time",
                table: "spend_logs",
                columns: new[] { "user_id", "start_time" });
        }
    }
}
