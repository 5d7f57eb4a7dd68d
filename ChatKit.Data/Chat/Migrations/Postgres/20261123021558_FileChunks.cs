using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatKit.Data.Chat.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class FileChunks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "file_chunks",
                columns: table => new
                {
                    attachment_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    embedding = table.Column<float[]>(type: "real[]", nullable: true),
                    model = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_file_chunks", x => new { x.attachment_id, x.ordinal });
                    table.ForeignKey(
                        name: "fk_file_chunks_attachments_attachment_id",
                        column: x => x.attachment_id,
                        principalTable: "attachments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "file_chunks");
        }
    }
}
