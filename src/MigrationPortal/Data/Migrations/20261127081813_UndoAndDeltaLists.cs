using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class UndoAndDeltaLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "read_at",
                schema: "portal",
                table: "undos",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<string>(
                name: "sums",
                schema: "portal",
                table: "undos",
                type: "jsonb",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.CreateTable(
                name: "delta_lines",
                schema: "portal",
                columns: table => new
                {
                    delta_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    property = table.Column<string>(type: "text", nullable: true),
                    old = table.Column<string>(type: "text", nullable: true),
                    @new = table.Column<string>(name: "new", type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_delta_lines", x => new { x.delta_id, x.number });
                    table.ForeignKey(
                        name: "fk_delta_lines_delta",
                        column: x => x.delta_id,
                        principalSchema: "portal",
                        principalTable: "deltas",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "undo_lines",
                schema: "portal",
                columns: table => new
                {
                    undo_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    what = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    messages = table.Column<long>(type: "bigint", nullable: false),
                    people = table.Column<int>(type: "integer", nullable: false),
                    needed_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_undo_lines", x => new { x.undo_id, x.kind, x.number });
                    table.ForeignKey(
                        name: "fk_undo_lines_undo",
                        column: x => x.undo_id,
                        principalSchema: "portal",
                        principalTable: "undos",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            // What was requested before has no list yet: it is read again before anybody approves it.
            migrationBuilder.Sql("""
                UPDATE portal.undos SET read_at = requested_at;
                ALTER TABLE portal.undos ALTER COLUMN read_at DROP DEFAULT, ALTER COLUMN sums DROP DEFAULT;
                INSERT INTO portal.delta_lines (delta_id, number, kind, subject, property, old, new)
                SELECT d.id, c.number, c.line ->> 'kind', c.line ->> 'subject', c.line ->> 'property', c.line ->> 'old', c.line ->> 'new'
                FROM portal.deltas d CROSS JOIN LATERAL jsonb_array_elements(d.changes) WITH ORDINALITY AS c (line, number)
                """);

            migrationBuilder.DropColumn(
                name: "changes",
                schema: "portal",
                table: "deltas");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "delta_lines",
                schema: "portal");

            migrationBuilder.DropTable(
                name: "undo_lines",
                schema: "portal");

            migrationBuilder.DropColumn(
                name: "read_at",
                schema: "portal",
                table: "undos");

            migrationBuilder.DropColumn(
                name: "sums",
                schema: "portal",
                table: "undos");

            migrationBuilder.AddColumn<string>(
                name: "changes",
                schema: "portal",
                table: "deltas",
                type: "jsonb",
                nullable: false,
                defaultValue: "[]");
        }
    }
}
