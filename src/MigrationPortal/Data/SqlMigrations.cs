using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace MigrationPortal.Data;

/// <summary>
/// The migrations written as SQL, before EF Core's own tool made them: the embedded <c>.sql</c> files, in the order of their names. They come
/// before every migration of EF's, and are recorded in the same table. A file is never edited once it is released.
/// </summary>
internal static class SqlMigrations
{
    private const string Prefix = "Migrations.";
    private const string Suffix = ".sql";

    public static string[] Ids { get; } =
    [
        .. typeof(SqlMigrations).Assembly.GetManifestResourceNames()
            .Where(x => x.StartsWith(Prefix, StringComparison.Ordinal) && x.EndsWith(Suffix, StringComparison.Ordinal)).Select(x => x[Prefix.Length..^Suffix.Length]).Order(StringComparer.Ordinal),
    ];

    /// <param name="connection">Holds the lock that lets one node migrate at a time.</param>
    /// <param name="last">The last one to apply; null applies all.</param>
    public static async Task ApplyAsync(PortalDbContext db, NpgsqlConnection connection, string? last = null, CancellationToken cancellationToken = default)
    {
        var history = db.GetService<IHistoryRepository>();
        await ExecuteAsync(connection, null, $"create schema if not exists {PortalDbContext.Schema};{history.GetCreateIfNotExistsScript()}", cancellationToken);
        var applied = (await history.GetAppliedMigrationsAsync(cancellationToken)).Select(x => x.MigrationId).ToHashSet(StringComparer.Ordinal);
        foreach (var id in Ids.Where(id => !applied.Contains(id) && (last is null || string.CompareOrdinal(id, last) <= 0)))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(connection, transaction, await ReadAsync(id, cancellationToken), cancellationToken);
            await ExecuteAsync(connection, transaction, history.GetInsertScript(new HistoryRow(id, ProductInfo.GetVersion())), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static async Task<string> ReadAsync(string id, CancellationToken cancellationToken)
    {
        await using var stream = typeof(SqlMigrations).Assembly.GetManifestResourceStream($"{Prefix}{id}{Suffix}")!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql, CancellationToken cancellationToken)
    {
        // Building an index over a large inventory may take long.
        await using var command = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
