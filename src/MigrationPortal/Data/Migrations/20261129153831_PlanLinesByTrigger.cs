using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class PlanLinesByTrigger : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_plan_items_batch_plans",
                schema: "portal",
                table: "plan_items");

            migrationBuilder.DropForeignKey(
                name: "fk_plan_right_changes_batch_plans",
                schema: "portal",
                table: "plan_right_changes");

            // Whoever adds lines made their plan in the same transaction, so that none stays without one.
            migrationBuilder.Sql("""
                CREATE FUNCTION portal.remove_plan_lines() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    DELETE FROM portal.plan_items x USING removed WHERE x.plan_id = removed.id;
                    DELETE FROM portal.plan_right_changes x USING removed WHERE x.plan_id = removed.id;
                    RETURN NULL;
                END $$;
                CREATE TRIGGER tr_batch_plans_lines AFTER DELETE ON portal.batch_plans
                    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION portal.remove_plan_lines();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER tr_batch_plans_lines ON portal.batch_plans; DROP FUNCTION portal.remove_plan_lines();");

            migrationBuilder.AddForeignKey(
                name: "fk_plan_items_batch_plans",
                schema: "portal",
                table: "plan_items",
                column: "plan_id",
                principalSchema: "portal",
                principalTable: "batch_plans",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_plan_right_changes_batch_plans",
                schema: "portal",
                table: "plan_right_changes",
                column: "plan_id",
                principalSchema: "portal",
                principalTable: "batch_plans",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
