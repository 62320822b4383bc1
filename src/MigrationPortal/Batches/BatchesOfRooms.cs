using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Importing;
using MigrationPortal.Data;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Choosing;
using MigrationPortal.Rooms.Viewing;
using MudBlazor;

namespace MigrationPortal.Batches;

/// <summary>What the pages of rooms show of batches, and do with them.</summary>
internal sealed class BatchesOfRooms(IDbContextFactory<PortalDbContext> databases, IStringLocalizer<ImportTexts> texts) : IRoomBatches
{
    public async Task<IReadOnlyList<BatchChoice>> ListAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Batch>().Where(batch => batch.PoolPairId == poolPairId)
            .OrderByDescending(batch => batch.Id)
            .Select(batch => new BatchChoice(batch.Id, batch.Name, batch.State.ToString(), db.Set<BatchRoom>().LongCount(x => x.BatchId == batch.Id && x.IsOpen)))
            .ToListAsync(cancellationToken);
    }

    public Task<AddedRooms?> AddAsync(IDialogService dialogs, string title, string poolPairId, long[] roomIds, IReadOnlyList<LeftRooms> left) =>
        AddToBatchDialog.AskAsync(dialogs, title, poolPairId, roomIds, left);

    public Task<long[]?> ChooseFromFileAsync(IDialogService dialogs, string poolPairId) => ImportRoomsDialog.AskAsync(dialogs, texts["Title"], poolPairId);

    public async Task<Page<RoomEvent>> EventsAsync(long roomId, Paging paging, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var total = await Events(db, roomId).LongCountAsync(cancellationToken);
        var events = await (
            from happened in Events(db, roomId)
            join batch in db.Set<Batch>() on happened.BatchId equals batch.Id
            orderby happened.At descending, happened.Id descending
            select new { happened.At, happened.By, happened.Kind, BatchId = batch.Id, batch.Name, happened.Detail })
            .Skip(paging.Skip).Take(paging.Take).ToListAsync(cancellationToken);
        return new(total, events.ConvertAll(x => new RoomEvent(x.At, x.By, x.Kind, x.BatchId.ToString(CultureInfo.InvariantCulture), x.Name, x.Detail?.ToString())));
    }

    public async Task<int> CountEventsAsync(long roomId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Events(db, roomId).CountAsync(x => x.At >= since, cancellationToken);
    }

    private static IQueryable<BatchEvent> Events(PortalDbContext db, long roomId) =>
        db.Set<BatchEvent>().Where(x => db.Set<BatchRoom>().Any(held => held.BatchId == x.BatchId && held.RoomId == roomId));
}
