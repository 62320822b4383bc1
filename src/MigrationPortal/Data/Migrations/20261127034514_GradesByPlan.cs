using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MigrationPortal.Data.Migrations
{
    /// <summary>What the approved plan changed no longer lowers a grade: what was graded good for it alone is perfect. No grade was good for another reason.</summary>
    public partial class GradesByPlan : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                update portal.room_verifications set grade = 'Perfect', proof = jsonb_set(proof, '{grade}', '"Perfect"') where grade = 'Good';
                update portal.room_transfers set grade = 'Perfect' where grade = 'Good';
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // A batch without differences is not graded lower again.
        }
    }
}
