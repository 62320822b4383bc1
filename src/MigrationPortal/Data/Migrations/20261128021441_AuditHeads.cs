using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class AuditHeads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "head_hash",
                schema: "portal",
                table: "audit_check",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "head_id",
                schema: "portal",
                table: "audit_check",
                type: "bigint",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "head_hash",
                schema: "portal",
                table: "audit_check");

            migrationBuilder.DropColumn(
                name: "head_id",
                schema: "portal",
                table: "audit_check");
        }
    }
}
