using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class ReviewPolicy : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_decisions_person",
                schema: "portal",
                table: "decisions");

            migrationBuilder.AddColumn<string>(
                name: "facts",
                schema: "portal",
                table: "reviews",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<int>(
                name: "needed",
                schema: "portal",
                table: "reviews",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<List<string>>(
                name: "needs",
                schema: "portal",
                table: "reviews",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<List<string>>(
                name: "owned_categories",
                schema: "portal",
                table: "reviews",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<int>(
                name: "policy_version",
                schema: "portal",
                table: "reviews",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "round",
                schema: "portal",
                table: "reviews",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "expires_at",
                schema: "portal",
                table: "decisions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "lost_at",
                schema: "portal",
                table: "decisions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "lost_by",
                schema: "portal",
                table: "decisions",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "lost_how",
                schema: "portal",
                table: "decisions",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "lost_reason",
                schema: "portal",
                table: "decisions",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "person_id",
                schema: "portal",
                table: "decisions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "acknowledged_how",
                schema: "portal",
                table: "batch_findings",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "review_policies",
                schema: "portal",
                columns: table => new
                {
                    pool_pair_id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    also_open = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_review_policies", x => new { x.pool_pair_id, x.version });
                });

            migrationBuilder.CreateIndex(
                name: "ix_reviews_live",
                schema: "portal",
                table: "reviews",
                column: "batch_id",
                filter: "state IN ('Open', 'Approved')");

            migrationBuilder.CreateIndex(
                name: "ux_decisions_person",
                schema: "portal",
                table: "decisions",
                columns: new[] { "review_id", "by" },
                unique: true,
                filter: "lost_at IS NULL");

            // Reviews that are there already were made when one approval was enough; what has run by then is over.
            migrationBuilder.Sql("""
                UPDATE portal.reviews r SET needed = 1,
                    round = (SELECT count(*) FROM portal.reviews e WHERE e.batch_id = r.batch_id AND e.id <= r.id);
                UPDATE portal.reviews r SET state = 'Started' FROM portal.batches b
                WHERE b.id = r.batch_id AND r.state = 'Approved' AND r.kind = 'Plan' AND b.state NOT IN ('Draft', 'InReview', 'Approved', 'Scheduled');
                UPDATE portal.reviews r SET state = 'Started' WHERE r.state = 'Approved' AND r.kind = 'Undo'
                    AND NOT EXISTS (SELECT FROM portal.undos u WHERE u.review_id = r.id AND u.state = 'Approved');
                UPDATE portal.reviews r SET state = 'Started' WHERE r.state = 'Approved' AND r.kind = 'Delta'
                    AND NOT EXISTS (SELECT FROM portal.deltas d WHERE d.review_id = r.id AND d.state = 'Approved');
                UPDATE portal.decisions d SET expires_at = d.at + interval '720 hours',
                    person_id = (SELECT min(p.id) FROM portal.people p WHERE p.name = d.by HAVING count(*) = 1);
                ALTER TABLE portal.reviews ALTER COLUMN facts DROP DEFAULT, ALTER COLUMN needs DROP DEFAULT, ALTER COLUMN owned_categories DROP DEFAULT,
                    ALTER COLUMN needed DROP DEFAULT, ALTER COLUMN policy_version DROP DEFAULT, ALTER COLUMN round DROP DEFAULT;
                CREATE FUNCTION portal.keep_policies() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'portal.review_policies is only added to'; END $$;
                CREATE TRIGGER keep_policies BEFORE UPDATE OR DELETE ON portal.review_policies EXECUTE FUNCTION portal.keep_policies();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "review_policies",
                schema: "portal");
            migrationBuilder.Sql("DROP FUNCTION portal.keep_policies();");

            migrationBuilder.DropIndex(
                name: "ix_reviews_live",
                schema: "portal",
                table: "reviews");

            migrationBuilder.DropIndex(
                name: "ux_decisions_person",
                schema: "portal",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "facts",
                schema: "portal",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "needed",
                schema: "portal",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "needs",
                schema: "portal",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "owned_categories",
                schema: "portal",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "policy_version",
                schema: "portal",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "round",
                schema: "portal",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "expires_at",
                schema: "portal",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "lost_at",
                schema: "portal",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "lost_by",
                schema: "portal",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "lost_how",
                schema: "portal",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "lost_reason",
                schema: "portal",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "person_id",
                schema: "portal",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "acknowledged_how",
                schema: "portal",
                table: "batch_findings");

            migrationBuilder.CreateIndex(
                name: "ux_decisions_person",
                schema: "portal",
                table: "decisions",
                columns: new[] { "review_id", "by" },
                unique: true);
        }
    }
}
