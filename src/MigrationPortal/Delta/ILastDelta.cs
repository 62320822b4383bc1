using MigrationPortal.Engine;

namespace MigrationPortal.Delta;

/// <summary>The delta after which a batch is closed; a later feature knows what has to be done before.</summary>
internal interface ILastDelta
{
    Task<Outcome<DeltaStarted>> StartAsync(long batchId, IReadOnlyList<string> confirmations, Caller caller, CancellationToken cancellationToken);
}
