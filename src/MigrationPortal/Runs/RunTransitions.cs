using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Live;

namespace MigrationPortal.Runs;

/// <param name="Kind">For timeline and audit, past tense: <c>RunPaused</c>.</param>
/// <param name="Rule">What would have been right, should the state not fit.</param>
internal sealed record RunMove(
    Caller By, string Kind, RunState[] From, RunState To, BatchState[] FromBatch, BatchState ToBatch, string Rule, Wording? Detail = null)
{
    /// <summary>What the operator confirmed for it.</summary>
    public IReadOnlyList<string> Confirmations { get; init; } = [];

    /// <summary>Of a move to <see cref="RunState.Paused"/>.</summary>
    public PauseCause PauseCause { get; init; } = PauseCause.Person;
}

internal sealed record RunMoved(long BatchId, long RunId, RunState State);

/// <summary>Moves the latest run of a batch and the batch itself in one transaction, by compare-and-set, or neither.</summary>
internal sealed class RunTransitions(
    IDbContextFactory<PortalDbContext> databases, BatchTimeline timeline, BatchRefusals refusals, LiveFeed feed, TimeProvider time)
{
    /// <param name="also">Part of the same transaction; what it refuses undoes the move.</param>
    public async Task<Outcome<RunMoved>> MoveAsync(
        long batchId, RunMove move, CancellationToken cancellationToken, Func<PortalDbContext, Run, Task<Refusal?>>? also = null)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batch = await BatchReads.FindAsync(db, batchId, cancellationToken);
        if (batch is null)
            return BatchRefusals.NotFound(batchId);
        if (move.By != Caller.Portal && await BatchScope.RefuseAsync(db, move.By, "change-run", Role.Operator, batch, cancellationToken) is { } outside)
            return outside;
        var run = await db.Set<Run>().AsNoTracking().Where(x => x.BatchId == batchId).OrderByDescending(x => x.Id).FirstOrDefaultAsync(cancellationToken);
        if (run is null || !move.From.Contains(run.State) || !move.FromBatch.Contains(batch.State))
            return await refusals.WrongStateAsync(db, batchId, move.Rule, cancellationToken);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await SwapAsync(db, batch, run, move, cancellationToken))
        {
            await transaction.RollbackAsync(cancellationToken);
            return await refusals.WrongStateAsync(db, batchId, move.Rule, cancellationToken);
        }

        if (also is not null && await also(db, run) is { } refusal)
            return refusal;
        var step = new TimelineEntry(move.By, move.Kind, batch.State, move.ToBatch, move.Detail, Values(run, move));
        await timeline.RecordAsync(db, batch, step, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        feed.Announce($"run:{run.Id}");
        return new RunMoved(batchId, run.Id, move.To);
    }

    /// <summary>Says that the window of a running run has ended and until when what is being copied may finish; null says that it may write again.</summary>
    public async Task SetClosingAsync(long runId, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var changed = await db.Set<Run>().Where(x => x.Id == runId && x.State == RunState.Running && x.ClosesAt != at)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.ClosesAt, at).SetProperty(x => x.Revision, x => x.Revision + 1), cancellationToken);
        if (changed > 0)
            feed.Announce($"run:{runId}");
    }

    // The batch first, then its run: everybody locks in this order.
    private async Task<bool> SwapAsync(PortalDbContext db, Batch batch, Run run, RunMove move, CancellationToken cancellationToken)
    {
        var finishedAt = move.To.IsFinal() ? time.GetUtcNow() : (DateTimeOffset?)null;
        var error = move.To == RunState.Failed ? move.Detail : null;
        var cause = move.To == RunState.Paused ? move.PauseCause : (PauseCause?)null;
        return await BatchMoves.TakeAsync(db, batch, move.ToBatch, cancellationToken)
            && await db.Set<Run>()
                .Where(x => x.Id == run.Id && x.State == run.State)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(x => x.State, move.To)
                        .SetProperty(x => x.FinishedAt, finishedAt)
                        .SetProperty(x => x.Error, error)
                        .SetProperty(x => x.Note, (Wording?)null)
                        .SetProperty(x => x.PauseCause, cause)
                        .SetProperty(x => x.ClosesAt, (DateTimeOffset?)null)
                        .SetProperty(x => x.Revision, x => x.Revision + 1),
                    cancellationToken) == 1;
    }

    private static Dictionary<string, string?> Values(Run run, RunMove move) => new(StringComparer.Ordinal)
    {
        ["confirmations"] = move.Confirmations.Count == 0 ? null : string.Join(", ", move.Confirmations),
        ["run"] = run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["before"] = run.State.ToString(),
        ["after"] = move.To.ToString(),
        ["fingerprint"] = run.Fingerprint,
        ["cause"] = move.Detail is { } detail ? WordedText.Store(detail) : null,
    };
}
