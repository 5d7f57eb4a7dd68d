using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatKit.Data.Gateway.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "cache_read_tokens",
                table: "spend_logs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTime>(
                name: "completion_start_time",
                table: "spend_logs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_estimated",
                table: "spend_logs",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "messages",
                table: "spend_logs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "response",
                table: "spend_logs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "daily_spend",
                columns: table => new
                {
                    kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    key_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    model = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    model_group = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    provider = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    spend = table.Column<long>(type: "INTEGER", nullable: false),
                    prompt_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    completion_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    cache_read_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    cache_creation_tokens = table.Column<long>(type: "INTEGER", nullable: false),
                    requests = table.Column<long>(type: "INTEGER", nullable: false),
                    successful = table.Column<long>(type: "INTEGER", nullable: false),
                    unpriced = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_daily_spend", x => new { x.kind, x.id, x.day, x.key_hash, x.model, x.model_group, x.provider });
                });

            migrationBuilder.CreateTable(
                name: "spend_batches",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    written_at = table.Column<DateTime>(type: "TEXT", nullable: false)
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
