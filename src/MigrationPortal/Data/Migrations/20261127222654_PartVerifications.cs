using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class PartVerifications : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long[]>(
                name: "room_ids",
                schema: "portal",
                table: "verifications",
                type: "bigint[]",
                nullable: true);

            migrationBuilder.AddColumn<List<string>>(
                name: "differences",
                schema: "portal",
                table: "room_transfers",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.Sql("""
                update portal.room_transfers t set differences = v.differences
                from (select distinct on (run_id, room_id) run_id, room_id, differences from portal.room_verifications order by run_id, room_id, id desc) v
                where v.run_id = t.run_id and v.room_id = t.room_id and cardinality(v.differences) > 0
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "room_ids",
                schema: "portal",
                table: "verifications");

            migrationBuilder.DropColumn(
                name: "differences",
                schema: "portal",
                table: "room_transfers");
        }
    }
}
