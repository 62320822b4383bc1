using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <summary>Sentences become their key and arguments. Those that stand there already stay as they are: a JSON string is shown in every language.</summary>
    public partial class WordedWhenRead : Migration
    {
        private static readonly (string Table, string Column)[] _worded =
        [
            ("verifications", "note"), ("verifications", "error"), ("undos", "note"), ("undos", "error"), ("scans", "error"), ("runs", "note"), ("runs", "error"),
            ("room_transfers", "error"), ("batch_findings", "message"), ("batch_findings", "evidence"), ("batch_events", "detail"), ("inventory_faults", "problem"),
        ];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var (table, column) in _worded)
                migrationBuilder.Sql($"ALTER TABLE portal.{table} ALTER COLUMN {column} TYPE jsonb USING to_jsonb({column})");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var (table, column) in _worded)
                migrationBuilder.Sql($"ALTER TABLE portal.{table} ALTER COLUMN {column} TYPE text USING CASE jsonb_typeof({column}) WHEN 'string' THEN {column} #>> '{{}}' ELSE {column}::text END");
        }
    }
}
