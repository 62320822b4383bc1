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
    private readonly HashSet<Anchor> _lines;
    private readonly AnchoredCategories _categories;
    private readonly HashSet<long> _gone = [];
    private readonly HashSet<long> _outdated = [];

    private AnchorPlaces(HashSet<long> rooms, HashSet<string> findings, HashSet<Anchor> lines, AnchoredCategories categories) =>
        (_rooms, _findings, _lines, _categories) = (rooms, findings, lines, categories);

    public static async Task<AnchorPlaces> ReadAsync(
        PortalDbContext db, long batchId, IReadOnlyList<CommentThread> threads, AnchoredCategories categories, IEnumerable<IAnchoredThings> later, CancellationToken cancellationToken)
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
        await categories.ReadAsync(db, batchId, threads.Select(x => x.Anchor), cancellationToken);
        var places = new AnchorPlaces([.. held], findings, await LinesAsync(db, batchId, threads, cancellationToken), categories);
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
        AnchorKind.PlanLine => !_lines.Contains(thread.Anchor.Thing) && CategoryOf(thread.Anchor) is null,
        _ => _gone.Contains(thread.Id),
    };

    /// <inheritdoc cref="AnchoredCategories.NameOf"/>
    public string? CategoryOf(Anchor about) => _categories.NameOf(about);

    /// <param name="fingerprint">Of the batch's plan now.</param>
    public bool IsOutdated(CommentThread thread, string? fingerprint) => thread.AnchorKind switch
    {
        AnchorKind.Room or AnchorKind.Finding or AnchorKind.PlanLine => thread.Fingerprint is not null && thread.Fingerprint != fingerprint,
        _ => _outdated.Contains(thread.Id),
    };

    private static async Task<HashSet<Anchor>> LinesAsync(PortalDbContext db, long batchId, IReadOnlyList<CommentThread> threads, CancellationToken cancellationToken)
    {
        var about = threads.Where(x => x.AnchorKind == AnchorKind.PlanLine).Select(x => x.Anchor.Thing).Distinct().ToList();
        if (about.Count == 0)
            return [];
        var subjects = about.Select(x => x.Subject).Where(x => x.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        var rooms = about.Where(x => x.Subject.Length == 0).Select(x => x.RoomId).OfType<long>().Distinct().ToArray();
        var kinds = Anchor.OfRoom;
        var lines = await PlanQueries.Newest(db, batchId)
            .Where(x => subjects.Contains(x.Subject) || (kinds.Contains(x.Kind) && rooms.Contains(x.RoomId!.Value)))
            .Select(x => new { x.Kind, x.RoomId, x.Subject }).Distinct().ToListAsync(cancellationToken);
        return [.. lines.Select(x => new Anchor(AnchorKind.PlanLine, $"{Key(x.Kind, x.RoomId)}:{x.Subject}").Thing)];
    }

    private static string Key(string head, long? room) => string.Create(CultureInfo.InvariantCulture, $"{head}:{room}");
}
