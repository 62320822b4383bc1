using MigrationPortal.Data;

namespace MigrationPortal.Comments;

/// <summary>A later feature whose things are commented on, and change.</summary>
internal interface IAnchoredThings
{
    AnchorKind Kind { get; }

    /// <param name="threads">Of one batch, about things of that kind.</param>
    Task<LeftThreads> FindLeftAsync(PortalDbContext db, long batchId, IReadOnlyList<CommentThread> threads, CancellationToken cancellationToken);
}

/// <param name="Gone">Ids of threads about things that are no longer there.</param>
/// <param name="Outdated">Ids of threads that were begun when the plan of these things was another one.</param>
internal sealed record LeftThreads(IReadOnlyList<long> Gone, IReadOnlyList<long> Outdated)
{
    public static LeftThreads None { get; } = new([], []);
}
