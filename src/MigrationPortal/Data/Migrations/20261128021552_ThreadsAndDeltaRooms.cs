using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class ThreadsAndDeltaRooms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "room_id",
                schema: "portal",
                table: "delta_lines",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_threads_anchor",
                schema: "portal",
                table: "threads",
                columns: new[] { "anchor_kind", "anchor_key" });

            migrationBuilder.CreateIndex(
                name: "ix_threads_room",
                schema: "portal",
                table: "threads",
                column: "room_id",
                filter: "room_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_threads_anchor",
                schema: "portal",
                table: "threads");

            migrationBuilder.DropIndex(
                name: "ix_threads_room",
                schema: "portal",
                table: "threads");

            migrationBuilder.DropColumn(
                name: "room_id",
                schema: "portal",
                table: "delta_lines");
        }
    }
}
