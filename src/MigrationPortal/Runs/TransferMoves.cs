using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Rooms.Scanning;

namespace MigrationPortal.Runs;

/// <summary>What later features change of the rooms of a run that ended, each within their transaction.</summary>
internal static class TransferMoves
{
    /// <summary>Takes the room's grade over, unless it changed since it was read.</summary>
    public static Task<int> GradeAsync(PortalDbContext db, RoomTransfer seen, RoomResult result, CancellationToken cancellationToken)
    {
        var state = result.Grade is Grade.Perfect or Grade.Good ? TransferState.Done : TransferState.DoneWithFindings;
        var (findings, differences) = (VerificationSummary.FindingCount(result), VerificationSummary.Differences(result));
        return db.Set<RoomTransfer>().Where(x => x.Id == seen.Id && x.Revision == seen.Revision).ExecuteUpdateAsync(
            set => set
                .SetProperty(x => x.State, state)
                .SetProperty(x => x.Grade, (Grade?)result.Grade)
                .SetProperty(x => x.FindingCount, findings)
                .SetProperty(x => x.Differences, differences)
                .SetProperty(x => x.Revision, x => x.Revision + 1),
            cancellationToken);
    }

    /// <summary>All rooms of all runs of the batch are undone.</summary>
    public static Task<int> UndoAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken)
    {
        var runs = db.Set<Run>().Where(x => x.BatchId == batchId).Select(x => x.Id);
        return db.Set<RoomTransfer>().Where(x => runs.Contains(x.RunId)).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.State, TransferState.Undone).SetProperty(x => x.Revision, x => x.Revision + 1), cancellationToken);
    }
}
