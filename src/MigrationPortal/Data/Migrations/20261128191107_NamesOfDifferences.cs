using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <inheritdoc />
    public partial class NamesOfDifferences : Migration
    {
        // A proof named one member at a time, the side-by-side list all of them: an acceptance of the one did not hold for the other.
        private const string Renamed = "(SELECT coalesce(array_agg(DISTINCT CASE WHEN name IN ('Member', 'Manager', 'Presenter') THEN name || 's' ELSE name END), '{}') FROM unnest({0}) AS name)";

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var (table, column) in new[] { ("room_verifications", "differences"), ("room_pairs", "differences"), ("acceptance_proposals", "differences"), ("rooms", "accepted_differences") })
                migrationBuilder.Sql($"UPDATE portal.{table} SET {column} = {Renamed.Replace("{0}", column)} WHERE {column} && '{{Member,Manager,Presenter}}'");
            migrationBuilder.Sql("UPDATE portal.room_pairs SET difference_count = cardinality(differences) WHERE difference_count <> cardinality(differences)");
            // As a scan decides it.
            migrationBuilder.Sql("""
                UPDATE portal.room_pairs p SET comparison = 'Accepted' FROM portal.rooms r
                WHERE r.id = p.room_id AND p.comparison = 'Different' AND r.accepted_at IS NOT NULL
                    AND p.differences <@ r.accepted_differences AND (p.message_difference IS NULL OR p.message_difference = r.accepted_messages)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The list's names say the same.
        }
    }
}
