using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationPortal.Data.Migrations;

/// <summary>Nothing is left to do for it: <see cref="SqlMigrations"/> has applied and recorded the file of its id before EF looks.</summary>
internal abstract class SqlMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
    }
}
