using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.CutOver.Timing;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Inbox;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;

namespace MigrationPortal.Overview;

internal sealed record OverviewPicture(
    IReadOnlyDictionary<Place, RoomCount> Places,
    IReadOnlyList<InboxLine> Next,
    IReadOnlyList<BatchRow> Failed,
    IReadOnlyList<RoomRow> Different,
    IReadOnlyList<LatelyRow> Lately,
    IReadOnlyList<ProgressDay> Days)
{
    /// <summary>When the cutover is planned to start; null where it is not planned.</summary>
    public DateTimeOffset? CutOver { get; init; }

    /// <summary>Legacy rooms in the new pool that the portal did not migrate.</summary>
    public required RoomCount ThereBefore { get; init; }
}

internal sealed record LatelyRow(long Id, DateTimeOffset At, string By, string What, long BatchId, string Batch, Wording? Detail);

/// <summary>Where a pool pair stands, put together from the features before it.</summary>
internal sealed class OverviewQueries(IDbContextFactory<PortalDbContext> contexts, RoomQueries rooms, BatchQueries batches, InboxQueries inbox, ProgressQueries progress, CutOverTimeQueries times)
{
    /// <summary>A card shows its first few lines; the rest is behind its link.</summary>
    private const int Shown = 8;

    public async Task<OverviewPicture> ReadAsync(string poolPairId, Caller caller, CancellationToken cancellationToken)
    {
        var first = Paging.Of(0, Shown);
        var different = new RoomFilter { PoolPairId = poolPairId, Comparisons = [Comparison.Different] };
        return new OverviewPicture(
            await rooms.CountByPlaceAsync(poolPairId, cancellationToken),
            await inbox.ListAsync(poolPairId, caller, cancellationToken),
            (await batches.ListAsync(new BatchFilter(poolPairId, [BatchState.Failed]), first, cancellationToken)).Items,
            await rooms.ListAsync(different, first, cancellationToken),
            await LatelyAsync(poolPairId, cancellationToken),
            await progress.ListAsync(poolPairId, cancellationToken))
        {
            CutOver = (await times.FindAsync(poolPairId, cancellationToken))?.StartsAt,
            ThereBefore = await progress.CountThereBeforeAsync(poolPairId, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<LatelyRow>> LatelyAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from happened in BatchReads.Events(db)
            join batch in BatchReads.All(db) on happened.BatchId equals batch.Id
            where batch.PoolPairId == poolPairId
            orderby happened.Id descending
            select new LatelyRow(happened.Id, happened.At, happened.By, happened.Kind, batch.Id, batch.Name, happened.Detail)).Take(Shown).ToListAsync(cancellationToken);
    }
}
