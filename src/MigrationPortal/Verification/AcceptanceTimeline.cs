using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Rooms.Deciding;

namespace MigrationPortal.Verification;

/// <summary>Writes what was decided about differences into the timeline of the batch whose verification shows them.</summary>
internal sealed class AcceptanceTimeline(BatchTimeline timeline) : IAcceptanceHistory
{
    public async Task<Action> RecordAsync(PortalDbContext db, AcceptanceEvent happened, CancellationToken cancellationToken)
    {
        var counts = await ProposalQueries.BatchOfRooms(db).Where(x => happened.RoomIds.Contains(x.RoomId))
            .GroupBy(x => x.BatchId).Select(x => new { BatchId = x.Key, Rooms = x.Count() }).ToListAsync(cancellationToken);
        List<Batch> told = [];
        foreach (var one in counts.OrderBy(x => x.BatchId))
        {
            var batch = await BatchReads.GetAsync(db, one.BatchId, cancellationToken);
            var detail = new Wording("Detail.DifferencesAccepted", one.Rooms, happened.Reason);
            var values = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["reason"] = happened.Reason,
                ["rooms"] = one.Rooms.ToString(CultureInfo.InvariantCulture),
            };
            if (happened.Whose is { } whose)
                values["whose"] = whose;
            await timeline.RecordAsync(db, batch, new TimelineEntry(happened.By, happened.Kind, batch.State, batch.State, detail, values), cancellationToken);
            told.Add(batch);
        }

        return () => told.ForEach(timeline.Announce);
    }
}
