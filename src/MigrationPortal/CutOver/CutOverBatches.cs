using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Verification;

namespace MigrationPortal.CutOver;

/// <param name="Grade">Null before any of its rooms was verified.</param>
/// <param name="Open">Rooms with differences that nobody accepted.</param>
public sealed record CutOverBatchLine(long Id, string Name, BatchState State, int Rooms, Grade? Grade, int Open)
{
    public bool IsClosed => State == BatchState.CutOver;
}

/// <summary>The batches of a pool pair as the final delta takes them: those that can be cut over first, then what is not ready, then what is done.</summary>
internal sealed class CutOverBatches(IDbContextFactory<PortalDbContext> databases, VerificationQueries verification)
{
    private static readonly BatchState[] Ready = [BatchState.Completed, BatchState.CompletedWithFindings];

    public async Task<IReadOnlyList<CutOverBatchLine>> ListAsync(string poolPairId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batches = await BatchReads.All(db).Where(x => x.PoolPairId == poolPairId && x.State != BatchState.Undone)
            .Select(x => new { x.Id, x.Name, x.State, Rooms = BatchReads.Rooms(db).Count(room => room.BatchId == x.Id) }).ToListAsync(cancellationToken);
        var grades = await verification.ListGradesAsync([.. batches.Select(x => x.Id)], cancellationToken);
        return [.. batches
            .Select(x => new CutOverBatchLine(x.Id, x.Name, x.State, x.Rooms, grades.TryGetValue(x.Id, out var found) ? found.Grade : null, found.Open))
            .OrderBy(x => x.IsClosed ? 3 : !Ready.Contains(x.State) ? 2 : x.Open > 0 ? 1 : 0).ThenBy(x => x.Id)];
    }

    /// <summary>Whether a final delta of it can start.</summary>
    public static bool IsReady(CutOverBatchLine batch) => Ready.Contains(batch.State);
}
