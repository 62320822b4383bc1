using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Delta;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Files;
using MigrationPortal.Runs.Limiting;

namespace MigrationPortal.Runs.Working;

/// <summary>
/// Once through the run: take the new database's lock, write people, categories, rooms and rights, then copy and prove room after
/// room in the plan's order, several at a time. The lock goes with the attempt, so that the next one takes it again.
/// </summary>
internal sealed class RunAttempt(
    IDbContextFactory<PortalDbContext> databases, RoomWork rooms, RunStore store, PlanAtTurn again, MoveFiles files, TimeProvider time)
{
    public async Task<Outcome<RunEnd>> RunAsync(RunTask task, CancellationToken cancellationToken)
    {
        var transfer = WriterOf(task);
        var acquired = await transfer.AcquireAsync(cancellationToken);
        if (!acquired.IsDone)
            return acquired.Refusal;
        await using var held = acquired.Value;
        task.Progress.WaitsForTurn = false;
        await store.SetNoteAsync(task.Run.Id, null, cancellationToken);
        var ids = await PrepareAsync(task, transfer, cancellationToken);
        if (ids.Refusal is { Kind: RefusalKind.Stale } changed)
        {
            var plan = await again.MakeAsync(task, changed, cancellationToken);
            if (!plan.IsDone)
                return plan.Refusal;
            // For the attempts after this one, too: people and rooms are written by this plan.
            task.Plan = plan.Value;
            ids = await PrepareAsync(task, transfer, cancellationToken);
        }

        if (!ids.IsDone)
            return ids.Refusal;
        if (await CountAsync(task, cancellationToken) is { } unread)
            return unread;
        var moving = await files.OpenAsync(task.Pair, task.Run.BatchId, cancellationToken);
        if (moving.Refusal is { } away)
            return away;
        using var uploads = moving.Value;
        var context = new RoomContext(task, transfer, ids.Value, task.Limits, uploads);
        do
        {
            if (await CopyAsync(context, cancellationToken) is { } outage)
                return outage;
        }
        // Passed over while the window ended; it may be open again.
        while (HasWaiting(task) && !task.IsClosing());
        return End(task.Progress.Transfers);
    }

    private BatchWriter WriterOf(RunTask task) => task.Run.Kind == RunKind.Move
        ? new BatchTransfer(task.Pair.Legacy, task.Pair.New, new TransferJournal(task.Run.BatchId, databases, time), time)
        : new BatchDelta(task.Pair.Legacy, task.Pair.New, new DeltaJournal(task.Run.BatchId, databases, time), time);

    private static async Task<Outcome<IdAllocation>> PrepareAsync(RunTask task, BatchWriter transfer, CancellationToken cancellationToken)
    {
        var open = task.Progress.Transfers.Where(x => !x.State.IsDone()).ToList();
        await SetAsync(task, open, TransferState.Preparing, cancellationToken);
        var ids = await transfer.PrepareAsync(task.Plan, cancellationToken);
        await SetAsync(task, open, TransferState.Pending, cancellationToken);
        return ids;
    }

    // The plan counts whole rooms; what a cut-off leaves of them is counted here, so that progress speaks of what will move.
    private static async Task<Refusal?> CountAsync(RunTask task, CancellationToken cancellationToken)
    {
        if (task.Plan.Rooms.Select(x => x.CutOffTicks).FirstOrDefault(x => x is not null) is not { } ticks)
            return null;
        var counted = await ChatPoolReader.CountSinceAsync(task.Pair.Legacy, ticks, cancellationToken);
        if (!counted.IsDone)
            return counted.Refusal;
        foreach (var transfer in task.Progress.Transfers.Where(x => !x.State.IsDone()))
            task.Progress.Change(transfer, x => x.TotalMessageCount = counted.Value.GetValueOrDefault(task.Plan.Rooms[x.Ordinal].LegacyNodeId));
        await task.Progress.FlushAsync(cancellationToken);
        return null;
    }

    private static Task SetAsync(RunTask task, List<RoomTransfer> transfers, TransferState state, CancellationToken cancellationToken)
    {
        foreach (var transfer in transfers)
            task.Progress.Change(transfer, x => (x.State, x.Error, x.FinishedAt) = (state, null, null));
        return task.Progress.FlushAsync(cancellationToken);
    }

    /// <returns>What stopped the whole attempt; a room that fails by itself stops nobody else.</returns>
    private async Task<Refusal?> CopyAsync(RoomContext context, CancellationToken cancellationToken)
    {
        Refusal? outage = null;
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await Parallel.ForEachAsync(
                EnterInOrderAsync(context.Task, abort.Token),
                new ParallelOptions { MaxDegreeOfParallelism = RunLimits.MostRooms, CancellationToken = abort.Token },
                async (transfer, token) =>
                {
                    if (await DoAndLeaveAsync(context, transfer, token) is not { } refusal)
                        return;
                    Interlocked.CompareExchange(ref outage, refusal, null);
                    await abort.CancelAsync();
                });
        }
        catch (OperationCanceledException) when (outage is not null)
        {
            // The rooms beside the one that hit the outage were stopped with it.
        }

        return outage;
    }

    // One after the other: who waits for a place is not chosen by chance.
    private static async IAsyncEnumerable<RoomTransfer> EnterInOrderAsync(RunTask task, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var transfer in task.Progress.Transfers.Where(x => x.State == TransferState.Pending).OrderBy(x => x.Ordinal).ToList())
        {
            await task.Gate.EnterAsync(cancellationToken);
            yield return transfer;
        }
    }

    private async Task<Refusal?> DoAndLeaveAsync(RoomContext context, RoomTransfer transfer, CancellationToken cancellationToken)
    {
        try
        {
            return context.Task.IsClosing() ? null : await rooms.DoAsync(context, transfer, cancellationToken);
        }
        finally
        {
            context.Task.Gate.Leave();
        }
    }

    private static bool HasWaiting(RunTask task) => task.Progress.Transfers.Any(x => x.State == TransferState.Pending);

    private static RunEnd End(IReadOnlyList<RoomTransfer> transfers)
    {
        if (transfers.Any(x => x.State == TransferState.Pending))
            return new(RunState.Paused, new("Detail.WindowEnded"));
        var failed = transfers.Where(x => x.State == TransferState.Failed).ToList();
        if (failed.Count > 0)
            return new(RunState.Failed, new("Error.RoomsFailed", failed.Count, transfers.Count, failed[0].RoomName, failed[0].Error));
        return new(transfers.Any(x => x.State is TransferState.DoneWithFindings or TransferState.Skipped) ? RunState.CompletedWithFindings : RunState.Completed);
    }
}
