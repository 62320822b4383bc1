using MigrationPortal.Administration;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Reading;

namespace MigrationPortal.Runs;

/// <summary>The plan of a batch from the two databases themselves, not from the inventory.</summary>
internal sealed class FreshPlan(PlanRequests requests) : IDisposable
{
    // Two pools of the largest size fill hundreds of megabytes: one start at a time.
    private readonly SemaphoreSlim _gate = new(1);

    public async Task<Outcome<MigrationPlan>> MakeAsync(PortalDbContext db, PlanInput input, PoolPairConnections pair, CancellationToken cancellationToken)
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
            return Planner.Plan(await requests.MakeAsync(db, input, legacy.Value, current.Value, pair.New.Provider, cancellationToken)).Plan;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
