using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;

namespace MigrationPortal.Comments.Viewing;

/// <summary>Which of the things that threads are about are still there: read in one statement for each kind of thing.</summary>
internal sealed class AnchorPlaces
{
    private readonly HashSet<long> _rooms;
    private readonly HashSet<string> _findings;
    private readonly HashSet<string> _lines;

    private AnchorPlaces(HashSet<long> rooms, HashSet<string> findings, HashSet<string> lines) => (_rooms, _findings, _lines) = (rooms, findings, lines);

    public static async Task<AnchorPlaces> ReadAsync(PortalDbContext db, long batchId, IReadOnlyList<CommentThread> threads, CancellationToken cancellationToken)
    {
        var rooms = threads.Select(x => x.RoomId).OfType<long>().Distinct().ToArray();
        var rules = threads.Where(x => x.AnchorKind == AnchorKind.Finding).Select(x => x.Anchor.Head).Distinct(StringComparer.Ordinal).ToArray();
        var held = rooms.Length == 0 ? [] : await BatchReads.Rooms(db).Where(x => x.BatchId == batchId && rooms.Contains(x.RoomId)).Select(x => x.RoomId).ToListAsync(cancellationToken);
        var found = rules.Length == 0
            ? []
            // A rule may be broken by tens of thousands of rooms: only those that are asked for, and that there is any.
            : await BatchReads.Findings(db).Where(x => x.BatchId == batchId && rules.Contains(x.RuleId))
                .Select(x => new { x.RuleId, RoomId = x.RoomId != null && rooms.Contains(x.RoomId.Value) ? x.RoomId : null }).Distinct().ToListAsync(cancellationToken);
        var findings = found.Select(x => x.RuleId).Concat(found.Where(x => x.RoomId is not null).Select(x => Key(x.RuleId, x.RoomId))).ToHashSet(StringComparer.Ordinal);
        return new([.. held], findings, await LinesAsync(db, batchId, threads, cancellationToken));
    }

    public bool IsGone(CommentThread thread) => thread.AnchorKind switch
    {
        AnchorKind.Room or AnchorKind.Message => thread.RoomId is { } room && !_rooms.Contains(room),
        AnchorKind.Finding => !_findings.Contains(thread.AnchorKey),
        AnchorKind.PlanLine => !_lines.Contains(thread.AnchorKey),
        _ => false,
    };

    private static async Task<HashSet<string>> LinesAsync(PortalDbContext db, long batchId, IReadOnlyList<CommentThread> threads, CancellationToken cancellationToken)
    {
        var subjects = threads.Where(x => x.AnchorKind == AnchorKind.PlanLine).Select(x => x.AnchorKey.Split(':', 3)[2]).Distinct(StringComparer.Ordinal).ToArray();
        if (subjects.Length == 0)
            return [];
        var lines = await PlanQueries.Newest(db, batchId).Where(x => subjects.Contains(x.Subject)).Select(x => new { x.Kind, x.RoomId, x.Subject }).Distinct().ToListAsync(cancellationToken);
        return [.. lines.Select(x => $"{Key(x.Kind, x.RoomId)}:{x.Subject}")];
    }

    private static string Key(string head, long? room) => string.Create(CultureInfo.InvariantCulture, $"{head}:{room}");
}
