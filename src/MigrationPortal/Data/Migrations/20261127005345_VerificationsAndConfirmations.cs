using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class VerificationsAndConfirmations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<List<string>>(
                name: "confirmations",
                schema: "portal",
                table: "undos",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "confirmed_at",
                schema: "portal",
                table: "runs",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            // Of the rows that stand there already; what comes says it itself.
            migrationBuilder.Sql("""
                UPDATE portal.runs SET confirmed_at = started_at;
                ALTER TABLE portal.runs ALTER COLUMN confirmed_at DROP DEFAULT;
                ALTER TABLE portal.undos ALTER COLUMN confirmations DROP DEFAULT;
                """);

            migrationBuilder.CreateTable(
                name: "verifications",
                schema: "portal",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    batch_id = table.Column<long>(type: "bigint", nullable: false),
                    run_id = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    requested_by = table.Column<string>(type: "text", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    room_count = table.Column<int>(type: "integer", nullable: false),
                    verified_room_count = table.Column<int>(type: "integer", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    note = table.Column<string>(type: "text", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_verifications", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_verifications_batch",
                schema: "portal",
                table: "verifications",
                columns: new[] { "batch_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_verifications_open",
                schema: "portal",
                table: "verifications",
                column: "batch_id",
                unique: true,
                filter: "state = 'Running'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "verifications",
                schema: "portal");

            migrationBuilder.DropColumn(
                name: "confirmations",
                schema: "portal",
                table: "undos");

            migrationBuilder.DropColumn(
                name: "confirmed_at",
                schema: "portal",
                table: "runs");
        }
    }
}
