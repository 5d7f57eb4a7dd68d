using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatKit.Data.Gateway.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AddRetiredKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "successor",
                table: "virtual_keys",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true,
                collation: "C");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "successor",
                table: "virtual_keys");
        }
    }
}
