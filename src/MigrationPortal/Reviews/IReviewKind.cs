using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Reviews;

/// <summary>A kind of review beside that of a plan. The later feature whose request is decided about registers it.</summary>
internal interface IReviewKind
{
    ReviewKind Kind { get; }

    /// <summary>Whoever approves says that they read the list of what happens, and why they approve.</summary>
    bool NeedsReading => false;

    /// <summary>Why what is asked for cannot be approved now, whoever wants to; null when it can.</summary>
    Task<Refusal?> CheckAsync(PortalDbContext db, Review review, CancellationToken cancellationToken) => Task.FromResult<Refusal?>(null);

    /// <summary>Takes the decision over to the request, within the transaction of the decision.</summary>
    Task DecideAsync(PortalDbContext db, long reviewId, bool isApproved, CancellationToken cancellationToken);

    /// <summary>Approvals are missing again: what was approved and has not begun waits for a decision.</summary>
    Task ReopenAsync(PortalDbContext db, long reviewId, CancellationToken cancellationToken);
}
