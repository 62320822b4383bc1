using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;
using MigrationPortal.Ui;

namespace MigrationPortal.Files;

/// <summary>What the last scan found out about files, as the planner wants it.</summary>
internal sealed class FileFacts(PoolPairCatalog pairs)
{
    // People read the first few; all of them stand on the room's page.
    private const int Named = 200;

    public async Task<PlanRequest> AddAsync(PortalDbContext db, string poolPairId, PlanRequest request, CancellationToken cancellationToken)
    {
        if (pairs.Find(poolPairId)?.Files is not { } stores)
            return request;
        // The present one, also for a batch that ran on an earlier: of that only the plan is kept.
        var scanId = await PoolPairQueries.CurrentScanOf(db, poolPairId).SingleAsync(cancellationToken) ?? 0;
        // A scan from before the store was configured: nobody has looked. A legacy store that was read has files.
        if (!await db.Database.SqlQuery<bool>($"""select exists (select from portal.inventory_files where scan_id = {scanId} and is_legacy) as "Value" """).SingleAsync(cancellationToken))
            return request;
        var guids = request.Rooms.ToArray();
        var rooms = await db.Database.SqlQuery<RoomLine>($"""
            select n.guid as "Guid", count(*)::int as "Links", count(distinct l.target) filter (where l.path is null)::int as "MissingCount",
                count(distinct l.path)::int as "Found",
                coalesce((select sum(f.length) from portal.inventory_files f where f.scan_id = {scanId} and f.is_legacy and f.path = any(array_agg(distinct l.path))), 0)::bigint as "Bytes",
                coalesce((array_agg(distinct l.target || case l.problem when 'Missing' then '' else ' (' || l.problem || ')' end) filter (where l.path is null))[1:{Named}], array[]::text[]) as "Missing"
            from portal.inventory_file_links l
            join portal.inventory_nodes n on n.scan_id = l.scan_id and n.is_legacy and n.node_id = l.node_id
            where l.scan_id = {scanId} and n.guid = any({guids}) group by n.guid
            """).ToListAsync(cancellationToken);
        var orphans = await db.Database.SqlQuery<Orphans>($"""
            select count(*) as "Files", coalesce(sum(f.length), 0)::bigint as "Bytes" from portal.inventory_files f
            where f.scan_id = {scanId} and f.is_legacy and f.path is not null
                and not exists (select from portal.inventory_file_links l where l.scan_id = f.scan_id and l.path = f.path)
            """).SingleAsync(cancellationToken);
        return request with
        {
            Files = rooms.ToDictionary(x => x.Guid, x => new RoomFiles(x.Links, x.Missing) { MissingCount = x.MissingCount, Found = x.Found, Bytes = x.Bytes }),
            Store = new LegacyFiles(orphans.Files, orphans.Bytes, stores.New is not null),
        };
    }

    private sealed record RoomLine(Guid Guid, int Links, int MissingCount, int Found, long Bytes, string[] Missing);

    private sealed record Orphans(long Files, long Bytes);
}
