using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class Acknowledgements : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "acknowledged_hash",
                schema: "portal",
                table: "batch_findings",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "acknowledged_rows",
                schema: "portal",
                table: "batch_findings",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "acknowledged_seed",
                schema: "portal",
                table: "batch_findings",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "acknowledged_stale",
                schema: "portal",
                table: "batch_findings",
                type: "boolean",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "acknowledged_hash",
                schema: "portal",
                table: "batch_findings");

            migrationBuilder.DropColumn(
                name: "acknowledged_rows",
                schema: "portal",
                table: "batch_findings");

            migrationBuilder.DropColumn(
                name: "acknowledged_seed",
                schema: "portal",
                table: "batch_findings");

            migrationBuilder.DropColumn(
                name: "acknowledged_stale",
                schema: "portal",
                table: "batch_findings");
        }
    }
}
