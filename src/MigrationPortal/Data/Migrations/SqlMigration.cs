using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationPortal.Data.Migrations;

/// <summary>
/// A migration whose text is the embedded <c>.sql</c> file of the same id. Written by hand and never edited after release;
/// a test compares what the migrations make with what the model says.
/// </summary>
internal abstract class SqlMigration : Migration
{
    private const string Prefix = "Migrations.";
    private const string Suffix = ".sql";

    /// <summary>Of every migration there is.</summary>
    public static string[] Ids { get; } =
    [
        .. typeof(SqlMigration).Assembly.GetManifestResourceNames()
            .Where(x => x.StartsWith(Prefix, StringComparison.Ordinal) && x.EndsWith(Suffix, StringComparison.Ordinal)).Select(x => x[Prefix.Length..^Suffix.Length]),
    ];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var id = GetType().GetCustomAttribute<MigrationAttribute>()!.Id;
        using var stream = typeof(SqlMigration).Assembly.GetManifestResourceStream($"{Prefix}{id}{Suffix}")!;
        using var reader = new StreamReader(stream);
        migrationBuilder.Sql(reader.ReadToEnd());
    }
}
