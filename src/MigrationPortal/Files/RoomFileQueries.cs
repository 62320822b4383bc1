using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Data;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;
using MigrationPortal.Ui;

namespace MigrationPortal.Files;

/// <summary>One file that a room's messages link to.</summary>
/// <param name="Name">Path in the legacy store; what the link says where it leads to no file.</param>
/// <param name="State"><c>Copied</c>, <c>Waits</c> (moves with the room), <c>NotMoved</c>, or a word of FileProblem.</param>
/// <param name="NewBytes">Null where the new store did not have it when it was last looked at.</param>
public sealed record RoomFile(string Name, int Links, string State, long? LegacyBytes, DateTimeOffset? LegacyModifiedAt, long? NewBytes);

/// <param name="Bytes">Of all of them in the legacy store.</param>
public sealed record RoomFileTotals(long Files, long Problems, long Bytes);

/// <summary>The files of a room as the last scan found them, and as runs have moved them since.</summary>
internal sealed class RoomFileQueries(IDbContextFactory<PortalDbContext> databases, PoolPairCatalog pairs, IFileBatches batches)
{
    private const string Files = """
        select coalesce(l.path, l.target) as name, count(*)::int as links, min(l.problem) as problem,
            max(f.length) as legacy_bytes, max(f.modified_on) as legacy_ticks,
            coalesce((select g.length from portal.ledger_files g
                where g.batch_id = any({1}) and g.path = l.path and g.confirmed_at is not null limit 1), min(n.length)) as new_bytes
        from portal.inventory_file_links l
        left join portal.inventory_files f on f.scan_id = l.scan_id and f.is_legacy and f.path = l.path
        left join portal.inventory_files n on n.scan_id = l.scan_id and not n.is_legacy and n.path = l.path
        where l.scan_id = {0} and l.node_id = {2}
        group by l.path, coalesce(l.path, l.target)
        """;

    /// <summary>Whether the scan that the room is shown from looked at files: null where none of this pair does.</summary>
    public async Task<bool?> IsLookedAtAsync(RoomView view, CancellationToken cancellationToken)
    {
        if (pairs.Find(view.PoolPairId)?.Files is null)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Database.SqlQuery<bool>($"""select exists (select from portal.inventory_files where scan_id = {view.ScanId} and is_legacy) as "Value" """).SingleAsync(cancellationToken);
    }

    public async Task<Page<RoomFile>> ListAsync(RoomView view, Paging paging, CancellationToken cancellationToken)
    {
        var totals = await SumAsync(view, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var own = await batches.ListAsync(db, view.PoolPairId, cancellationToken);
        var lines = await db.Database.SqlQueryRaw<FileLine>($$"""
            select name as "Name", links as "Links", problem as "Problem", legacy_bytes as "LegacyBytes", legacy_ticks as "LegacyTicks", new_bytes as "NewBytes"
            from ({{Files}}) x order by problem is null, name limit {3} offset {4}
            """, view.ScanId, own, view.LegacyNodeId ?? -1, paging.Take, paging.Skip).ToListAsync(cancellationToken);
        var isMoved = pairs.Find(view.PoolPairId)?.Files?.New is not null;
        return new(totals.Files, [.. lines.Select(x => new RoomFile(
            x.Name, x.Links, StateOf(x, isMoved, view.NewNodeId is not null), x.LegacyBytes, x.LegacyTicks is { } ticks ? RoomTime(ticks) : null, x.NewBytes))]);
    }

    public async Task<RoomFileTotals> SumAsync(RoomView view, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var own = await batches.ListAsync(db, view.PoolPairId, cancellationToken);
        return await db.Database.SqlQueryRaw<RoomFileTotals>($$"""
            select count(*) as "Files", count(*) filter (where problem is not null or new_bytes <> legacy_bytes) as "Problems", coalesce(sum(legacy_bytes), 0)::bigint as "Bytes" from ({{Files}}) x
            """, view.ScanId, own, view.LegacyNodeId ?? -1).SingleAsync(cancellationToken);
    }

    private static string StateOf(FileLine file, bool isMoved, bool isRoomThere) => file switch
    {
        { Problem: { } problem } => problem,
        { NewBytes: { } there } => there == file.LegacyBytes ? "Copied" : "Differs",
        _ => !isMoved ? "NotMoved" : isRoomThere ? "NotCopied" : "Waits",
    };

    private static DateTimeOffset RoomTime(long ticks) => new(new DateTime(ticks, DateTimeKind.Utc));

    private sealed record FileLine(string Name, int Links, string? Problem, long? LegacyBytes, long? LegacyTicks, long? NewBytes);
}
