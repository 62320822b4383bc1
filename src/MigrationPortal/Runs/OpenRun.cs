using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Rooms;
using MigrationPortal.SignIn;

namespace MigrationPortal.Runs;

/// <summary>The two ways a start can end, each one transaction that begins with a compare-and-set on the batch.</summary>
internal sealed class OpenRun(
    IDbContextFactory<PortalDbContext> databases, BatchStory story, BatchEdits edits, BatchRefusals refusals, IOptions<RunsOptions> options, TimeProvider time)
{
    public async Task<Outcome<RunMoved>> HandleAsync(
        Batch batch, BatchPlan approved, MigrationPlan plan, IReadOnlyList<string> confirmations, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await SwapAsync(db, batch, BatchState.Running, cancellationToken))
            return await LostAsync(db, batch, cancellationToken);
        var run = new Run
        {
            BatchId = batch.Id,
            PlanId = approved.Id,
            State = RunState.Running,
            StartedBy = caller.Name,
            StartedAt = time.GetUtcNow(),
            Confirmations = [.. confirmations.Distinct(StringComparer.Ordinal)],
            Fingerprint = plan.Fingerprint,
            MessagesPerSecond = options.Value.MessagesPerSecond,
            Document = PlanDocument.Write(plan),
        };
        db.Add(run);
        await db.SaveChangesAsync(cancellationToken);
        await AddTransfersAsync(db, batch, run, plan, cancellationToken);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["run"] = run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["fingerprint"] = run.Fingerprint,
            ["confirmations"] = string.Join(", ", run.Confirmations),
        };
        await story.TellAsync(db, batch, new BatchStep(caller, "RunStarted", batch.State, BatchState.Running, null, values), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        story.Announce(batch);
        return new RunMoved(batch.Id, run.Id, RunState.Running);
    }

    public async Task<Outcome<RunMoved>> RefuseAsync(Batch batch, string drift, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await SwapAsync(db, batch, BatchState.Draft, cancellationToken))
            return await LostAsync(db, batch, cancellationToken);
        await story.TellAsync(db, batch, new BatchStep(caller, BatchEventKinds.PlanChanged, batch.State, BatchState.Draft, drift), cancellationToken);
        await edits.VoidAsync(db, batch, Caller.Portal, $"changed since approval: {drift}", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        story.Announce(batch);
        return new Refusal(
            "plan-changed", $"Nothing was started: since the approval this changed: {drift}. The batch is a draft again; scan, then submit it anew.", RefusalKind.Conflict);
    }

    private static async Task<bool> SwapAsync(PortalDbContext db, Batch batch, BatchState to, CancellationToken cancellationToken) =>
        await db.Set<Batch>()
            .Where(x => x.Id == batch.Id && x.State == BatchState.Approved && x.Version == batch.Version && x.ApprovedFingerprint == batch.ApprovedFingerprint)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, to), cancellationToken) == 1;

    private async Task<Refusal> LostAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken)
    {
        await db.Database.RollbackTransactionAsync(cancellationToken);
        return await refusals.WrongStateAsync(db, batch.Id, "Only an approved batch can be started.", cancellationToken);
    }

    private static async Task AddTransfersAsync(PortalDbContext db, Batch batch, Run run, MigrationPlan plan, CancellationToken cancellationToken)
    {
        var roomIds = await (
            from inBatch in db.Set<BatchRoom>()
            join room in db.Set<Room>() on inBatch.RoomId equals room.Id
            where inBatch.BatchId == batch.Id
            select new { room.Guid, room.Id }).ToDictionaryAsync(x => x.Guid, x => x.Id, cancellationToken);
        db.AddRange(plan.Rooms.Select((room, ordinal) => new RoomTransfer
        {
            RunId = run.Id,
            RoomId = roomIds[room.Guid],
            Guid = room.Guid,
            Ordinal = ordinal,
            RoomName = room.Name,
            State = TransferState.Pending,
            TotalMessageCount = room.Messages.Count,
        }));
        await db.SaveChangesAsync(cancellationToken);
    }
}
