using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class Deliveries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "language",
                schema: "portal",
                table: "people",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "mail",
                schema: "portal",
                table: "people",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "zone",
                schema: "portal",
                table: "people",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "deliveries",
                schema: "portal",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    event_id = table.Column<long>(type: "bigint", nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: true),
                    channel = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lease_by = table.Column<string>(type: "text", nullable: true),
                    group_key = table.Column<string>(type: "text", nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deliveries", x => x.id);
                    table.ForeignKey(
                        name: "fk_deliveries_events",
                        column: x => x.event_id,
                        principalSchema: "portal",
                        principalTable: "events",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "notice_channels",
                schema: "portal",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    down_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_channels", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "notice_digests",
                schema: "portal",
                columns: table => new
                {
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_digests", x => new { x.person_id, x.day });
                });

            migrationBuilder.CreateTable(
                name: "notice_preferences",
                schema: "portal",
                columns: table => new
                {
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    modes = table.Column<string>(type: "jsonb", nullable: false),
                    quiet_from = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    quiet_to = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    digest_at = table.Column<TimeOnly>(type: "time without time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_preferences", x => x.person_id);
                });

            migrationBuilder.CreateTable(
                name: "webhooks",
                schema: "portal",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "text", nullable: false),
                    url = table.Column<string>(type: "text", nullable: false),
                    format = table.Column<string>(type: "text", nullable: false),
                    kinds = table.Column<List<string>>(type: "text[]", nullable: false),
                    pool_pair_id = table.Column<string>(type: "text", nullable: true),
                    secret = table.Column<string>(type: "text", nullable: false),
                    former_secret = table.Column<string>(type: "text", nullable: true),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhooks", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_held",
                schema: "portal",
                table: "deliveries",
                column: "person_id",
                filter: "state = 'Held'");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_state",
                schema: "portal",
                table: "deliveries",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_waiting",
                schema: "portal",
                table: "deliveries",
                columns: new[] { "channel", "next_at" },
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ux_deliveries_once",
                schema: "portal",
                table: "deliveries",
                columns: new[] { "event_id", "person_id", "channel" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ux_webhooks_name",
                schema: "portal",
                table: "webhooks",
                column: "name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deliveries",
                schema: "portal");

            migrationBuilder.DropTable(
                name: "notice_channels",
                schema: "portal");

            migrationBuilder.DropTable(
                name: "notice_digests",
                schema: "portal");

            migrationBuilder.DropTable(
                name: "notice_preferences",
                schema: "portal");

            migrationBuilder.DropTable(
                name: "webhooks",
                schema: "portal");

            migrationBuilder.DropColumn(
                name: "language",
                schema: "portal",
                table: "people");

            migrationBuilder.DropColumn(
                name: "mail",
                schema: "portal",
                table: "people");

            migrationBuilder.DropColumn(
                name: "zone",
                schema: "portal",
                table: "people");
        }
    }
}
