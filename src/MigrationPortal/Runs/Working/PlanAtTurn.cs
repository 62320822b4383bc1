using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Runs.Starting;

namespace MigrationPortal.Runs.Working;

/// <summary>
/// A run waits for its turn with the plan of its start. If the run before it created a person or a category that both need, the plan is made
/// again from the two databases: where its fingerprint is the approved one, the effect is the same, and only what is created and what is
/// found differs.
/// </summary>
internal sealed class PlanAtTurn(IDbContextFactory<PortalDbContext> databases, SourcePlan fresh, TimeProvider time)
{
    /// <param name="changed">What stands in the way of the plan of the start; the answer where the effect is another one now.</param>
    public async Task<Outcome<MigrationPlan>> MakeAsync(RunTask task, Refusal changed, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var input = await PlanInput.ReadAsync(db, task.Run.BatchId, cancellationToken);
        if (!input.IsDone)
            return input.Refusal;
        var made = await PlanAsync(db, input.Value, task, changed, cancellationToken);
        if (!made.IsDone)
            return made.Refusal;
        var plan = made.Value.Plan;
        if (plan.Fingerprint != task.Run.Fingerprint)
            return changed;
        // Before anything is written by it: whoever resumes the run reads this one.
        var document = PlanDocument.Write(plan);
        await db.Set<Run>().Where(x => x.Id == task.Run.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Document, document), cancellationToken);
        return plan;
    }

    private async Task<Outcome<PlanResult>> PlanAsync(PortalDbContext db, PlanInput input, RunTask task, Refusal changed, CancellationToken cancellationToken)
    {
        if (task.Run.Kind == RunKind.Move)
            return await fresh.MakeAsync(db, input, task.Pair, cancellationToken);
        if (await new TransferJournal(task.Run.BatchId, databases, time).FindAllocationAsync(cancellationToken) is not { } own)
            return changed;
        var passing = await fresh.MakeDeltaAsync(db, input, task.Pair, own, cancellationToken);
        return passing.IsDone ? passing.Value.Plan : passing.Refusal;
    }
}
