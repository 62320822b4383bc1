using MigrationPortal.Data;

namespace MigrationPortal.Batches.Editing;

/// <summary>Which round of review a batch is in; the feature that has the reviews registers it.</summary>
internal interface IReviewRounds
{
    Task<SeenRound> FindAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken);
}

/// <summary>How far somebody knows the review of a batch to be.</summary>
/// <param name="Number">0 where nothing is in review or approved.</param>
/// <param name="LastDecision">The newest one of the batch, 0 before any; null asks for the round alone.</param>
/// <param name="LastEmergency">The newest confirmed emergency start of the batch, 0 before any; null asks for the round alone.</param>
public readonly record struct SeenRound(long Number, long? LastDecision = null, long? LastEmergency = null)
{
    public static implicit operator SeenRound(long number) => new(number);

    /// <summary>Nothing began, ended or was decided that was not known.</summary>
    public bool IsStill(SeenRound now) => Number == now.Number && (LastDecision ?? now.LastDecision) == now.LastDecision && (LastEmergency ?? now.LastEmergency) == now.LastEmergency;
}
