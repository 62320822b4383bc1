using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class Freezes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "freezes",
                schema: "portal",
                columns: table => new
                {
                    scope = table.Column<string>(type: "text", nullable: false),
                    is_frozen = table.Column<bool>(type: "boolean", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_freezes", x => x.scope);
                });

            // Missing, it would count as frozen.
            migrationBuilder.Sql("""
                INSERT INTO portal.freezes (scope, is_frozen, by, at, reason) VALUES ('*', false, 'portal', now(), 'Never frozen');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "freezes",
                schema: "portal");
        }
    }
}
