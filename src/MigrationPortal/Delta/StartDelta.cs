using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Jobs;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Runs.Working;
using MigrationPortal.SignIn;

namespace MigrationPortal.Delta;

/// <param name="Confirmations">What the operator confirms; see <see cref="RunConfirmations"/>.</param>
/// <param name="Kind">A delta, or the last one that closes the batch.</param>
internal sealed record StartDelta(long BatchId, IReadOnlyList<string> Confirmations, RunKind Kind = RunKind.Delta);

/// <param name="RunId">Null where it waits for another person's yes first.</param>
internal sealed record DeltaStarted(long BatchId, long? RunId, string Fingerprint);

/// <summary>
/// Moves what came since. While only messages came, nobody has to say yes again; where rights or settings changed, the first call asks
/// for a review of exactly these changes, and a call after its approval starts.
/// </summary>
internal sealed class StartDeltaHandler(
    IDbContextFactory<PortalDbContext> databases, PlanDeltaHandler plans, CreateRun open, OpenDeltaReview review, FreshRights rights, StartGate gate, JobQueue jobs)
{
    private const string Doing = "start-delta";

    public async Task<Outcome<DeltaStarted>> HandleAsync(StartDelta request, Caller caller, CancellationToken cancellationToken)
    {
        var now = await rights.RequireAsync(caller, Role.Operator, Doing, cancellationToken);
        if (!now.IsDone)
            return now.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await BatchInReach.FindAsync(db, request.BatchId, now.Value, [Role.Operator], Doing, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var planned = await plans.HandleAsync(request.BatchId, cancellationToken);
        if (!planned.IsDone)
            return planned.Refusal;
        var delta = planned.Value;
        if (RunConfirmations.FindMissing(delta.Pair, request.Confirmations) is { } missing)
            return missing;
        if (delta.NeedsReview && !await IsApprovedAsync(db, delta, cancellationToken))
            return await review.HandleAsync(delta, now.Value, cancellationToken);
        if (delta.NeedsReview && await gate.AskAgainAsync(db, request.BatchId, cancellationToken) is { } silent)
            return silent;
        return await StartAsync(delta, request, now.Value, cancellationToken);
    }

    private static Task<bool> IsApprovedAsync(PortalDbContext db, PlannedDelta delta, CancellationToken cancellationToken) => db.Set<DeltaRequest>().AnyAsync(
        x => x.BatchId == delta.Batch.Id && x.State == DeltaState.Approved && x.Fingerprint == delta.Plan.Fingerprint
            && ReviewQueries.Live(db).Any(review => review.Id == x.ReviewId), cancellationToken);

    private async Task<Outcome<DeltaStarted>> StartAsync(PlannedDelta delta, StartDelta request, Caller caller, CancellationToken cancellationToken)
    {
        var order = new RunOrder(request.Kind, delta.Batch, PlanDeltaHandler.From, PlanDeltaHandler.Rule, delta.Last.PlanId, delta.Plan, request.Confirmations, caller)
        {
            ReviewKind = delta.NeedsReview ? ReviewKind.Delta : null,
            SetAside = delta.SetAside,
        };
        var started = await open.HandleAsync(order, cancellationToken, db => db.Set<DeltaRequest>()
            .Where(x => x.BatchId == delta.Batch.Id && x.State == DeltaState.Approved)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, DeltaState.Started), cancellationToken));
        if (!started.IsDone)
            return started.Refusal;
        await jobs.EnqueueAgainAsync<RunBatchJob>(request.BatchId.ToString(CultureInfo.InvariantCulture), cancellationToken);
        return new DeltaStarted(started.Value.BatchId, started.Value.RunId, delta.Plan.Fingerprint);
    }
}
