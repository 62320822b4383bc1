using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class WhyBarred : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Reasons of earlier versions are English sentences; they stay readable as texts.
            migrationBuilder.Sql("alter table portal.people alter column barred type jsonb using to_jsonb(barred)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("alter table portal.people alter column barred type text using case jsonb_typeof(barred) when 'string' then barred #>> '{}' else barred::text end");
        }
    }
}
