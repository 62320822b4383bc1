using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Runs.Working;

/// <summary>What the ledger of one batch says was written.</summary>
internal sealed class LedgerReader(long batchId, IDbContextFactory<PortalDbContext> databases)
{
    public async Task<WrittenLedger> ListRowsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var lines = await db.Database.SqlQuery<Line>($"""
            select table_name as "Table", key as "Key", hash as "Hash", next_hash as "Next", confirmed_at is not null as "IsConfirmed"
            from portal.ledger_rows where batch_id = {batchId}
            """).ToListAsync(cancellationToken);
        var isConfirmed = lines.Exists(x => x.IsConfirmed);
        // The rows of the first run were intended all at once; whatever is open beside confirmed ones is a delta's.
        return new WrittenLedger([.. lines.Where(x => x.IsConfirmed || !isConfirmed).Select(x => new LedgerRow(x.Table, x.Key, x.Hash))], isConfirmed)
        {
            Open = isConfirmed ? [.. lines.Where(x => !x.IsConfirmed || x.Next is not null).Select(x => x.ToChange())] : [],
        };
    }

    public async Task<IReadOnlyList<LedgerPage>> ListPagesAsync(Guid room, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var pages = await db.Database.SqlQuery<PageLine>($"""
            select first_chat_id as "First", last_chat_id as "Last", count as "Count", sha256 as "Hash", next_count as "NextCount", next_sha256 as "NextHash" from portal.ledger_pages
            where batch_id = {batchId} and room_guid = {room} order by first_chat_id
            """).ToListAsync(cancellationToken);
        return [.. pages.Select(x => x.ToPage(room))];
    }

    private sealed record Line(string Table, string Key, byte[] Hash, byte[]? Next, bool IsConfirmed)
    {
        public RowChange ToChange() => IsConfirmed ? new(Table, Key, Hash, Next!.Length == 0 ? null : Next) : new(Table, Key, null, Hash);
    }

    private sealed record PageLine(long First, long Last, int Count, byte[] Hash, int? NextCount, byte[]? NextHash)
    {
        public LedgerPage ToPage(Guid room) => new(room, First, Last, Count, Hash) { Filled = NextHash is null ? null : new(room, First, Last, NextCount!.Value, NextHash) };
    }
}
