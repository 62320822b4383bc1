using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Data;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Viewing;
using MudBlazor;

namespace MigrationPortal.Batches;

/// <summary>What the pages of rooms show of batches, and do with them.</summary>
internal sealed class BatchesOfRooms(IDbContextFactory<PortalDbContext> databases) : IRoomBatches
{
    public async Task<IReadOnlyList<BatchChoice>> ListAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Batch>().Where(batch => batch.PoolPairId == poolPairId)
            .OrderByDescending(batch => batch.Id)
            .Select(batch => new BatchChoice(batch.Id, batch.Name, batch.State.ToString(), db.Set<BatchRoom>().LongCount(x => x.BatchId == batch.Id && x.IsOpen)))
            .ToListAsync(cancellationToken);
    }

    public Task<string?> AddAsync(IDialogService dialogs, string title, string poolPairId, long[] roomIds) =>
        AddToBatchDialog.AskAsync(dialogs, title, poolPairId, roomIds);

    public async Task<IReadOnlyList<RoomEvent>> EventsAsync(long roomId, int most, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var events = await (
            from hold in db.Set<BatchRoom>()
            join batch in db.Set<Batch>() on hold.BatchId equals batch.Id
            join happened in db.Set<BatchEvent>() on batch.Id equals happened.BatchId
            where hold.RoomId == roomId
            orderby happened.At descending, happened.Id descending
            select new { happened.At, happened.By, happened.Kind, BatchId = batch.Id, batch.Name, happened.Detail }).Take(most).ToListAsync(cancellationToken);
        return events.ConvertAll(x => new RoomEvent(x.At, x.By, x.Kind, x.BatchId.ToString(CultureInfo.InvariantCulture), x.Name, x.Detail));
    }
}
