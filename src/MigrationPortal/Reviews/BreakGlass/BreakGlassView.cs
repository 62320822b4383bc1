using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Preflight;
using MigrationPortal.Reviews.Judging;

namespace MigrationPortal.Reviews.BreakGlass;

/// <summary>What the page of a batch shows of its emergency starts.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="IsOffered">The policy allows one, and the batch is where it can be asked for.</param>
/// <param name="Involved">Accounts of whoever took part in the work.</param>
internal sealed record BreakGlassView(IReadOnlyList<BreakGlassRequest> Items, bool IsOffered, IReadOnlySet<string> Involved, DateTimeOffset Now)
{
    public BreakGlassRequest? Unreviewed => Items.FirstOrDefault(x => x.IsUnreviewed);

    public BreakGlassRequest? Open => IsOffered ? Items.FirstOrDefault(x => x.IsOpen(Now)) : null;

    /// <summary>Why this person cannot confirm it, said before they try; null where they can.</summary>
    public Refusal? RefuseConfirmation(BreakGlassRequest one, Caller caller, string batchName)
    {
        if (Rights.RequireIn(caller, ConfirmBreakGlassHandler.Doing, one.PoolPairId, ConfirmBreakGlassHandler.Roles) is { } lacking)
            return lacking;
        if (one.AskedBy == caller.Name)
            return new("break-glass-own", RefusalKind.NotAllowed, caller.DisplayName);
        return Involved.Contains(one.AskedBy) && Involved.Contains(caller.Name) ? new("break-glass-both", RefusalKind.NotAllowed, caller.DisplayName, batchName) : null;
    }

    /// <summary>Why this person cannot take it back; null where they can.</summary>
    public static Refusal? RefuseWithdrawal(BreakGlassRequest one, Caller caller)
    {
        if (Rights.RequireIn(caller, WithdrawBreakGlassHandler.Doing, one.PoolPairId, Role.Operator) is { } lacking)
            return lacking;
        return one.AskedBy == caller.Name ? null : new("break-glass-not-own", RefusalKind.NotAllowed);
    }

    /// <summary>Why this person cannot review it; null where they can.</summary>
    public static Refusal? RefuseReview(BreakGlassRequest one, Caller caller)
    {
        if (Rights.RequireIn(caller, ReviewBreakGlassHandler.Doing, one.PoolPairId, Role.Auditor) is { } lacking)
            return lacking;
        return one.AskedBy == caller.Name || one.ConfirmedBy == caller.Name ? new("break-glass-third", RefusalKind.NotAllowed, caller.DisplayName) : null;
    }
}

internal sealed class ReadBreakGlass(IDbContextFactory<PortalDbContext> databases, BreakGlassQueries queries, ReviewRounds rounds, TimeProvider clock) : IBatchViewPart
{
    public async Task<object> ReadAsync(long batchId, Caller caller, CancellationToken cancellationToken)
    {
        var items = (await queries.ListAsync(batchId, Paging.Of(0, null), cancellationToken)).Items;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var live = await BatchReads.FindAsync(db, batchId, cancellationToken) is { } batch && AskBreakGlassHandler.From.Contains(batch.State)
            ? (await rounds.ListLiveAsync(db, batch, cancellationToken)).FirstOrDefault(x => x.Review.Kind == ReviewKind.Plan)
            : null;
        return new BreakGlassView(items, live?.Case.Policy.BreakGlass == true, live?.Exclusions.Keys.ToHashSet(StringComparer.Ordinal) ?? [], clock.GetUtcNow());
    }
}
