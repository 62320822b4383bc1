using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Choosing;

namespace MigrationPortal.Batches.Editing;

/// <param name="IdempotencyKey">The same author and key make one batch, however often the request arrives.</param>
internal sealed record CreateBatch(string PoolPairId, string? Name, IReadOnlyCollection<long> RoomIds, string? IdempotencyKey = null)
{
    /// <summary>Takes the rooms that can be added and counts the others by reason; refused where none can be. Else all of them or none.</summary>
    public bool OnlyFitting { get; init; }
}

internal sealed record BatchCreated(long Id, bool IsNew)
{
    public int RoomCount { get; init; }

    /// <summary>Rooms that the new batch has.</summary>
    public long[] RoomIds { get; init; } = [];

    /// <summary>Rooms that could not be added, where what can be was asked for.</summary>
    public IReadOnlyList<LeftRooms> Left { get; init; } = [];
}

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
        var judged = request.OnlyFitting
            ? await JudgeChoice.HandleAsync(db, RoomStep.Add, request.PoolPairId, request.RoomIds, caller, cancellationToken)
            : new([.. request.RoomIds.Distinct()], []);
        var rooms = judged.Fitting.Order().ToArray();
        if (request.RoomIds.Count == 0)
            return new Refusal("no-rooms");
        if ((await CheckPairAsync(db, request.PoolPairId, name.Value, cancellationToken)
            ?? (rooms.Length == 0 ? new Refusal("no-fitting-rooms", RefusalKind.Invalid, judged.Left.Select(x => x.ToWording())) : null)
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

        var added = await AddAsync(db, batch.Id, rooms, request.OnlyFitting, cancellationToken);
        if (!added.IsDone)
            return added.Refusal;
        var held = added.Value == rooms.Length ? rooms : await db.Set<BatchRoom>().Where(x => x.BatchId == batch.Id).Select(x => x.RoomId).ToArrayAsync(cancellationToken);
        await timeline.RecordAsync(db, batch, new TimelineEntry(caller, BatchEventKinds.Created, null, BatchState.Draft, new("Count.Rooms", added.Value)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        var left = added.Value == rooms.Length ? judged.Left : LeftRooms.Merge(judged.Left, [new(RoomFit.InBatch, rooms.Length - added.Value)]);
        return new BatchCreated(batch.Id, IsNew: true) { RoomCount = added.Value, RoomIds = held, Left = left };
    }

    private static async Task<Outcome<int>> AddAsync(PortalDbContext db, long batchId, long[] rooms, bool onlyFitting, CancellationToken cancellationToken)
    {
        if (!onlyFitting)
            return await RoomChoice.AddAsync(db, batchId, rooms, cancellationToken);
        // Other batches may have taken all of them since they were judged.
        return await RoomChoice.AddFreeAsync(db, batchId, rooms, cancellationToken) is { Count: > 0 } came
            ? came.Count
            : new Refusal("no-fitting-rooms", RefusalKind.Conflict, new LeftRooms(RoomFit.InBatch, rooms.Length).ToWording());
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
