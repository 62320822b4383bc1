using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class CrowdedRooms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "room_people",
                schema: "portal",
                columns: table => new
                {
                    scan_id = table.Column<long>(type: "bigint", nullable: false),
                    room_id = table.Column<long>(type: "bigint", nullable: false),
                    part = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    total = table.Column<int>(type: "integer", nullable: false),
                    people = table.Column<string>(type: "json", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_room_people", x => new { x.scan_id, x.room_id, x.part });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "room_people",
                schema: "portal");
        }
    }
}
