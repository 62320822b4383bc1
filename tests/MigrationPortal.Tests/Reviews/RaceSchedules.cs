using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Runs;
using MigrationPortal.SignIn.People;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews.BreakGlass;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Windows.Scheduling;

namespace MigrationPortal.Tests.Reviews;

/// <param name="IsLater">Not before an hour from now.</param>
/// <param name="Ends">Missed eighty minutes from now.</param>
internal sealed record RaceWish(Caller By, bool IsLater, bool Ends);

/// <summary>Starts of one batch by themselves: scheduled, taken back, and looked at by the sweep of either node.</summary>
internal sealed class RaceSchedules(BatchWorld world, long batch)
{
    // After every beginning and end that is wished for.
    private static readonly TimeSpan _late = TimeSpan.FromMinutes(90);

    public async Task<bool> SetAsync(PortalApp node, RaceWish wish)
    {
        var now = TimeProvider.System.GetUtcNow();
        DateTimeOffset? from = wish.IsLater ? now.AddHours(1) : null;
        DateTimeOffset? to = wish.Ends ? now.AddMinutes(80) : null;
        return (await node.Get<ScheduleBatchHandler>().HandleAsync(new ScheduleBatch(batch, from, to, []), wish.By, CancellationToken.None)).IsDone;
    }

    public async Task<bool> CancelAsync(PortalApp node) => (await node.Get<UnscheduleBatchHandler>().HandleAsync(batch, EmergencyWorld.Olga, CancellationToken.None)).IsDone;

    /// <returns>Whether it began now; late, whether it was missed.</returns>
    public async Task<bool> SweepAsync(PortalApp node, bool isLate)
    {
        var clock = isLate ? new FakeTimeProvider(TimeProvider.System.GetUtcNow() + _late) : TimeProvider.System;
        var due = await ActivatorUtilities.CreateInstance<DueSchedules>(node.Services, clock).ListAsync(CancellationToken.None);
        if (!due.Contains(batch))
            return false;
        await ActivatorUtilities.CreateInstance<StartScheduledHandler>(node.Services, clock).HandleAsync(batch, CancellationToken.None);
        var ended = isLate ? "s.missed_at is not null" : "s.missed_at is null and b.state = 'Running'";
        return await world.Database.ScalarAsync<bool>($"select exists (select from portal.batches b join portal.schedules s on s.batch_id = b.id where b.id = {batch} and {ended})");
    }

    /// <summary>A batch that is scheduled has a schedule that counts.</summary>
    public async Task CheckAsync(PortalDbContext db, string when) =>
        Assert.True(await db.Set<Schedule>().AnyAsync(x => x.BatchId == batch && x.MissedAt == null), $"scheduled without a schedule, {when}");

    /// <summary>Where nobody started the run by hand: it is as somebody scheduled it who still may.</summary>
    public async Task CheckAsync(PortalDbContext db, Run run, string when, IReadOnlyList<string> did)
    {
        var schedule = await db.Set<Schedule>().AsNoTracking().SingleOrDefaultAsync(x => x.BatchId == batch);
        Assert.True(schedule is { MissedAt: null } && schedule.By == run.StartedBy && schedule.At <= run.StartedAt, $"started by no schedule, {when}");
        Assert.True(schedule?.From is null || did.Contains("late", StringComparer.Ordinal), $"started before its time, {when}");
        var events = await db.Set<BatchEvent>().AsNoTracking().Where(x => x.BatchId == batch).OrderBy(x => x.Id).Select(x => new { x.Kind, x.To }).ToListAsync();
        var (scheduled, dropped) = (events.FindLastIndex(x => x.Kind == ScheduleEvents.Scheduled), events.FindLastIndex(x => x.To is BatchState.InReview or BatchState.Draft));
        Assert.True(dropped < scheduled, $"started by a schedule that was dropped, {when}");
        var by = await db.Set<Person>().AsNoTracking().SingleAsync(x => x.Name == run.StartedBy);
        Assert.True(by.Memberships.AppRoles.Contains("Operator") || did.Contains("role", StringComparer.Ordinal), $"started for somebody who may not, {when}");
    }
}
