using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatKit.Data.Chat.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddTurnStreams : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "turn_streams",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    thread_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    user_id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    started_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    alive_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    events = table.Column<long>(type: "INTEGER", nullable: true),
                    cancel_requested = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_turn_streams", x => x.id);
                    table.ForeignKey(
                        name: "fk_turn_streams_threads_thread_id",
                        column: x => x.thread_id,
                        principalTable: "threads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "turn_stream_chunks",
                columns: table => new
                {
                    stream_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    first = table.Column<long>(type: "INTEGER", nullable: false),
                    last = table.Column<long>(type: "INTEGER", nullable: false),
                    frames = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_turn_stream_chunks", x => new { x.stream_id, x.first });
                    table.ForeignKey(
                        name: "fk_turn_stream_chunks_turn_streams_stream_id",
                        column: x => x.stream_id,
                        principalTable: "turn_streams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_turn_streams_started_at",
                table: "turn_streams",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "ix_turn_streams_thread_id_started_at",
                table: "turn_streams",
                columns: new[] { "thread_id", "started_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "turn_stream_chunks");

            migrationBuilder.DropTable(
                name: "turn_streams");
        }
    }
}
