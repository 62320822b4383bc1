using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Viewing.Plans;
using MigrationPortal.Comments;
using MigrationPortal.Data;
using MigrationPortal.Reviews;

namespace MigrationPortal.Delta;

/// <summary>Comments about the items of a delta: <c>deltaLine:Member:12: · Person</c>, <c>deltaLine:Name:12:</c>; a category has no number, and is named.</summary>
internal sealed class DeltaAnchors : IAnchoredThings
{
    private const string Line = "deltaLine";

    public AnchorKind Kind => AnchorKind.DeltaLine;

    /// <summary>A person's right is a thing of its own in each room.</summary>
    public static string Subject(DeltaChange change) => change.Subject + Person(change);

    /// <returns>Null where the subject is too long for an anchor, or odd.</returns>
    public static string? About(DeltaChange change) =>
        PlanValues.About(Line, change.Property ?? change.Kind, change.RoomId, change.RoomId is null ? Subject(change) : Person(change));

    /// <summary>Against what is requested now; a preview is not kept, and what was requested before was copied or is no longer wanted.</summary>
    public async Task<LeftThreads> FindLeftAsync(PortalDbContext db, long batchId, IReadOnlyList<CommentThread> threads, CancellationToken cancellationToken)
    {
        // Each was requested by a person.
        var requests = await db.Set<DeltaRequest>().AsNoTracking().Where(x => x.BatchId == batchId).OrderBy(x => x.Id).ToListAsync(cancellationToken);
        if (requests.Count == 0 || requests[^1] is not { State: DeltaState.InReview or DeltaState.Approved } asked)
            return LeftThreads.None;
        var ends = await ReviewQueries.EndsAsync(db, batchId, cancellationToken);
        var there = await FindAsync(db, asked.Id, threads, cancellationToken);
        return new(
            [.. threads.Where(x => !there.Have(x)).Select(x => x.Id)],
            [.. threads.Where(x => RequestOf(x) is { } then && then.Fingerprint != asked.Fingerprint).Select(x => x.Id)]);

        // The one that was decided about or approved then; a thread on a preview is about what was requested next.
        DeltaRequest? RequestOf(CommentThread thread) =>
            requests.FindLast(x => x.RequestedAt <= thread.At && (ends.GetValueOrDefault(x.ReviewId) is not { } end || end > thread.At))
            ?? requests.Find(x => x.RequestedAt > thread.At);
    }

    private static async Task<LinesLeft> FindAsync(PortalDbContext db, long deltaId, IReadOnlyList<CommentThread> threads, CancellationToken cancellationToken)
    {
        var heads = threads.Select(x => x.Anchor.Head).Distinct(StringComparer.Ordinal).ToArray();
        var subjects = threads.Select(x => x.Anchor.Subject).Distinct(StringComparer.Ordinal).ToArray();
        var rooms = threads.Select(x => x.RoomId).OfType<long>().Distinct().ToArray();
        var people = subjects.Concat(subjects.SelectMany(Ends)).Distinct(StringComparer.Ordinal).ToArray();
        var lines = await db.Set<DeltaLine>().AsNoTracking()
            .Where(x => x.DeltaId == deltaId && heads.Contains(x.Property ?? x.Kind)
                && (subjects.Contains(x.Subject) || subjects.Contains(x.Subject + Anchor.Between + (x.New ?? x.Old))
                    || (rooms.Contains(x.RoomId!.Value) && (x.Property == null || (x.Old != null && x.New != null) || people.Contains((x.New ?? x.Old)!)))))
            .ToListAsync(cancellationToken);
        return new(lines.ConvertAll(x => x.ToChange()));
    }

    // The name of the room before the person is in keys of an earlier portal only, and may hold what stands between them.
    private static IEnumerable<string> Ends(string subject) =>
        from at in Enumerable.Range(0, subject.Length)
        where string.CompareOrdinal(subject, at, Anchor.Between, 0, Anchor.Between.Length) == 0
        select subject[(at + Anchor.Between.Length)..];

    private static string Person(DeltaChange change) =>
        change is { Property: not null, Old: null } or { Property: not null, New: null } ? $"{Anchor.Between}{change.New ?? change.Old}" : "";

    /// <summary>Threads and requests of an earlier portal name no room: they meet whatever room of that name the other names.</summary>
    private sealed class LinesLeft(List<DeltaChange> lines)
    {
        private readonly HashSet<Anchor> _things = Anchors(lines);
        private readonly HashSet<Anchor> _withoutRoom = Anchors(lines.Select(x => x with { RoomId = null }));
        private readonly HashSet<Anchor> _ofEarlierRequest = Anchors(lines.Where(x => x.RoomId is null && x.Kind != "Category"));

        public bool Have(CommentThread thread) => thread.RoomId is null
            ? _withoutRoom.Contains(thread.Anchor)
            : _things.Contains(thread.Anchor.Thing) || _ofEarlierRequest.Contains(new Anchor(AnchorKind.DeltaLine, $"{thread.Anchor.Head}::{thread.Anchor.Subject}"));

        private static HashSet<Anchor> Anchors(IEnumerable<DeltaChange> lines) =>
            lines.Select(About).OfType<string>().Select(x => new Anchor(AnchorKind.DeltaLine, x[(Line.Length + 1)..]).Thing).ToHashSet();
    }
}
