using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Freezes;
using MigrationPortal.PoolPairs;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Windows.Scheduling;

/// <summary>
/// Looks whether a scheduled batch may start now, and starts it by the same use case as a person does, with the rights that whoever scheduled
/// it has at this moment. What passes by itself is waited for and said; what is over is missed: the batch is approved as before, never failed.
/// </summary>
internal sealed class StartScheduledHandler(
    IDbContextFactory<PortalDbContext> databases, PoolPairCatalog catalog, FreezeQueries freezes, PeopleRights people, StartRunHandler start, MissSchedule miss, TimeProvider clock)
{
    private const string NotScheduled = "not-scheduled";

    public async Task HandleAsync(long batchId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batch = await BatchReads.FindAsync(db, batchId, cancellationToken);
        var schedule = await db.Set<Schedule>().AsNoTracking().FirstOrDefaultAsync(x => x.BatchId == batchId, cancellationToken);
        if (batch is not { State: BatchState.Scheduled } || schedule is null)
            return;
        var now = clock.GetUtcNow();
        if (ScheduleTimes.IsMissed(schedule, now))
            await miss.HandleAsync(batch, schedule, schedule.Waits ?? new Wording("Detail.NoWindow"), cancellationToken);
        else if (schedule.From > now)
            return;
        else if (await FindReasonToWaitAsync(db, batch, schedule, now, cancellationToken) is { } reason)
            await miss.WaitAsync(batch, schedule, reason.Wording, cancellationToken);
        else
            await StartAsync(db, batch, schedule, cancellationToken);
    }

    // Before both pools are read, which takes long.
    private async Task<Refusal?> FindReasonToWaitAsync(PortalDbContext db, Batch batch, Schedule schedule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (WindowHold.Refuse(await WindowQueries.FindAsync(db, batch.PoolPairId, cancellationToken), now) is { } closed)
            return closed;
        if ((await freezes.FindAsync(cancellationToken)).Refuse(batch.PoolPairId) is { } frozen)
            return frozen;
        if (catalog.Find(batch.PoolPairId) is not { } pair)
            return new("pool-pair-not-found.any-more", RefusalKind.Conflict, batch.PoolPairId);
        var open = ScheduleTimes.FindUnconfirmed(schedule, RunConfirmations.Needed(pair), now);
        return open.Count == 0 ? null : new($"{RunConfirmations.RequiredCode}.scheduled", RefusalKind.Invalid, RunConfirmations.Said(open));
    }

    private async Task StartAsync(PortalDbContext db, Batch batch, Schedule schedule, CancellationToken cancellationToken)
    {
        var scheduler = await people.FindNowAsync(db, schedule.PersonId, schedule.By, cancellationToken);
        var started = scheduler.IsDone
            ? await start.HandleAsync(new StartRun(batch.Id, schedule.Confirmations) { Still = (of, token) => FindChangeAsync(of, batch, schedule, token) }, scheduler.Value, cancellationToken)
            : scheduler.Refusal;
        if (started.Refusal is not { } refusal || refusal.Code is NotScheduled or "wrong-state")
            return;
        if (refusal.Kind is RefusalKind.Conflict or RefusalKind.Unavailable)
            await miss.WaitAsync(batch, schedule, refusal.Wording, cancellationToken);
        else
            await miss.HandleAsync(batch, schedule, refusal.Wording, cancellationToken);
    }

    // Cancelled, moved or over while both pools were read: nothing starts, and the next sweep sees to what is scheduled then.
    private async Task<Refusal?> FindChangeAsync(PortalDbContext db, Batch batch, Schedule seen, CancellationToken cancellationToken)
    {
        var isSame = await db.Set<Schedule>().AnyAsync(x => x.BatchId == seen.BatchId && x.At == seen.At && x.MissedAt == null, cancellationToken);
        return isSame && !ScheduleTimes.IsMissed(seen, clock.GetUtcNow()) ? null : new(NotScheduled, RefusalKind.Conflict, batch.Name);
    }
}
