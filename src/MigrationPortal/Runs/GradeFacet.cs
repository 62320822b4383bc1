using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MigrationPortal.Api;
using MigrationPortal.Batches.Viewing.BatchRooms;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Runs.Viewing;

namespace MigrationPortal.Runs;

/// <summary>What the verification of each room of a batch gave, in its latest run; nothing once an undo has removed the room.</summary>
internal sealed class GradeFacet(IStringLocalizer<RunTexts> texts) : IBatchRoomFacet
{
    public string Name => BatchRoomFilter.GradeFacet;

    public Refusal? FindRefusal(string value) => Words.ReadOne<Grade>(Name, value).Refusal;

    public IQueryable<long>? ListRooms(PortalDbContext db, long batchId, string value) => Words.Find<Grade>(value) is { } grade
        ? Kept(db, batchId).Where(x => x.Grade == grade).Select(x => x.RoomId)
        : null;

    public async Task<IReadOnlyList<RoomFacetValue>> CountAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken)
    {
        var grades = await Kept(db, batchId).Where(x => x.Grade != null).GroupBy(x => x.Grade!.Value)
            .Select(x => new { x.Key, Rooms = x.Count() }).ToDictionaryAsync(x => x.Key, x => x.Rooms, cancellationToken);
        return grades.Count == 0 ? [] : [.. Enum.GetValues<Grade>().Reverse().Select(grade => new RoomFacetValue(
            Name, grade.ToString(), texts[$"Grade.{grade}"], GradeBadge.ToneOf(grade), grades.GetValueOrDefault(grade)))];
    }

    private static IQueryable<RoomTransfer> Kept(PortalDbContext db, long batchId) => RunQueries.LatestTransfers(db, batchId).Where(x => x.State != TransferState.Undone);
}
