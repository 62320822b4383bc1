using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Delta;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.PoolPairs;

namespace MigrationPortal.Runs.Starting;

/// <summary>The plan of a batch from the two databases themselves, not from the inventory.</summary>
internal sealed class SourcePlan(PlanRequests requests) : IDisposable
{
    // Two pools of the largest size fill hundreds of megabytes: one start at a time.
    private readonly SemaphoreSlim _gate = new(1);

    public Task<Outcome<PlanResult>> MakeAsync(PortalDbContext db, PlanInput input, PoolPairConnections pair, CancellationToken cancellationToken) =>
        MakeAsync<PlanResult>(db, input, pair, request => Planner.Plan(request), cancellationToken);

    /// <param name="own">What the batch wrote already: it is planned as if it had not.</param>
    public Task<Outcome<PassingDelta>> MakeDeltaAsync(
        PortalDbContext db, PlanInput input, PoolPairConnections pair, IdAllocation own, CancellationToken cancellationToken) =>
        MakeAsync<PassingDelta>(db, input, pair, request => DeltaPlanner.PlanWhatPasses(request, own), cancellationToken);

    private async Task<Outcome<T>> MakeAsync<T>(
        PortalDbContext db, PlanInput input, PoolPairConnections pair, Func<PlanRequest, Outcome<T>> plan, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var legacy = await pair.ReadLegacyAsync(null, cancellationToken);
            if (!legacy.IsDone)
                return legacy.Refusal;
            var current = await ChatPoolReader.ReadAsync(pair.New, null, cancellationToken);
            if (!current.IsDone)
                return current.Refusal;
            legacy = await pair.AddUnfitContentAsync(legacy.Value, current.Value, cancellationToken);
            if (!legacy.IsDone)
                return legacy.Refusal;
            return plan(await requests.MakeAsync(db, input, legacy.Value, current.Value, pair.New.Provider, cancellationToken));
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
