using MigrationPortal.Data;
using MigrationPortal.Engine;

namespace MigrationPortal.Runs.Steering;

/// <summary>What a later feature knows that keeps a run from going on.</summary>
internal interface IResumeCheck
{
    /// <summary>Part of the transaction that resumes the run.</summary>
    Task<Refusal?> CheckAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken);
}
