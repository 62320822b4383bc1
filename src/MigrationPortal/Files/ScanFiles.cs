using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Files;
using MigrationPortal.Engine.Sql;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms.Scanning;
using Npgsql;

namespace MigrationPortal.Files;

/// <summary>
/// Lists both file stores, collects every link in the legacy pool's messages, and matches the two in the portal's database. Nobody
/// sees the result before the scan it belongs to is the pair's current one.
/// </summary>
internal sealed class ScanFiles(IDbContextFactory<PortalDbContext> databases) : IScanPart
{
    private const string Match = """
        update portal.inventory_file_links l set path = found.path, problem = found.problem
        from (
            select l.ordinal, coalesce(exact.path, spelled.path, named.path) as path,
                case when coalesce(exact.path, spelled.path, named.path) is not null then null
                    when coalesce(spelled.n, 0) > 1 or coalesce(named.n, 0) > 1 then 'Ambiguous'
                    else coalesce(barred.problem, 'Missing') end as problem
            from portal.inventory_file_links l
            left join lateral (select f.path from portal.inventory_files f
                where f.scan_id = $1 and f.is_legacy and f.key = any(l.keys) and f.path = any(l.paths) order by array_position(l.paths, f.path) limit 1) exact on true
            left join lateral (select case count(*) when 1 then min(f.path) end as path, count(*) as n from portal.inventory_files f
                where f.scan_id = $1 and f.is_legacy and f.key = any(l.keys) and f.path is not null) spelled on true
            left join lateral (select case count(*) when 1 then min(f.path) end as path, count(*) as n from portal.inventory_files f
                where f.scan_id = $1 and f.is_legacy and f.name_key = l.name_key and f.path is not null) named on true
            left join lateral (select f.problem from portal.inventory_files f
                where f.scan_id = $1 and f.is_legacy and f.key = any(l.keys) and f.path is null limit 1) barred on true
            where l.scan_id = $1 and l.problem is null) found
        where l.scan_id = $1 and l.ordinal = found.ordinal
        """;

    public string Phase => "Files";

    /// <returns>Why the stores cannot be read; null also where none are configured.</returns>
    public async Task<Refusal?> HandleAsync(PoolPairConnections pair, long scanId, CancellationToken cancellationToken)
    {
        if (pair.Files is not { } stores)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        // What an earlier attempt of this very scan left.
        await RunAsync(connection, "delete from portal.inventory_files where scan_id = $1", scanId, cancellationToken);
        await RunAsync(connection, "delete from portal.inventory_file_links where scan_id = $1", scanId, cancellationToken);
        if (await ListAsync(connection, scanId, isLegacy: true, await FileStore.OpenLegacyAsync(stores.Legacy, cancellationToken), cancellationToken) is { } legacy)
            return legacy;
        if (stores.New is { } target && await ListAsync(connection, scanId, isLegacy: false, await FileStore.OpenAsync(target, cancellationToken), cancellationToken) is { } refused)
            return refused;
        if (await LinksAsync(connection, scanId, pair.Legacy, cancellationToken) is { } unread)
            return unread;
        await RunAsync(connection, "analyze portal.inventory_files, portal.inventory_file_links", null, cancellationToken);
        await RunAsync(connection, Match, scanId, cancellationToken);
        return null;
    }

    public async Task ForgetOldScansAsync(string poolPairId, long scanId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // As many as there are messages with links.
        db.Database.SetCommandTimeout(0);
        await db.Database.ExecuteSqlAsync(
            $"delete from portal.inventory_files where scan_id in (select id from portal.scans where pool_pair_id = {poolPairId} and id < {scanId})", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"delete from portal.inventory_file_links where scan_id in (select id from portal.scans where pool_pair_id = {poolPairId} and id < {scanId})", cancellationToken);
    }

    private static async Task<Refusal?> ListAsync(NpgsqlConnection connection, long scanId, bool isLegacy, Outcome<FileStore> store, CancellationToken cancellationToken)
    {
        if (!store.IsDone)
            return store.Refusal;
        await using var rows = await connection.BeginBinaryImportAsync(
            "copy portal.inventory_files (scan_id, is_legacy, name, path, key, name_key, length, modified_on, problem) from stdin (format binary)", cancellationToken);
        var row = new InventoryRow(rows);
        var listed = await store.Value.ReadAllAsync(
            async entry =>
            {
                await rows.StartRowAsync(cancellationToken);
                // Who bars the way answers to the link's name, too; overlong names are not looked for.
                var key = entry.Path?.Key ?? (entry.Name.Length < 256 ? StorePath.KeyOf(entry.Name) : null);
                row.Long(scanId).Bool(isLegacy).Text(Clean(entry.Name)).Text(entry.Path?.Value).Text(Clean(key)).Text(entry.Path is { IsStoredName: true } path ? path.NameKey : null)
                    .Long(entry.Length).Long(entry.ModifiedTicks).Text(entry.Problem?.ToString());
            },
            cancellationToken);
        if (!listed.IsDone)
            return listed.Refusal;
        await rows.CompleteAsync(cancellationToken);
        return null;
    }

    private static async Task<Refusal?> LinksAsync(NpgsqlConnection connection, long scanId, ChatDatabase legacy, CancellationToken cancellationToken)
    {
        await using var rows = await connection.BeginBinaryImportAsync(
            "copy portal.inventory_file_links (scan_id, ordinal, node_id, chat_id, target, paths, keys, name_key, path, problem) from stdin (format binary)", cancellationToken);
        var (row, ordinal) = (new InventoryRow(rows), 0L);
        var read = await FileLinkReader.ReadAllAsync(
            legacy,
            async link =>
            {
                await rows.StartRowAsync(cancellationToken);
                row.Long(scanId).Long(ordinal++).Int(link.NodeId).Long(link.Link.ChatId).Text(Clean(link.Link.Target)).Texts(link.Paths).Texts(link.Keys)
                    .Text(link.NameKey).Text(null).Text(link.Problem?.ToString());
            },
            cancellationToken);
        if (!read.IsDone)
            return read.Refusal;
        await rows.CompleteAsync(cancellationToken);
        return null;
    }

    // PostgreSQL's text holds neither NUL nor half a character; what is shown need not be what is looked for.
    private static string? Clean(string? text) => text is null
        ? null
        : string.Concat(text.EnumerateRunes().Select(x => x.Value == 0 ? "\ufffd" : x.ToString()));

    private static async Task RunAsync(NpgsqlConnection connection, string sql, long? scanId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        if (scanId is { } id)
            command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
