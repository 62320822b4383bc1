using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Batches.Viewing.BatchRooms;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Runs.Watching;
using MigrationPortal.Ui;

namespace MigrationPortal.Runs;

/// <summary>How far the rooms of a batch are in its latest run, in the groups of the run's page; those that an undo removed are not among the finished ones.</summary>
internal sealed class TransferFacet(IStringLocalizer<RunTexts> texts) : IBatchRoomFacet
{
    public string Name => BatchRoomFilter.TransferFacet;

    public Refusal? FindRefusal(string value) => Words.ReadOne<Progress>(Name, value).Refusal;

    public IQueryable<long>? ListRooms(PortalDbContext db, long batchId, string value)
    {
        if (Words.Find<Progress>(value) is not { } progress)
            return null;
        var states = Enum.GetValues<TransferState>().Where(x => ProgressOf(x) == progress).ToArray();
        return RunQueries.LatestTransfers(db, batchId).Where(x => states.Contains(x.State)).Select(x => x.RoomId);
    }

    public async Task<IReadOnlyList<RoomFacetValue>> CountAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken)
    {
        var states = await RunQueries.LatestTransfers(db, batchId).GroupBy(x => x.State).Select(x => new { x.Key, Rooms = x.Count() }).ToListAsync(cancellationToken);
        return states.Count == 0 ? [] : [.. Enum.GetValues<Progress>().Select(progress => new RoomFacetValue(
            Name, progress.ToString(), texts[$"Group.{progress}"], ToneOf(progress), states.Where(x => ProgressOf(x.Key) == progress).Sum(x => x.Rooms)))];
    }

    private static Progress ProgressOf(TransferState state) => RunRows.GroupOf(state) switch
    {
        RunGroup.Failed => Progress.Failed,
        RunGroup.Skipped => Progress.Skipped,
        RunGroup.Moving => Progress.Moving,
        RunGroup.Done => Progress.Done,
        RunGroup.Undone => Progress.Undone,
        _ => Progress.Waiting,
    };

    private static Tone ToneOf(Progress progress) => progress switch
    {
        Progress.Failed => Tone.Bad,
        Progress.Skipped => Tone.Warn,
        Progress.Moving => Tone.Run,
        Progress.Done => Tone.Ok,
        _ => Tone.Off,
    };

    // The groups of the run's page, whose finished rooms an undo may have removed since.
    private enum Progress
    {
        Failed,
        Skipped,
        Moving,
        Waiting,
        Done,
        Undone,
    }
}
