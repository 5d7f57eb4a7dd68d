using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatKit.Data.Gateway.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class StoredResponses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "responses",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    owner = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    previous_id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    root_id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    deployment_id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    input = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_responses", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_responses_created_at",
                table: "responses",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_responses_root_id",
                table: "responses",
                column: "root_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "responses");
        }
    }
}
