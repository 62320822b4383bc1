using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Reviews;
using MigrationPortal.Runs;
using MigrationPortal.SignIn.People;
using MigrationPortal.Windows.Scheduling;

namespace MigrationPortal.Windows;

/// <summary>Whoever scheduled a start hears what becomes of it, beside those whom each kind concerns anyway; what drops a schedule, operators hear as well.</summary>
internal sealed class ScheduleAudience : INoticeAudience
{
    private static readonly string[] _ofStart = [WindowNotices.Opens, RunNotices.ScheduleMissed, RunNotices.Paused, ReviewNotices.Approved, ReviewNotices.Renamed];

    // Each is called as its event in the timeline. A changed plan has a notice of its own: DroppedSchedule.
    private static readonly string[] _drops = [ReviewNotices.Reopened, ReviewNotices.Recalled, ReviewNotices.SentBack];

    public bool Knows(string kind) => _ofStart.Contains(kind) || _drops.Contains(kind);

    public async Task<IEnumerable<PersonRights>> FindAsync(PortalDbContext db, NoticeEvent happened, IReadOnlyList<PersonRights> people, CancellationToken cancellationToken)
    {
        if (happened.Kind == WindowNotices.Opens)
            return Of(people, await OfPairAsync(db, happened.PoolPairId, cancellationToken));
        if (BatchSubject.Read(happened.Subject) is not { } id)
            return [];
        var own = db.Set<Schedule>().AsNoTracking().Where(x => x.BatchId == id && x.At <= happened.At);
        if (_ofStart.Contains(happened.Kind))
        {
            // A plan that was submitted since has no schedule of its own.
            var ofRound = own.Where(x => !BatchReads.Events(db).Any(e => e.BatchId == id && e.Kind == BatchEventKinds.Submitted && e.At > x.At));
            return Of(people, await ofRound.Select(x => x.By).ToListAsync(cancellationToken));
        }

        if (!await IsDroppedAsync(db, id, happened, cancellationToken))
            return [];
        var by = await own.Select(x => x.By).ToListAsync(cancellationToken);
        return people.Where(x => by.Contains(x.Name) || RoleAudience.Has(x, happened.PoolPairId, Role.Operator));
    }

    private static IEnumerable<PersonRights> Of(IReadOnlyList<PersonRights> people, List<string> names) => people.Where(x => names.Contains(x.Name));

    private static Task<List<string>> OfPairAsync(PortalDbContext db, string? poolPairId, CancellationToken cancellationToken) => (
        from schedule in db.Set<Schedule>().AsNoTracking()
        join batch in BatchReads.All(db) on schedule.BatchId equals batch.Id
        where batch.PoolPairId == poolPairId && batch.State == BatchState.Scheduled
        select schedule.By).Distinct().ToListAsync(cancellationToken);

    private static async Task<bool> IsDroppedAsync(PortalDbContext db, long batchId, NoticeEvent happened, CancellationToken cancellationToken)
    {
        var (from, to) = OneDeed.Around(happened.At);
        return await BatchReads.Events(db).AnyAsync(
            x => x.BatchId == batchId && x.Kind == happened.Kind && x.At >= from && x.At <= to && x.From == BatchState.Scheduled && (x.To == BatchState.InReview || x.To == BatchState.Draft), cancellationToken);
    }
}

/// <summary>A plan that changed takes its schedule with it, whatever changed it and whether somebody had approved it.</summary>
internal static class DroppedSchedule
{
    public static readonly BatchNotice Told = new(BatchEventKinds.ApprovalsVoided, RunNotices.ScheduleMissed) { When = x => x.From == BatchState.Scheduled, Sentence = x => new("Notice.ScheduleDropped", x.By.DisplayName) };
}

/// <summary>That a window opens is settled once it did.</summary>
internal sealed class SettledWindowNotices(TimeProvider clock) : ISettledNotices
{
    public bool Knows(string kind) => kind == WindowNotices.Opens;

    public Task<bool> IsSettledAsync(PortalDbContext db, NoticeEvent happened, CancellationToken cancellationToken) =>
        Task.FromResult(WindowNotices.FindOpening(happened) <= clock.GetUtcNow());
}
