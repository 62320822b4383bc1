using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Rooms.Choosing;

namespace MigrationPortal.Batches.Editing;

/// <param name="Version">The version the caller saw (If-Match); null edits whatever is there.</param>
/// <param name="Parts">Done together or not at all.</param>
internal sealed record BatchEdit(long BatchId, int? Version, Caller By, params IReadOnlyList<EditPart> Parts)
{
    /// <summary>The round of review that whoever edits knows to end, 0 for none; null ends whatever is there.</summary>
    public SeenRound? ExpectedRound { get; init; }

    /// <summary>The version that was edited: what others changed since stays beside it, unless it is the same value. Null merges nothing.</summary>
    public int? BaseVersion { get; init; }
}

/// <summary>
/// The frame of every edit: what others changed since it was begun is merged, one compare-and-set takes the batch's version forward, then come the edits
/// themselves, then the batch is a draft again (a new name alone leaves its state), and the open review and the approvals are voided: all in one transaction.
/// </summary>
internal sealed class BatchEdits(
    IDbContextFactory<PortalDbContext> databases, BatchTimeline timeline, BatchRefusals refusals, IEnumerable<IBatchDependent> dependents, IReviewRounds rounds, TimeProvider clock)
{
    private const string Rule = "Rule.Edit";

    // Others may save again while an edit is merged, but people do not do so this often in a row.
    private const int Tries = 10;

    public async Task<Outcome<BatchEdited>> ApplyAsync(BatchEdit edit, CancellationToken cancellationToken)
    {
        if (Rights.Require(edit.By, Role.Planner, "change-batch") is { } refusal)
            return refusal;
        for (var tried = 1; ; tried++)
        {
            if (await TryAsync(edit, isLast: edit.BaseVersion is null || edit.Version is not null || tried == Tries, cancellationToken) is { } outcome)
                return outcome;
        }
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

    /// <returns>Null where somebody else was faster and another try merges what they changed.</returns>
    private async Task<Outcome<BatchEdited>?> TryAsync(BatchEdit edit, bool isLast, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var batch = await db.Set<Batch>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == edit.BatchId, cancellationToken);
        if (batch is null)
            return BatchRefusals.NotFound(edit.BatchId);
        if (await BatchScope.RefuseAsync(db, edit.By, "change-batch", Role.Planner, batch, cancellationToken) is { } outside)
            return outside;
        if (edit.Version is { } seen && seen != batch.Version)
            return await refusals.StaleAsync(db, batch, seen, cancellationToken);
        if (!batch.State.IsEditable())
            return await refusals.WrongStateAsync(db, batch.Id, Rule, cancellationToken);
        var since = edit.BaseVersion is { } version ? await ChangesSince.ReadAsync(db, batch, version, cancellationToken) : ChangesSince.Nothing;
        if (since is null)
            return await refusals.StaleAsync(db, batch, seen: null, cancellationToken);
        var left = edit.BaseVersion is null ? new PartsLeft(edit.Parts) : await new EditMerge(db, batch, since).LeaveAsync(edit.Parts, cancellationToken);
        if (!left.IsDone)
            return left.Refusal;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var taken = await db.Set<Batch>()
            .Where(x => x.Id == batch.Id && x.Version == batch.Version && x.State == batch.State)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.Version, x => x.Version + 1), cancellationToken);
        if (taken == 0 && !isLast)
            return null;
        if (taken == 0)
            return await LostAsync(db, batch, cancellationToken);
        if (edit.ExpectedRound is { } expected && !expected.IsStill(await rounds.FindAsync(db, batch.Id, cancellationToken)))
            return new Refusal("review-moved", RefusalKind.Conflict, batch.Name);

        var made = await MakeAsync(db, batch, edit.By, left.Value.Parts, cancellationToken);
        if (!made.IsDone)
            return made.Refusal;
        if (made.Value.Version == batch.Version)
            return made.Value with { Beside = since.By(others: edit.By) };
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return made.Value with { Beside = since.By(others: edit.By) };
    }

    /// <returns>With the version of before where nothing was changed.</returns>
    private async Task<Outcome<BatchEdited>> MakeAsync(PortalDbContext db, Batch batch, Caller by, IReadOnlyList<EditPart> parts, CancellationToken cancellationToken)
    {
        var notes = new List<(string Kind, EditNote Note)>();
        var (added, left) = (new List<long>(), new List<LeftRooms>());
        foreach (var part in parts)
        {
            var outcome = await part.ApplyAsync(db, batch, cancellationToken);
            if (!outcome.IsDone)
                return outcome.Refusal;
            added.AddRange(outcome.Value.Added);
            left.AddRange(outcome.Value.Left);
            if (outcome.Value.Detail is not null)
                notes.Add((part.Kind, outcome.Value));
        }

        // Rooms that came in just now count as well.
        if (await BatchScope.RefuseAsync(db, by, "change-batch", Role.Planner, batch, cancellationToken) is { } beyond)
            return beyond;
        if (notes.Count == 0)
            return new BatchEdited(batch.Id, batch.Version, batch.State) { Left = left };
        // The name of a batch is no part of its plan: what was approved stays approved, and what was planned holds.
        var isRenamed = notes.TrueForAll(x => x.Kind == BatchEventKinds.Renamed);
        var state = isRenamed ? batch.State : BatchState.Draft;
        if (isRenamed)
            await CarryPlanAsync(db, batch, cancellationToken);
        var steps = notes.ConvertAll(x => new TimelineEntry(by, x.Kind, batch.State, state, x.Note.Detail, x.Note.Values));
        if (batch.State != state)
        {
            await db.Set<Batch>().Where(x => x.Id == batch.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.State, state), cancellationToken);
            steps.AddRange(await VoidAsync(db, batch, by, new("List.All", steps.Select(x => x.Detail)), cancellationToken));
        }

        await ChangesSince.WriteAsync(db, batch.Id, batch.Version + 1, by, clock.GetUtcNow(), notes.SelectMany(x => x.Note.Changes), cancellationToken);
        await timeline.RecordAsync(db, batch, steps, cancellationToken);
        return new BatchEdited(batch.Id, batch.Version + 1, state) { Added = added, Left = left };
    }

    // Else a large batch would be planned for seconds because of its new name.
    private static Task<int> CarryPlanAsync(PortalDbContext db, Batch batch, CancellationToken cancellationToken) =>
        db.Set<BatchPlan>().Where(x => x.BatchId == batch.Id && x.BatchVersion == batch.Version)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.BatchVersion, batch.Version + 1), cancellationToken);

    private async Task<Refusal> LostAsync(PortalDbContext db, Batch seen, CancellationToken cancellationToken)
    {
        var now = await db.Set<Batch>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == seen.Id, cancellationToken);
        return now is { } batch && batch.State.IsEditable()
            ? await refusals.StaleAsync(db, batch, seen.Version, cancellationToken)
            : await refusals.WrongStateAsync(db, seen.Id, Rule, cancellationToken);
    }
}
