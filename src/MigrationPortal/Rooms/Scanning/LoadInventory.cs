using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms.Deciding;
using Npgsql;

namespace MigrationPortal.Rooms.Scanning;

/// <param name="CountsUpToLegacy">New nodeID → messages up to the legacy last chatId, for rooms that went on since.</param>
internal sealed record ScannedPools(string PoolPairId, long ScanId, ChatPool Legacy, ChatPool New, IReadOnlyDictionary<int, long> CountsUpToLegacy);

/// <summary>Makes a finished reading the inventory everybody sees, whole, in one transaction.</summary>
internal sealed class LoadInventory(IDbContextFactory<PortalDbContext> databases, IChosenNames chosen, IEnumerable<IScanPart> parts)
{
    public async Task HandleAsync(ScannedPools scanned, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // Opened here, so that it outlives the transaction: the old inventory is forgotten after the commit.
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var sql = new ScanSql(connection, scanned.PoolPairId, scanned.ScanId, cancellationToken);

        await sql.ClearAsync();
        await InventoryWriter.WriteAsync(connection, scanned.ScanId, true, scanned.Legacy, cancellationToken);
        await InventoryWriter.WriteAsync(connection, scanned.ScanId, false, scanned.New, cancellationToken);
        await sql.MintRoomsAsync();
        var known = await KnownAsync(db, scanned.PoolPairId, cancellationToken);
        await PairWriter.WriteAsync(connection, PairRooms.Of(scanned, known), cancellationToken);
        await sql.KeepVanishedRoomsAsync();
        await sql.NoteFiguresAsync(scanned.Legacy);
        await PoolPairMoves.ShowScanAsync(db, scanned.PoolPairId, scanned.ScanId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await sql.ForgetOldScansAsync();
        foreach (var part in parts)
            await part.ForgetOldScansAsync(scanned.PoolPairId, scanned.ScanId, cancellationToken);
    }

    private async Task<RoomKnowledge> KnownAsync(PortalDbContext db, string poolPairId, CancellationToken cancellationToken)
    {
        var options = (await PoolPairQueries.FindAsync(db, poolPairId, cancellationToken))!.Options;
        var rooms = await db.Set<Room>().AsNoTracking().Where(r => r.PoolPairId == poolPairId)
            .Select(r => new { r.Id, r.Guid, IsAccepted = r.AcceptedAt != null, r.AcceptedDifferences, r.AcceptedMessages, IsLeftOut = r.LeftOutAt != null })
            .ToListAsync(cancellationToken);
        return new RoomKnowledge(
            options,
            rooms.ToDictionary(r => r.Guid, r => r.Id),
            rooms.Where(r => r.IsAccepted).ToDictionary(r => r.Guid, r => new Acceptance(r.AcceptedDifferences, r.AcceptedMessages)),
            await VerifiedRooms.ListDifferentAsync(db, poolPairId, cancellationToken),
            rooms.Where(r => r.IsLeftOut).Select(r => r.Guid).ToHashSet(),
            await chosen.ListAsync(db, poolPairId, cancellationToken));
    }
}
