using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Rooms;

namespace MigrationPortal.Batches.Editing;

/// <param name="Version">The version the caller saw (If-Match); null edits whatever is there.</param>
/// <param name="Parts">Done together or not at all.</param>
internal sealed record BatchEdit(long BatchId, int? Version, Caller By, params IReadOnlyList<EditPart> Parts)
{
    /// <summary>The round of review that whoever edits knows to end, 0 for none; null ends whatever is there.</summary>
    public long? ExpectedRound { get; init; }
}

/// <param name="Kind">One of <see cref="BatchEventKinds.Edits"/>, or <see cref="BatchEventKinds.Renamed"/>.</param>
internal sealed record EditPart(string Kind, Func<PortalDbContext, Batch, CancellationToken, Task<Outcome<EditNote>>> ApplyAsync);

/// <param name="Detail">For the timeline; null when the edit changes nothing.</param>
internal sealed record EditNote(Wording? Detail, IReadOnlyDictionary<string, string?>? Values = null)
{
    public static EditNote Nothing { get; } = new(Detail: null);
}

internal sealed record BatchEdited(long Id, int Version, BatchState State);

/// <summary>
/// The frame of every edit: one compare-and-set takes the batch to Draft (a new name alone leaves its state) and its version forward, then come the edits themselves,
/// then the open review and the approvals are voided, all in one transaction.
/// </summary>
internal sealed class BatchEdits(
    IDbContextFactory<PortalDbContext> databases, BatchTimeline timeline, BatchRefusals refusals, IEnumerable<IBatchDependent> dependents, IReviewRounds rounds)
{
    private const string Rule = "Rule.Edit";

    public async Task<Outcome<BatchEdited>> ApplyAsync(BatchEdit edit, CancellationToken cancellationToken)
    {
        if (Rights.Require(edit.By, Role.Planner, "change-batch") is { } refusal)
            return refusal;

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batch = await db.Set<Batch>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == edit.BatchId, cancellationToken);
        if (batch is null)
            return BatchRefusals.NotFound(edit.BatchId);
        if (await BatchScope.RefuseAsync(db, edit.By, "change-batch", Role.Planner, batch, cancellationToken) is { } outside)
            return outside;
        if (edit.Version is { } seen && seen != batch.Version)
            return await refusals.StaleAsync(db, batch, cancellationToken);
        if (!batch.State.IsEditable())
            return await refusals.WrongStateAsync(db, batch.Id, Rule, cancellationToken);

        // The name of a batch is no part of its plan: what was approved stays approved.
        var state = edit.Parts.All(x => x.Kind == BatchEventKinds.Renamed) ? batch.State : BatchState.Draft;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var taken = await db.Set<Batch>()
            .Where(x => x.Id == batch.Id && x.Version == batch.Version && x.State == batch.State)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Version, x => x.Version + 1).SetProperty(x => x.State, state), cancellationToken);
        if (taken == 0)
            return await LostAsync(db, batch, cancellationToken);
        if (edit.ExpectedRound is { } expected && expected != await rounds.FindAsync(db, batch.Id, cancellationToken))
            return new Refusal("review-moved", RefusalKind.Conflict, batch.Name);

        var steps = new List<TimelineEntry>();
        foreach (var part in edit.Parts)
        {
            var outcome = await part.ApplyAsync(db, batch, cancellationToken);
            if (!outcome.IsDone)
                return outcome.Refusal;
            if (outcome.Value.Detail is not { } detail)
                continue;
            steps.Add(new TimelineEntry(edit.By, part.Kind, batch.State, state, detail, outcome.Value.Values));
        }

        // Rooms that came in just now count as well.
        if (await BatchScope.RefuseAsync(db, edit.By, "change-batch", Role.Planner, batch, cancellationToken) is { } beyond)
            return beyond;
        if (steps.Count == 0)
            return new BatchEdited(batch.Id, batch.Version, batch.State);
        if (batch.State != state)
            steps.AddRange(await VoidAsync(db, batch, edit.By, new("List.All", steps.Select(x => x.Detail)), cancellationToken));
        await timeline.RecordAsync(db, batch, steps, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return new BatchEdited(batch.Id, batch.Version + 1, state);
    }

    /// <summary>Part of the caller's transaction. Decisions stay readable; their review no longer counts.</summary>
    /// <returns>What the caller records of it, with everything else, at the end.</returns>
    public async Task<IReadOnlyList<TimelineEntry>> VoidAsync(PortalDbContext db, Batch batch, Caller by, Wording because, CancellationToken cancellationToken)
    {
        List<TimelineEntry> steps = [new TimelineEntry(by, BatchEventKinds.ApprovalsVoided, batch.State, BatchState.Draft, because)];
        foreach (var dependent in dependents)
            steps.AddRange(await dependent.VoidAsync(db, batch, by, because, cancellationToken));
        return steps;
    }

    private async Task<Refusal> LostAsync(PortalDbContext db, Batch seen, CancellationToken cancellationToken)
    {
        var now = await db.Set<Batch>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == seen.Id, cancellationToken);
        return now is { } batch && batch.State.IsEditable()
            ? await refusals.StaleAsync(db, batch, cancellationToken)
            : await refusals.WrongStateAsync(db, seen.Id, Rule, cancellationToken);
    }
}
