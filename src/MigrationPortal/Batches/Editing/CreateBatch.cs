using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;

namespace MigrationPortal.Batches.Editing;

/// <param name="IdempotencyKey">The same author and key make one batch, however often the request arrives.</param>
internal sealed record CreateBatch(string PoolPairId, string? Name, IReadOnlyCollection<long> RoomIds, string? IdempotencyKey = null);

internal sealed record BatchCreated(long Id, bool IsNew);

internal sealed class CreateBatchHandler(IDbContextFactory<PortalDbContext> databases, BatchTimeline timeline, TimeProvider clock)
{
    private const int MaxKey = 200;

    public async Task<Outcome<BatchCreated>> HandleAsync(CreateBatch request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Planner, "create-batch") is { } refusal)
            return refusal;
        var name = BatchText.Name(request.Name, "Text.BatchName");
        if (!name.IsDone)
            return name.Refusal;
        if (request.IdempotencyKey is { Length: 0 or > MaxKey })
            return new Refusal("invalid-idempotency-key", RefusalKind.Invalid, MaxKey);

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await FindTwinAsync(db, request, caller, cancellationToken) is { } twin)
            return new BatchCreated(twin, IsNew: false);
        var rooms = request.RoomIds.Distinct().Order().ToArray();
        if (rooms.Length == 0)
            return new Refusal("no-rooms");
        if ((await CheckPairAsync(db, request.PoolPairId, name.Value, cancellationToken)
            ?? await RoomChoice.CheckAsync(db, request.PoolPairId, rooms, cancellationToken)) is { } unfit)
        {
            // A twin that came in since the look above has that name and those rooms itself.
            return await FindTwinAsync(db, request, caller, cancellationToken) is { } faster ? new BatchCreated(faster, IsNew: false) : unfit;
        }

        if (await RoomScope.RefuseAsync(db, caller, "create-batch", [Role.Planner], request.PoolPairId, rooms, cancellationToken) is { } outside)
            return outside;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var batch = new Batch
        {
            PoolPairId = request.PoolPairId,
            Name = name.Value,
            State = BatchState.Draft,
            Author = caller.Name,
            CreatedAt = clock.GetUtcNow(),
            Version = 1,
            IdempotencyKey = request.IdempotencyKey,
        };
        db.Add(batch);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation("ux_batches_idempotency_key"))
        {
            await transaction.RollbackAsync(cancellationToken);
            return await FindTwinAsync(db, request, caller, cancellationToken) is { } first
                ? new BatchCreated(first, IsNew: false)
                : new Refusal("idempotency-key-used", RefusalKind.Conflict);
        }

        var added = await RoomChoice.AddAsync(db, batch.Id, rooms, cancellationToken);
        if (!added.IsDone)
            return added.Refusal;
        await timeline.RecordAsync(db, batch, new TimelineEntry(caller, BatchEventKinds.Created, null, BatchState.Draft, new("Count.Rooms", rooms.Length)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return new BatchCreated(batch.Id, IsNew: true);
    }

    private static async Task<long?> FindTwinAsync(PortalDbContext db, CreateBatch request, Caller caller, CancellationToken cancellationToken) =>
        request.IdempotencyKey is not { } key
            ? null
            : await db.Set<Batch>().Where(x => x.Author == caller.Name && x.IdempotencyKey == key).Select(x => (long?)x.Id).FirstOrDefaultAsync(cancellationToken);

    private static async Task<Refusal?> CheckPairAsync(PortalDbContext db, string poolPairId, string name, CancellationToken cancellationToken)
    {
        var pair = await PoolPairQueries.FindAsync(db, poolPairId, cancellationToken);
        if (pair is null)
            return new("pool-pair-not-found", RefusalKind.NotFound, poolPairId);
        if (pair.CurrentScanId is null)
            return new("not-scanned", RefusalKind.Conflict, pair.Name);
        return await BatchNames.TakenAsync(db, poolPairId, name, except: null, cancellationToken);
    }
}
