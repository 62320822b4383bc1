using MigrationPortal.Engine;
using MigrationPortal.Engine.Files;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Telemetry;

namespace MigrationPortal.Runs.Working;

internal sealed record RoomContext(RunTask Task, BatchWriter Transfer, IdAllocation Ids, CopyLimits Limits, FileTransfer? Files);

/// <summary>Copies one room, then the files that its messages link to, and proves it at once.</summary>
internal sealed class RoomWork(IRoomResults record, RunMetrics metrics, TimeProvider time)
{
    /// <returns>A refusal that concerns the whole run, because a database is away; null when the room is finished, well or not.</returns>
    public async Task<Refusal?> DoAsync(RoomContext context, RoomTransfer transfer, CancellationToken cancellationToken)
    {
        var room = context.Task.Plan.Rooms[transfer.Ordinal];
        var begun = time.GetTimestamp();
        // Rooms have numbers here: their names are nobody's outside.
        using var activity = PortalTelemetry.Source.StartActivity("migrate room");
        activity?.SetTag("migrationportal.room.id", transfer.RoomId).SetTag("migrationportal.run.id", context.Task.Run.Id);
        var copied = await CopyAsync(context, transfer, room, cancellationToken);
        if (!copied.IsDone)
            return await FailAsync(context, transfer, copied.Refusal, cancellationToken);
        if (await MoveFilesAsync(context, transfer, room, cancellationToken) is { } stuck)
            return await FailAsync(context, transfer, stuck, cancellationToken);

        await context.Task.Progress.ChangeNowAsync(
            transfer,
            // What the source lost or won since the plan was made counts from here on.
            x => (x.State, x.CopiedMessageCount, x.TotalMessageCount) = (TransferState.Verifying, copied.Value.Messages, copied.Value.Messages),
            cancellationToken);
        var pair = context.Task.Pair;
        var proof = await RoomVerifier.VerifyAsync(pair.Legacy, pair.New, room, context.Task.Plan, context.Ids, pair.Files, cancellationToken);
        if (!proof.IsDone)
            return await FailAsync(context, transfer, proof.Refusal, cancellationToken);
        await record.HandleAsync(new ProvenRoom(context.Task.Run, pair.Id, context.Task.Plan, room, context.Ids, transfer.RoomId, proof.Value), cancellationToken);
        await context.Task.Progress.ChangeNowAsync(transfer, x => Finish(x, proof.Value), cancellationToken);
        metrics.CountRoom(pair.Id, transfer.State, time.GetElapsedTime(begun));
        return null;
    }

    private async Task<Outcome<CopiedRoom>> CopyAsync(RoomContext context, RoomTransfer transfer, PlannedRoom room, CancellationToken cancellationToken)
    {
        var progress = context.Task.Progress;
        var bytesBefore = transfer.CopiedByteCount;
        CopyProgress? last = null;
        await progress.ChangeNowAsync(
            transfer, x => (x.State, x.StartedAt, x.FinishedAt, x.Error) = (TransferState.Copying, x.StartedAt ?? time.GetUtcNow(), null, null), cancellationToken);
        return await context.Transfer.CopyRoomAsync(
            room,
            context.Task.Plan,
            context.Ids,
            copied =>
            {
                // The first call tells what was there already, each later one that a page went in.
                if (last is { } before)
                    metrics.CountPage(context.Task.Pair.Id, copied.Messages - before.Messages, copied.Bytes - before.Bytes);
                last = copied;
                progress.Change(transfer, x =>
                {
                    x.CopiedMessageCount = copied.Messages;
                    x.CopiedByteCount = bytesBefore + copied.Bytes;
                    x.TotalMessageCount = Math.Max(x.TotalMessageCount, copied.Messages);
                });
            },
            context.Limits,
            cancellationToken);
    }

    private static async Task<Refusal?> MoveFilesAsync(RoomContext context, RoomTransfer transfer, PlannedRoom room, CancellationToken cancellationToken)
    {
        if (context.Files is not { } files)
            return null;
        var bytesBefore = transfer.CopiedFileByteCount;
        var moved = await files.CopyRoomAsync(
            room,
            progress => context.Task.Progress.Change(
                transfer, x => (x.CopiedFileCount, x.TotalFileCount, x.CopiedFileByteCount) = (progress.Files, progress.Total, bytesBefore + progress.Bytes)),
            cancellationToken);
        return moved.Refusal;
    }

    private async Task<Refusal?> FailAsync(RoomContext context, RoomTransfer transfer, Refusal refusal, CancellationToken cancellationToken)
    {
        var isOutage = refusal.Kind == RefusalKind.Unavailable;
        // Whether the last page went in is found out by reading the new pool at the next attempt.
        await context.Task.Progress.ChangeNowAsync(
            transfer,
            x =>
            {
                // A room that is used in the new pool is left as it is by a delta; nobody can repair that by trying again.
                x.State = isOutage ? TransferState.OutcomeUnknown : refusal.Code == "room-used-since" ? TransferState.Skipped : TransferState.Failed;
                x.Error = refusal.Wording;
                x.FinishedAt = isOutage ? null : time.GetUtcNow();
            },
            cancellationToken);
        return isOutage ? refusal : null;
    }

    private void Finish(RoomTransfer transfer, RoomResult proof)
    {
        transfer.State = proof.Grade is Grade.Perfect or Grade.Good ? TransferState.Done : TransferState.DoneWithFindings;
        transfer.VerifiedMessageCount = transfer.TotalMessageCount;
        transfer.Grade = proof.Grade;
        transfer.FindingCount = VerificationSummary.FindingCount(proof);
        transfer.Differences = VerificationSummary.Differences(proof);
        transfer.FinishedAt = time.GetUtcNow();
    }
}
