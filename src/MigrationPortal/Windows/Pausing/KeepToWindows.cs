using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Runs.Steering;
using MigrationPortal.Runs.Working;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Windows.Pausing;

/// <summary>Pauses a run whose window has ended, by what the pool pair asks for, and resumes in the next window what a window had paused.</summary>
internal sealed class KeepToWindowsHandler(
    IDbContextFactory<PortalDbContext> databases, RunQueries runs, PoolPairCatalog catalog, PeopleRights people, RunTransitions moves, ResumeRunHandler resume, RunStore store, TimeProvider clock)
{
    public async Task HandleAsync(long batchId, CancellationToken cancellationToken)
    {
        if (await runs.FindLatestAsync(batchId, cancellationToken) is not { } run)
            return;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var windows = await WindowQueries.FindAsync(db, run.PoolPairId, cancellationToken);
        var now = clock.GetUtcNow();
        var isOpen = windows.IsOpen(now);
        if (run.State == RunState.Running && isOpen)
            await moves.SetClosingAsync(run.Id, null, cancellationToken);
        else if (run.State == RunState.Running)
            await CloseAsync(run, windows, now, cancellationToken);
        else if (run is { State: RunState.Paused, PauseCause: PauseCause.Window } && isOpen)
            await ResumeAsync(db, run, now, cancellationToken);
    }

    private async Task CloseAsync(RunView run, PairWindows windows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var closesAt = run.ClosesAt ?? (windows.AtEnd == WindowEnd.PauseNow ? now : EndOf(windows, now) + OpenTimes.Finishing);
        if (now < closesAt)
        {
            await moves.SetClosingAsync(run.Id, closesAt, cancellationToken);
            return;
        }

        // A run that ended since is refused, and needs no pause.
        await moves.MoveAsync(
            run.BatchId,
            new RunMove(Caller.Portal, "RunPaused", [RunState.Running], RunState.Paused, [BatchState.Running], BatchState.Paused, "", new Wording("Detail.WindowEnded")) { PauseCause = PauseCause.Window },
            cancellationToken);
    }

    // Windows that were set meanwhile end what they do not allow when they are set, not when one of theirs would have ended.
    private static DateTimeOffset EndOf(PairWindows windows, DateTimeOffset now) =>
        windows.FindLastEnd(now) is not { } end ? now : windows.SetAt > end ? windows.SetAt.Value : end;

    private async Task ResumeAsync(PortalDbContext db, RunView run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var confirmed = await RunQueries.All(db).Where(x => x.Id == run.Id).Select(x => x.ConfirmedAt).SingleAsync(cancellationToken);
        if (catalog.Find(run.PoolPairId) is { } pair && RunConfirmations.Needed(pair).Length > 0 && now - confirmed > Scheduling.ScheduleTimes.StoppedFor)
        {
            await store.SetNoteAsync(run.Id, new Wording("confirmation-required.window"), cancellationToken);
            return;
        }

        var starter = await people.FindNowAsync(db, null, run.StartedBy, cancellationToken);
        var resumed = starter.IsDone ? await resume.HandleAsync(new ResumeRun(run.BatchId), starter.Value, cancellationToken) : starter.Refusal;
        if (resumed.Refusal is { } refusal)
            await store.SetNoteAsync(run.Id, refusal.Wording, cancellationToken);
    }
}
