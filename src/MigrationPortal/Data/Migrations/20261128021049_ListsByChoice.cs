using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class ListsByChoice : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_room_people",
                schema: "portal",
                table: "room_people");

            migrationBuilder.AddColumn<string>(
                name: "planned",
                schema: "portal",
                table: "room_people",
                type: "text",
                nullable: true);

            migrationBuilder.AddPrimaryKey(
                name: "pk_room_people",
                schema: "portal",
                table: "room_people",
                columns: new[] { "scan_id", "room_id", "version", "part" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Several lists of a room would have one key. They are worked out again.
            migrationBuilder.Sql("DELETE FROM portal.room_people");

            migrationBuilder.DropPrimaryKey(
                name: "pk_room_people",
                schema: "portal",
                table: "room_people");

            migrationBuilder.DropColumn(
                name: "planned",
                schema: "portal",
                table: "room_people");

            migrationBuilder.AddPrimaryKey(
                name: "pk_room_people",
                schema: "portal",
                table: "room_people",
                columns: new[] { "scan_id", "room_id", "part" });
        }
    }
}
