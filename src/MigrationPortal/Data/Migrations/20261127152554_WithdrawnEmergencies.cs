using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class WithdrawnEmergencies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_break_glass_open",
                schema: "portal",
                table: "break_glass");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "withdrawn_at",
                schema: "portal",
                table: "break_glass",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "withdrawn_reason",
                schema: "portal",
                table: "break_glass",
                type: "text",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ux_break_glass_open",
                schema: "portal",
                table: "break_glass",
                column: "pool_pair_id",
                unique: true,
                filter: "state NOT IN ('Lapsed', 'Withdrawn') AND verdict IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_break_glass_open",
                schema: "portal",
                table: "break_glass");

            migrationBuilder.DropColumn(
                name: "withdrawn_at",
                schema: "portal",
                table: "break_glass");

            migrationBuilder.DropColumn(
                name: "withdrawn_reason",
                schema: "portal",
                table: "break_glass");

            migrationBuilder.CreateIndex(
                name: "ux_break_glass_open",
                schema: "portal",
                table: "break_glass",
                column: "pool_pair_id",
                unique: true,
                filter: "state <> 'Lapsed' AND verdict IS NULL");
        }
    }
}
