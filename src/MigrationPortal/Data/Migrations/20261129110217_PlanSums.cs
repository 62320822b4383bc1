using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class PlanSums : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "plan_right_sums",
                schema: "portal",
                columns: table => new
                {
                    plan_id = table.Column<long>(type: "bigint", nullable: false),
                    principal = table.Column<Guid>(type: "uuid", nullable: false),
                    gains = table.Column<long>(type: "bigint", nullable: false),
                    losses = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_plan_right_sums", x => new { x.plan_id, x.principal });
                    table.ForeignKey(
                        name: "fk_plan_right_sums_batch_plans",
                        column: x => x.plan_id,
                        principalSchema: "portal",
                        principalTable: "batch_plans",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.Sql("""
                INSERT INTO portal.plan_right_sums (plan_id, principal, gains, losses)
                SELECT plan_id, principal, count(*) FILTER (WHERE after AND NOT before), count(*) FILTER (WHERE before AND NOT after)
                FROM portal.plan_right_changes GROUP BY plan_id, principal
                """);

            migrationBuilder.CreateIndex(
                name: "ix_plan_items_room_names",
                schema: "portal",
                table: "plan_items",
                column: "plan_id",
                filter: "kind = 'Room' AND property = 'Name'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "plan_right_sums",
                schema: "portal");

            migrationBuilder.DropIndex(
                name: "ix_plan_items_room_names",
                schema: "portal",
                table: "plan_items");
        }
    }
}
