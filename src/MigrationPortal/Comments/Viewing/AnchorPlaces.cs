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
    private readonly HashSet<long> _gone = [];
    private readonly HashSet<long> _outdated = [];

    private AnchorPlaces(HashSet<long> rooms, HashSet<string> findings, HashSet<string> lines) => (_rooms, _findings, _lines) = (rooms, findings, lines);

    public static async Task<AnchorPlaces> ReadAsync(
        PortalDbContext db, long batchId, IReadOnlyList<CommentThread> threads, IEnumerable<IAnchoredThings> later, CancellationToken cancellationToken)
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
        var places = new AnchorPlaces([.. held], findings, await LinesAsync(db, batchId, threads, cancellationToken));
        foreach (var things in later)
        {
            if (threads.Where(x => x.AnchorKind == things.Kind).ToList() is not { Count: > 0 } about)
                continue;
            var left = await things.FindLeftAsync(db, batchId, about, cancellationToken);
            places._gone.UnionWith(left.Gone);
            places._outdated.UnionWith(left.Outdated);
        }

        return places;
    }

    public bool IsGone(CommentThread thread) => thread.AnchorKind switch
    {
        AnchorKind.Room or AnchorKind.Message => thread.RoomId is { } room && !_rooms.Contains(room),
        AnchorKind.Finding => !_findings.Contains(thread.AnchorKey),
        AnchorKind.PlanLine => !_lines.Contains(thread.AnchorKey),
        _ => _gone.Contains(thread.Id),
    };

    /// <param name="fingerprint">Of the batch's plan now.</param>
    public bool IsOutdated(CommentThread thread, string? fingerprint) => thread.AnchorKind switch
    {
        AnchorKind.Room or AnchorKind.Finding or AnchorKind.PlanLine => thread.Fingerprint is not null && thread.Fingerprint != fingerprint,
        _ => _outdated.Contains(thread.Id),
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
