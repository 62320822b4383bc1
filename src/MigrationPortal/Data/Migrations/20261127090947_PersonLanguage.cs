using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class PersonLanguage : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Reasons of earlier versions are English sentences; they stay readable as texts.
            migrationBuilder.Sql("alter table portal.people alter column barred type jsonb using to_jsonb(barred)");

            migrationBuilder.AddColumn<string>(
                name: "language",
                schema: "portal",
                table: "people",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "language",
                schema: "portal",
                table: "people");

            migrationBuilder.Sql("alter table portal.people alter column barred type text using barred #>> '{}'");
        }
    }
}
