using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Data;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Windows.Scheduling;

/// <summary>What the card about the start shows of windows and of a scheduled start.</summary>
internal sealed record ScheduleView(IStringLocalizer<WindowTexts> Texts, DateTimeOffset Now, PairWindows Windows) : IStartNotice
{
    public Schedule? Schedule { get; init; }

    /// <summary>When it starts by its schedule, or could start without one.</summary>
    public NextSpan? Start { get; init; }

    public IReadOnlyList<string> Unconfirmed { get; init; } = [];

    /// <summary>By an emergency start.</summary>
    public bool AreIgnored { get; init; }

    public RunEstimate? Estimate { get; init; }

    /// <summary>The window that follows <see cref="Start"/>; null where it is not known to end, or none follows.</summary>
    public NextSpan? Following => Start is { To: { } end } ? Windows.FindNext(end) : null;

    /// <summary>The slowest estimate does not end within the window.</summary>
    public bool IsLongerThanWindow => Estimate is { } estimate && Start is { To: { } end } start && start.From + estimate.Longest > end;

    public string? DisabledReason(Clock zone) =>
        AreIgnored || Windows.IsOpen(Now) ? null : Windows.FindNext(Now) is { } next ? Texts["ClosedUntil", zone.DateTime(next.From)].Value : Texts["ClosedForGood"].Value;
}

internal sealed class ReadSchedule(
    IDbContextFactory<PortalDbContext> databases, PoolPairCatalog catalog, BatchQueries batches, BreakGlassWindows emergencies, IStringLocalizer<WindowTexts> texts, TimeProvider clock) : IBatchViewPart
{
    public async Task<object> ReadAsync(long batchId, Caller caller, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var none = new ScheduleView(texts, now, PairWindows.None);
        if (await batches.FindAsync(batchId, cancellationToken) is not { } batch || !StartRunHandler.From.Contains(batch.State))
            return none;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var windows = await WindowQueries.FindAsync(db, batch.PoolPairId, cancellationToken);
        var schedule = await ScheduleQueries.Current(db).FirstOrDefaultAsync(x => x.BatchId == batchId, cancellationToken);
        var areIgnored = windows.Windows.Count > 0 && await emergencies.AreIgnoredAsync(db, await BatchReads.GetAsync(db, batchId, cancellationToken), cancellationToken);
        var isScheduled = batch.State == BatchState.Scheduled && schedule is not null;
        var start = isScheduled ? ScheduleTimes.FindStart(schedule!, windows, now) : windows.FindNext(now);
        return none with
        {
            Windows = windows,
            AreIgnored = areIgnored,
            Schedule = schedule,
            Start = start,
            Unconfirmed = isScheduled && start is { } at && catalog.Find(batch.PoolPairId) is { } pair ? ScheduleTimes.FindUnconfirmed(schedule!, RunConfirmations.Needed(pair), at.From) : [],
            Estimate = await RunEstimate.FindAsync(db, batch.PoolPairId, batch.MessageCount, cancellationToken),
        };
    }
}
