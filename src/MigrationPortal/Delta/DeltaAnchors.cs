using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Viewing.Plans;
using MigrationPortal.Comments;
using MigrationPortal.Data;
using MigrationPortal.Reviews;

namespace MigrationPortal.Delta;

/// <summary>Comments about the items of a delta: <c>deltaLine:Member::Room · Person</c>.</summary>
internal sealed class DeltaAnchors : IAnchoredThings
{
    private const string Line = "deltaLine";

    private const string Between = " · ";

    public AnchorKind Kind => AnchorKind.DeltaLine;

    /// <summary>A person's right is a thing of its own in each room.</summary>
    public static string Subject(DeltaChange change) =>
        change is { Property: not null, Old: null } or { Property: not null, New: null } ? $"{change.Subject}{Between}{change.New ?? change.Old}" : change.Subject;

    /// <returns>Null where the subject is too long for an anchor, or odd.</returns>
    public static string? About(DeltaChange change) => PlanValues.About(Line, change.Property ?? change.Kind, null, Subject(change));

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
            [.. threads.Where(x => !there.Contains(x.AnchorKey)).Select(x => x.Id)],
            [.. threads.Where(x => RequestOf(x) is { } then && then.Fingerprint != asked.Fingerprint).Select(x => x.Id)]);

        // The one that was decided about or approved then; a thread on a preview is about what was requested next.
        DeltaRequest? RequestOf(CommentThread thread) =>
            requests.FindLast(x => x.RequestedAt <= thread.At && (ends.GetValueOrDefault(x.ReviewId) is not { } end || end > thread.At))
            ?? requests.Find(x => x.RequestedAt > thread.At);
    }

    private static async Task<HashSet<string>> FindAsync(PortalDbContext db, long deltaId, IReadOnlyList<CommentThread> threads, CancellationToken cancellationToken)
    {
        var heads = threads.Select(x => x.Anchor.Head).Distinct(StringComparer.Ordinal).ToArray();
        var subjects = threads.Select(x => x.AnchorKey.Split(':', 3)[2]).Distinct(StringComparer.Ordinal).ToArray();
        var lines = await db.Set<DeltaLine>().AsNoTracking()
            .Where(x => x.DeltaId == deltaId && heads.Contains(x.Property ?? x.Kind) && (subjects.Contains(x.Subject) || subjects.Contains(x.Subject + Between + (x.New ?? x.Old))))
            .ToListAsync(cancellationToken);
        return lines.Select(x => About(x.ToChange())).OfType<string>().Select(x => x[(Line.Length + 1)..]).ToHashSet(StringComparer.Ordinal);
    }
}
