using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;

namespace MigrationPortal.Batches;

/// <summary>
/// The changes of a batch's state that later features make, each within their transaction and one compare-and-set: false when the
/// batch is no longer as it was seen.
/// </summary>
internal static class BatchMoves
{
    public static async Task<bool> TakeAsync(PortalDbContext db, Batch seen, BatchState to, CancellationToken cancellationToken) =>
        await db.Set<Batch>().Where(x => x.Id == seen.Id && x.State == seen.State)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, to), cancellationToken) == 1;

    /// <summary>Keeps the state and the row's lock until the transaction ends.</summary>
    public static async Task<bool> HoldAsync(PortalDbContext db, long batchId, BatchState[] states, CancellationToken cancellationToken) =>
        await db.Set<Batch>().Where(x => x.Id == batchId && states.Contains(x.State))
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, x => x.State), cancellationToken) == 1;

    public static async Task<bool> SubmitAsync(PortalDbContext db, long batchId, int version, string fingerprint, CancellationToken cancellationToken) =>
        await db.Set<Batch>().Where(x => x.Id == batchId && x.State == BatchState.Draft && x.Version == version && x.Fingerprint == fingerprint)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, BatchState.InReview), cancellationToken) == 1;

    /// <summary>Until it is started, as a recall; a schedule is dropped.</summary>
    public static Task<bool> SendBackAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) => RecallAsync(db, batchId, cancellationToken);

    public static async Task<bool> ApproveAsync(PortalDbContext db, Batch seen, string fingerprint, CancellationToken cancellationToken) =>
        await db.Set<Batch>().Where(x => x.Id == seen.Id && x.State == BatchState.InReview && x.Version == seen.Version && x.Fingerprint == fingerprint)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, BatchState.Approved).SetProperty(x => x.ApprovedFingerprint, fingerprint), cancellationToken) == 1;

    /// <summary>Approvals are missing again; the round goes on, and a schedule is dropped.</summary>
    public static async Task<bool> ReopenAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        await db.Set<Batch>().Where(x => x.Id == batchId && (x.State == BatchState.Approved || x.State == BatchState.Scheduled))
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, BatchState.InReview), cancellationToken) == 1;

    public static async Task<bool> RecallAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        await db.Set<Batch>().Where(x => x.Id == batchId && (x.State == BatchState.InReview || x.State == BatchState.Approved || x.State == BatchState.Scheduled))
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, BatchState.Draft), cancellationToken) == 1;

    /// <summary>Keeps the plan that somebody decides about, and the row's lock, until the transaction ends.</summary>
    public static async Task<bool> HoldPlanAsync(PortalDbContext db, Batch seen, string fingerprint, CancellationToken cancellationToken) =>
        await db.Set<Batch>().Where(x => x.Id == seen.Id && x.State == BatchState.InReview && x.Version == seen.Version && x.Fingerprint == fingerprint)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, x => x.State), cancellationToken) == 1;

    /// <summary>Whatever its state: the row's lock until the transaction ends.</summary>
    public static async Task<Batch?> LockAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        await db.Set<Batch>().FromSql($"select * from portal.batches where id = {batchId} for update").AsNoTracking().SingleOrDefaultAsync(cancellationToken);

    /// <param name="approved">Of the plan that runs.</param>
    public static async Task<bool> StartAsync(PortalDbContext db, Batch seen, BatchState[] from, BatchState to, string? approved, CancellationToken cancellationToken) =>
        await db.Set<Batch>()
            .Where(x => x.Id == seen.Id && from.Contains(x.State) && x.Version == seen.Version && x.ApprovedFingerprint == seen.ApprovedFingerprint)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, to).SetProperty(x => x.ApprovedFingerprint, approved), cancellationToken) == 1;

    /// <summary>The batch holds its rooms no longer.</summary>
    public static Task<int> ReleaseRoomsAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        db.Set<BatchRoom>().Where(x => x.BatchId == batchId).ExecuteUpdateAsync(set => set.SetProperty(x => x.IsOpen, false), cancellationToken);

    /// <summary>As above, unless there is something for which it keeps them; looked at in the same statement.</summary>
    public static Task<int> ReleaseRoomsUnlessAsync(PortalDbContext db, long batchId, IQueryable<long> kept, CancellationToken cancellationToken) =>
        db.Set<BatchRoom>().Where(x => x.BatchId == batchId && !kept.Any()).ExecuteUpdateAsync(set => set.SetProperty(x => x.IsOpen, false), cancellationToken);

    /// <summary>The batch holds all its rooms again; fails on <c>ux_batch_rooms_open</c> where another one has one of them.</summary>
    public static Task<int> HoldRoomsAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken) =>
        db.Set<BatchRoom>().Where(x => x.BatchId == batchId && !x.IsOpen).ExecuteUpdateAsync(set => set.SetProperty(x => x.IsOpen, true), cancellationToken);
}
