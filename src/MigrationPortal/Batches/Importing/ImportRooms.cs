using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Batches.Importing;

/// <param name="OnlyGood">Adds what can be added; else nothing unless every row can be.</param>
internal sealed record ImportRooms(long BatchId, ReadOnlyMemory<byte> File, bool OnlyGood);

/// <param name="Added">Rooms that the batch did not have.</param>
internal sealed record RoomsImported(int Added, JudgedFile File);

/// <summary>Adds the rooms of a CSV file to a batch.</summary>
internal sealed class ImportRoomsHandler(IDbContextFactory<PortalDbContext> databases, JudgeRoomsHandler judge, AddRoomsHandler add)
{
    public async Task<Outcome<RoomsImported>> HandleAsync(ImportRooms request, Caller caller, CancellationToken cancellationToken)
    {
        if (Rights.Require(caller, Role.Planner, "change-batch") is { } refusal)
            return refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batch = await BatchInReach.FindAsync(db, request.BatchId, caller, [Role.Planner], "change-batch", cancellationToken);
        if (!batch.IsDone)
            return batch.Refusal;
        var judged = await judge.HandleAsync(new JudgeRooms(batch.Value.PoolPairId, request.BatchId, request.File), caller, cancellationToken);
        if (!judged.IsDone)
            return judged.Refusal;
        var unfit = judged.Value.Rows.Where(x => x.Verdict != RowVerdict.Addable).ToList();
        if (unfit.Count > 0 && !request.OnlyGood)
            return new Refusal("csv-rows-unfit", RefusalKind.Invalid, unfit.Count, $"{unfit[0].Line}", unfit[0].Given, unfit[0].Reason);
        var ids = judged.Value.AddableIds;
        if (ids.Length == 0)
            return new RoomsImported(0, judged.Value);
        var added = await add.HandleAsync(new AddRooms(request.BatchId, ids), caller, cancellationToken);
        return added.IsDone ? new RoomsImported(ids.Length, judged.Value) : added.Refusal;
    }
}
