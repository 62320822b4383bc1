using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Rooms.Deciding;

namespace MigrationPortal.Verification;

/// <summary>Writes what was decided about differences into the timeline of the batch whose verification shows them.</summary>
internal sealed class AcceptanceTimeline(BatchTimeline timeline) : IAcceptanceHistory
{
    public async Task<AcceptanceTold> AddAsync(PortalDbContext db, AcceptanceEvent happened, CancellationToken cancellationToken)
    {
        var counts = await ProposalQueries.BatchOfRooms(db).Where(x => happened.RoomIds.Contains(x.RoomId))
            .GroupBy(x => x.BatchId).Select(x => new { BatchId = x.Key, Rooms = x.Count() }).ToListAsync(cancellationToken);
        var ids = counts.Select(x => x.BatchId).ToArray();
        var batches = await BatchReads.All(db).Where(x => ids.Contains(x.Id)).OrderBy(x => x.Id).ToListAsync(cancellationToken);
        var rooms = counts.ToDictionary(x => x.BatchId, x => x.Rooms);
        List<AuditRecord> records = [];
        foreach (var batch in batches)
        {
            var detail = new Wording("Detail.DifferencesAccepted", rooms[batch.Id], happened.Reason);
            var values = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["reason"] = happened.Reason,
                ["rooms"] = rooms[batch.Id].ToString(CultureInfo.InvariantCulture),
            };
            if (happened.Whose is { } whose)
                values["whose"] = whose;
            records.AddRange(timeline.Add(db, batch, [new TimelineEntry(happened.By, happened.Kind, batch.State, batch.State, detail, values)]));
        }

        await db.SaveChangesAsync(cancellationToken);
        return new(records, () => batches.ForEach(timeline.Announce));
    }
}
