using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.SignIn;

namespace MigrationPortal.Reviews.BreakGlass;

internal sealed record WithdrawBreakGlass(long Id, string? Reason);

/// <summary>Whoever asked for an emergency start takes it back while nobody has confirmed it. Another one may be asked for at once.</summary>
internal sealed class WithdrawBreakGlassHandler(IDbContextFactory<PortalDbContext> databases, FreshRights rights, BatchTimeline timeline, TimeProvider clock)
{
    public const string Doing = "withdraw-break-glass";

    public async Task<Outcome<BreakGlassRequest>> HandleAsync(WithdrawBreakGlass request, Caller caller, CancellationToken cancellationToken)
    {
        var fresh = await rights.RequireAsync(caller, Role.Operator, Doing, cancellationToken);
        if (!fresh.IsDone)
            return fresh.Refusal;
        caller = fresh.Value;
        var reason = BatchText.Reason(request.Reason, "Text.BreakGlassWithdrawal");
        if (!reason.IsDone)
            return reason.Refusal;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await BreakGlassInReach.FindAsync(db, request.Id, caller, [Role.Operator], Doing, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var seen = found.Value;
        if (seen.AskedBy != caller.Name)
            return new Refusal("break-glass-not-own", RefusalKind.NotAllowed);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await BreakGlassLock.TakeAsync(db, seen.PoolPairId, seen.BatchId, cancellationToken) is not { } batch)
            return BatchRefusals.NotFound(seen.BatchId);
        var now = clock.GetUtcNow();
        var asked = await BreakGlassReads.All(db).SingleAsync(x => x.Id == seen.Id, cancellationToken);
        if (BreakGlassInReach.RefuseClosed(asked, batch, now) is { } closed)
            return closed;
        (asked.State, asked.WithdrawnAt, asked.WithdrawnReason) = (BreakGlassState.Withdrawn, now, reason.Value);
        await db.Set<BreakGlassRequest>().Where(x => x.Id == asked.Id && x.State == BreakGlassState.Asked).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.State, asked.State).SetProperty(x => x.WithdrawnAt, asked.WithdrawnAt).SetProperty(x => x.WithdrawnReason, asked.WithdrawnReason),
            cancellationToken);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["reason"] = reason.Value, ["reference"] = asked.Reference, ["request"] = BreakGlassLock.Text(asked.Id) };
        await timeline.RecordAsync(
            db, batch, new TimelineEntry(caller, BreakGlassEvents.Withdrawn, batch.State, batch.State, new("Detail.BreakGlass", asked.Reference, reason.Value), values), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return asked;
    }
}
