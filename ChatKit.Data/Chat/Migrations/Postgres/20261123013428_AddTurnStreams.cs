using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatKit.Data.Chat.Migrations.Postgres
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
                    id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    thread_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    alive_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    events = table.Column<long>(type: "bigint", nullable: true),
                    cancel_requested = table.Column<bool>(type: "boolean", nullable: false)
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
                    stream_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    first = table.Column<long>(type: "bigint", nullable: false),
                    last = table.Column<long>(type: "bigint", nullable: false),
                    frames = table.Column<byte[]>(type: "bytea", nullable: false)
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
