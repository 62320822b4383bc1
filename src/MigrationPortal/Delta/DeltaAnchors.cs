using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Viewing.Plans;
using MigrationPortal.Comments;
using MigrationPortal.Data;
using MigrationPortal.Reviews;

namespace MigrationPortal.Delta;

/// <summary>Comments about the items of a delta: <c>deltaLine:Member:12:Room · Person</c>, without a number of a category.</summary>
internal sealed class DeltaAnchors : IAnchoredThings
{
    private const string Line = "deltaLine";

    private const string Between = " · ";

    public AnchorKind Kind => AnchorKind.DeltaLine;

    /// <summary>A person's right is a thing of its own in each room.</summary>
    public static string Subject(DeltaChange change) =>
        change is { Property: not null, Old: null } or { Property: not null, New: null } ? $"{change.Subject}{Between}{change.New ?? change.Old}" : change.Subject;

    /// <returns>Null where the subject is too long for an anchor, or odd.</returns>
    public static string? About(DeltaChange change) => PlanValues.About(Line, change.Property ?? change.Kind, change.RoomId, Subject(change));

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
        var subjects = threads.Select(SubjectOf).Distinct(StringComparer.Ordinal).ToArray();
        var lines = await db.Set<DeltaLine>().AsNoTracking()
            .Where(x => x.DeltaId == deltaId && heads.Contains(x.Property ?? x.Kind) && (subjects.Contains(x.Subject) || subjects.Contains(x.Subject + Between + (x.New ?? x.Old))))
            .ToListAsync(cancellationToken);
        return new(lines.ConvertAll(x => x.ToChange()));
    }

    private static string SubjectOf(CommentThread thread) => thread.AnchorKey.Split(':', 3)[2];

    /// <summary>Threads and requests of an earlier portal name no room: they meet whatever room of that name the other names.</summary>
    private sealed class LinesLeft(List<DeltaChange> lines)
    {
        private readonly HashSet<string> _named = Keys(lines);
        private readonly HashSet<string> _withoutRoom = Keys(lines.Select(x => x with { RoomId = null }));
        private readonly HashSet<string> _ofEarlierRequest = Keys(lines.Where(x => x.RoomId is null && x.Kind != "Category"));

        public bool Have(CommentThread thread) => thread.RoomId is null
            ? _withoutRoom.Contains(thread.AnchorKey)
            : _named.Contains(thread.AnchorKey) || _ofEarlierRequest.Contains($"{thread.Anchor.Head}::{SubjectOf(thread)}");

        private static HashSet<string> Keys(IEnumerable<DeltaChange> lines) =>
            lines.Select(About).OfType<string>().Select(x => x[(Line.Length + 1)..]).ToHashSet(StringComparer.Ordinal);
    }
}
