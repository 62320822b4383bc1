using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Batches.Viewing.BatchRooms;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Runs.Watching;
using MigrationPortal.Ui;

namespace MigrationPortal.Runs;

/// <summary>How far the rooms of a batch are in its latest run, in the groups of the run's page.</summary>
internal sealed class TransferFacet(IStringLocalizer<RunTexts> texts) : IBatchRoomFacet
{
    public string Name => BatchRoomFilter.TransferFacet;

    public Refusal? FindRefusal(string value) => Words.ReadOne<RunGroup>(Name, value).Refusal;

    public IQueryable<long>? ListRooms(PortalDbContext db, long batchId, string value)
    {
        if (Words.Find<RunGroup>(value) is not { } group)
            return null;
        var states = Enum.GetValues<TransferState>().Where(x => RunRows.GroupOf(x) == group).ToArray();
        return RunQueries.LatestTransfers(db, batchId).Where(x => states.Contains(x.State)).Select(x => x.RoomId);
    }

    public async Task<IReadOnlyList<RoomFacetValue>> CountAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken)
    {
        var states = await RunQueries.LatestTransfers(db, batchId).GroupBy(x => x.State).Select(x => new { x.Key, Rooms = x.Count() }).ToListAsync(cancellationToken);
        return states.Count == 0 ? [] : [.. Enum.GetValues<RunGroup>().Select(group => new RoomFacetValue(
            Name, group.ToString(), texts[$"Group.{group}"], ToneOf(group), states.Where(x => RunRows.GroupOf(x.Key) == group).Sum(x => x.Rooms)))];
    }

    private static Tone ToneOf(RunGroup group) => group switch
    {
        RunGroup.Failed => Tone.Bad,
        RunGroup.Skipped => Tone.Warn,
        RunGroup.Moving => Tone.Run,
        RunGroup.Done => Tone.Ok,
        _ => Tone.Off,
    };
}
