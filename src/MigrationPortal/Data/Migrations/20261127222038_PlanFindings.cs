using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class PlanFindings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "has_findings",
                schema: "portal",
                table: "batch_plans",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "plan_findings",
                schema: "portal",
                columns: table => new
                {
                    plan_id = table.Column<long>(type: "bigint", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    rule_id = table.Column<string>(type: "text", nullable: false),
                    severity = table.Column<string>(type: "text", nullable: false),
                    room_id = table.Column<long>(type: "bigint", nullable: true),
                    subject = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_plan_findings", x => new { x.plan_id, x.ordinal });
                    table.ForeignKey(
                        name: "fk_plan_findings_batch_plans",
                        column: x => x.plan_id,
                        principalSchema: "portal",
                        principalTable: "batch_plans",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "plan_findings",
                schema: "portal");

            migrationBuilder.DropColumn(
                name: "has_findings",
                schema: "portal",
                table: "batch_plans");
        }
    }
}
