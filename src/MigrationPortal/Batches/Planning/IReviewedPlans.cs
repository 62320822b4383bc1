using MigrationPortal.Data;
using MigrationPortal.Engine.Preflight;

namespace MigrationPortal.Batches.Planning;

/// <param name="WasApproved">Else it was only submitted.</param>
/// <param name="By">Who approved or submitted it.</param>
internal sealed record ReviewedPlan(string Fingerprint, bool WasApproved, string By, DateTimeOffset At);

/// <summary>Which plan of a batch people last decided about; a later feature knows.</summary>
internal interface IReviewedPlans
{
    /// <param name="approvedFingerprint">Comes before all others.</param>
    Task<ReviewedPlan?> FindLastAsync(PortalDbContext db, long batchId, string? approvedFingerprint, CancellationToken cancellationToken);
}
