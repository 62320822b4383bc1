using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Reviews.Judging;

/// <summary>
/// Nothing starts unless the judge is satisfied at that instant, for the fingerprint that runs, with the approvers' rights as the directory
/// gives them now.
/// </summary>
internal sealed class StartGate(ReviewCases cases, RejudgeReviews rejudge, PeopleRights people, TimeProvider clock)
{
    /// <summary>Before the transaction of the start: the directory is asked about everybody whose approval would count.</summary>
    public async Task<Refusal?> AskAgainAsync(PortalDbContext db, long batchId, CancellationToken cancellationToken)
    {
        var makers = await (
            from review in ReviewQueries.Live(db)
            join decision in db.Set<Decision>() on review.Id equals decision.ReviewId
            where review.BatchId == batchId && decision.LostAt == null && decision.PersonId != null
            select decision.PersonId!.Value).Distinct().ToListAsync(cancellationToken);
        var emergency = await BreakGlassReads.All(db).Where(x => x.BatchId == batchId && x.State == BreakGlassState.Confirmed).ToListAsync(cancellationToken);
        makers.AddRange(emergency.SelectMany(x => new[] { x.AskedPersonId, x.ConfirmedPersonId }).OfType<long>());
        return await people.AskAgainAsync(db, makers, cancellationToken);
    }

    /// <summary>Within the transaction of the start, which holds the batch's row. Done, the review is over.</summary>
    /// <returns>Null when it may start.</returns>
    public async Task<Refusal?> TakeAsync(PortalDbContext db, Batch batch, ReviewKind kind, string fingerprint, Caller starter, CancellationToken cancellationToken)
    {
        var review = await db.Set<Review>().AsNoTracking()
            .Where(x => x.BatchId == batch.Id && x.Kind == kind && x.State == ReviewState.Approved && x.Fingerprint == fingerprint)
            .OrderByDescending(x => x.Id).FirstOrDefaultAsync(cancellationToken);
        if (review is null)
            return new("approval-void.start", RefusalKind.Conflict, batch.Name);
        var read = await cases.ReadAsync(db, batch, review, cancellationToken);
        var standing = read.Judge(clock.GetUtcNow());
        if (standing.Missing is [.., { Code: Standing.ThreadsOpen, Values: [var open] }] && (standing.Missing.Count == 1 || standing.Emergency is not null))
            return new(Standing.ThreadsOpen, RefusalKind.Conflict, long.Parse(open, CultureInfo.InvariantCulture), batch.Name);
        if (!standing.IsSatisfied)
            return new("approvals-missing", RefusalKind.Conflict, batch.Name, standing.Have, standing.Needed);
        if (RefuseStarter(read, standing, starter) is { } own)
            return own;
        var now = clock.GetUtcNow();
        var taken = await db.Set<Review>().Where(x => x.Id == review.Id && x.State == ReviewState.Approved)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, ReviewState.Started).SetProperty(x => x.ClosedAt, now), cancellationToken);
        if (taken == 1 && standing.Emergency is { } emergency)
        {
            await db.Set<BreakGlassRequest>().Where(x => x.Id == emergency.Id && x.State == BreakGlassState.Confirmed)
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.State, BreakGlassState.Started), cancellationToken);
        }

        return taken == 1 ? null : new("approval-void.race", RefusalKind.Conflict, batch.Name);
    }

    /// <summary>Why this person may not start what the review approves, asked before anybody tries as well as by the start; null when they may.</summary>
    public static Refusal? RefuseStarter(ReviewRead read, Standing standing, Caller starter) =>
        Judge.RefuseStarter(read.Case.Policy, standing, starter.Name) is { } own ? new(own.Code, RefusalKind.NotAllowed, starter.DisplayName, read.Batch.Name) : null;

    /// <summary>As above, of the approved plan of a batch. Where approvals are missing, it is the start that says so: they may come until then.</summary>
    public async Task<Refusal?> RefuseStarterAsync(PortalDbContext db, Batch batch, Caller starter, CancellationToken cancellationToken)
    {
        var review = await db.Set<Review>().AsNoTracking().Where(x => x.BatchId == batch.Id && x.Kind == ReviewKind.Plan && x.State == ReviewState.Approved)
            .OrderByDescending(x => x.Id).FirstOrDefaultAsync(cancellationToken);
        if (review is null)
            return null;
        var read = await cases.ReadAsync(db, batch, review, cancellationToken);
        var standing = read.Judge(clock.GetUtcNow());
        return standing.IsSatisfied ? RefuseStarter(read, standing, starter) : null;
    }

    /// <summary>Within the same transaction, once the run has its number: an emergency start names the run that it began.</summary>
    public static Task<int> NameRunAsync(PortalDbContext db, long batchId, long runId, CancellationToken cancellationToken) =>
        db.Set<BreakGlassRequest>().Where(x => x.BatchId == batchId && x.State == BreakGlassState.Started && x.RunId == null)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.RunId, runId), cancellationToken);

    /// <summary>After a refused start: what no longer suffices is shown as such everywhere, not only to whoever tried.</summary>
    public Task SettleAsync(long batchId, CancellationToken cancellationToken) => rejudge.HandleAsync(batchId, cancellationToken);
}
