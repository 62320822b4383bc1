using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Jobs;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Runs.Working;
using MigrationPortal.SignIn;

namespace MigrationPortal.Runs.Starting;

/// <param name="Confirmations">What the operator confirms; see <see cref="RunConfirmations"/>.</param>
internal sealed record StartRun(long BatchId, IReadOnlyList<string> Confirmations)
{
    /// <summary>Of a start by itself: whether what it rests on still holds, asked in its transaction. Both pools were read before, which takes minutes. Null where a person starts.</summary>
    public Func<PortalDbContext, CancellationToken, Task<Refusal?>>? Still { get; init; }
}

/// <summary>
/// Starts an approved batch. Both pools are read again and planned again: only if that is still, item for item, what was
/// approved does anything start; otherwise the batch goes back to Draft and the answer names what changed.
/// </summary>
internal sealed class StartRunHandler(
    IDbContextFactory<PortalDbContext> databases,
    PoolPairCatalog catalog,
    SourcePlan fresh,
    CreateRun open,
    BatchRefusals refusals,
    FreshRights rights,
    StartGate gate,
    JobQueue jobs)
{
    /// <summary>A batch with a scheduled start may be started before.</summary>
    public static readonly BatchState[] From = [BatchState.Approved, BatchState.Scheduled];

    private const string Rule = "Rule.Start";

    public async Task<Outcome<RunMoved>> HandleAsync(StartRun request, Caller caller, CancellationToken cancellationToken)
    {
        var now = await rights.RequireAsync(caller, Role.Operator, "start-run", cancellationToken);
        if (!now.IsDone)
            return now.Refusal;
        caller = now.Value;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var read = await PlanInput.ReadAsync(db, request.BatchId, cancellationToken);
        if (!read.IsDone)
            return read.Refusal;
        var input = read.Value;
        if (await BatchScope.RefuseAsync(db, caller, "start-run", Role.Operator, input.Batch, cancellationToken) is { } outside)
            return outside;
        if (!From.Contains(input.Batch.State))
            return await refusals.WrongStateAsync(db, request.BatchId, Rule, cancellationToken);
        if (catalog.Find(input.Batch.PoolPairId) is not { } pair)
            return new Refusal("pool-pair-not-found.any-more", RefusalKind.Conflict, input.Batch.PoolPairId);
        if (RunConfirmations.FindMissing(pair, request.Confirmations) is { } missing)
            return missing;
        var approved = await FindApprovedAsync(db, input.Batch, cancellationToken);
        if (approved is null)
            return new Refusal("approval-void", RefusalKind.Conflict);

        if (await gate.AskAgainAsync(db, input.Batch.Id, cancellationToken) is { } silent)
            return silent;
        var plan = await fresh.MakeAsync(db, input, pair, cancellationToken);
        if (!plan.IsDone)
            return plan.Refusal;
        // A schedule that was dropped while both pools were read counts no more, approved again or not.
        var from = request.Still is null ? From : [BatchState.Scheduled];
        var order = new RunOrder(RunKind.Move, input.Batch, from, Rule, approved.Id, plan.Value.Plan, request.Confirmations, caller) { Still = request.Still };
        var started = order.Plan.Fingerprint == approved.Fingerprint
            ? await open.HandleAsync(order, cancellationToken)
            : await open.RefuseAsync(order, PlanDrift.Describe(PlanDocument.Read(approved.Document), order.Plan), cancellationToken);
        if (started.IsDone)
            await jobs.EnqueueAgainAsync<RunBatchJob>(request.BatchId.ToString(CultureInfo.InvariantCulture), cancellationToken);
        return started;
    }

    private static async Task<BatchPlan?> FindApprovedAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken) =>
        batch.Fingerprint is null || batch.Fingerprint != batch.ApprovedFingerprint
            ? null
            : await BatchReads.Plans(db)
                .Where(x => x.BatchId == batch.Id && x.Fingerprint == batch.ApprovedFingerprint)
                .OrderByDescending(x => x.Id)
                .FirstOrDefaultAsync(cancellationToken);
}
