using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class PairOptionsAndUndoFiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "file_bytes",
                schema: "portal",
                table: "undo_lines",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "files",
                schema: "portal",
                table: "undo_lines",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "options_version",
                schema: "portal",
                table: "pool_pairs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "pair_option_changes",
                schema: "portal",
                columns: table => new
                {
                    pool_pair_id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    old = table.Column<string>(type: "text", nullable: false),
                    @new = table.Column<string>(name: "new", type: "text", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pair_option_changes", x => new { x.pool_pair_id, x.version, x.name });
                    table.ForeignKey(
                        name: "fk_pair_option_changes_pool_pairs",
                        column: x => x.pool_pair_id,
                        principalSchema: "portal",
                        principalTable: "pool_pairs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "pair_option_changes",
                schema: "portal");

            migrationBuilder.DropColumn(
                name: "file_bytes",
                schema: "portal",
                table: "undo_lines");

            migrationBuilder.DropColumn(
                name: "files",
                schema: "portal",
                table: "undo_lines");

            migrationBuilder.DropColumn(
                name: "options_version",
                schema: "portal",
                table: "pool_pairs");
        }
    }
}
