using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews.Judging;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.SignIn;

namespace MigrationPortal.Windows.Scheduling;

/// <param name="From">Not before; null from now on.</param>
/// <param name="To">Later it is missed; null waits as long as it takes.</param>
/// <param name="Confirmations">In advance; that services are stopped holds for <see cref="ScheduleTimes.StoppedFor"/>.</param>
internal sealed record ScheduleBatch(long BatchId, DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<string> Confirmations);

/// <summary>Has an approved batch start by itself at the first moment between two times at which a window is open and no freeze holds. Again, it changes times and confirmations.</summary>
internal sealed class ScheduleBatchHandler(
    IDbContextFactory<PortalDbContext> databases, PoolPairCatalog catalog, BatchTimeline timeline, BatchRefusals refusals, FreshRights rights, StartGate gate, TimeProvider clock)
{
    private const string Doing = "schedule-batch";

    public async Task<Outcome<Schedule>> HandleAsync(ScheduleBatch request, Caller caller, CancellationToken cancellationToken)
    {
        var fresh = await rights.RequireAsync(caller, Role.Operator, Doing, cancellationToken);
        if (!fresh.IsDone)
            return fresh.Refusal;
        caller = fresh.Value;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await BatchInReach.FindAsync(db, request.BatchId, caller, [Role.Operator], Doing, cancellationToken);
        if (!found.IsDone)
            return found.Refusal;
        var batch = found.Value;
        if (!StartRunHandler.From.Contains(batch.State))
            return await refusals.WrongStateAsync(db, batch.Id, "Rule.Schedule", cancellationToken);
        if (catalog.Find(batch.PoolPairId) is null)
            return new Refusal("pool-pair-not-found.any-more", RefusalKind.Conflict, batch.PoolPairId);
        var schedule = new Schedule
        {
            BatchId = batch.Id,
            From = request.From?.ToUniversalTime(),
            To = request.To?.ToUniversalTime(),
            By = caller.Name,
            PersonId = caller.PersonId,
            At = clock.GetUtcNow(),
            Confirmations = [.. request.Confirmations.Distinct(StringComparer.Ordinal)],
        };
        return await RefuseAsync(db, batch, schedule, cancellationToken) is { } unfit ? unfit : await KeepAsync(db, batch, schedule, caller, cancellationToken);
    }

    private static async Task<Refusal?> RefuseAsync(PortalDbContext db, Batch batch, Schedule schedule, CancellationToken cancellationToken)
    {
        if (schedule.Confirmations.Except(RunConfirmations.All, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            return new("confirmation-unknown", RefusalKind.Invalid, unknown, RunConfirmations.All);
        if (schedule.From >= schedule.To)
            return new("schedule-invalid.order", RefusalKind.Invalid);
        if (ScheduleTimes.IsMissed(schedule, schedule.At))
            return new("schedule-invalid.past", RefusalKind.Invalid);
        if (schedule.From > schedule.At + PairWindows.Horizon)
            return new("schedule-invalid.far", RefusalKind.Invalid, (int)PairWindows.Horizon.TotalDays);
        var windows = await WindowQueries.FindAsync(db, batch.PoolPairId, cancellationToken);
        return ScheduleTimes.FindStart(schedule, windows, schedule.At) is null ? new("schedule-invalid.no-window", RefusalKind.Invalid) : null;
    }

    private async Task<Outcome<Schedule>> KeepAsync(PortalDbContext db, Batch batch, Schedule schedule, Caller caller, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await BatchMoves.TakeAsync(db, batch, BatchState.Scheduled, cancellationToken))
        {
            await transaction.RollbackAsync(cancellationToken);
            return await refusals.WrongStateAsync(db, batch.Id, "Rule.Schedule", cancellationToken);
        }

        // Said now, to whoever is here: at its time the start would be refused, and missed.
        if (await gate.RefuseStarterAsync(db, batch, caller, cancellationToken) is { } barred)
        {
            await transaction.RollbackAsync(cancellationToken);
            return barred;
        }

        await db.Set<Schedule>().Where(x => x.BatchId == batch.Id).ExecuteDeleteAsync(cancellationToken);
        db.Add(schedule);
        await db.SaveChangesAsync(cancellationToken);
        var detail = (schedule.From, schedule.To) switch
        {
            ({ } from, { } to) => new Wording("Detail.ScheduledBetween", from, to),
            ({ } from, null) => new Wording("Detail.ScheduledFrom", from),
            (null, { } to) => new Wording("Detail.ScheduledUntil", to),
            _ => new Wording("Detail.ScheduledNext"),
        };
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["from"] = schedule.From?.ToString("O", CultureInfo.InvariantCulture),
            ["until"] = schedule.To?.ToString("O", CultureInfo.InvariantCulture),
            ["confirmations"] = schedule.Confirmations.Count == 0 ? null : string.Join(", ", schedule.Confirmations),
        };
        await timeline.RecordAsync(db, batch, new TimelineEntry(caller, ScheduleEvents.Scheduled, batch.State, BatchState.Scheduled, detail, values), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        timeline.Announce(batch);
        return schedule;
    }
}
