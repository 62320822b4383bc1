using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Jobs;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Runs.Backups;
using MigrationPortal.SignIn.People;

namespace MigrationPortal.Runs;

/// <summary>What people are told of runs and undos: operators, whoever started it last, and the batch's author.</summary>
internal sealed class RunAudience : INoticeAudience
{
    private static readonly string[] _kinds = [RunNotices.Failed, RunNotices.Findings, RunNotices.Done, RunNotices.UndoDone, RunNotices.Stalled, RunNotices.Paused, RunNotices.ScheduleMissed];

    public bool Knows(string kind) => _kinds.Contains(kind);

    public async Task<IEnumerable<PersonRights>> FindAsync(PortalDbContext db, NoticeEvent happened, IReadOnlyList<PersonRights> people, CancellationToken cancellationToken)
    {
        if (BatchSubject.Read(happened.Subject) is not { } id || await BatchReads.FindAsync(db, id, cancellationToken) is not { } batch)
            return [];
        var starter = await db.Set<Run>().Where(x => x.BatchId == id).OrderByDescending(x => x.Id).Select(x => x.StartedBy).FirstOrDefaultAsync(cancellationToken);
        return people.Where(x => x.Name == starter || (x.Name == batch.Author && happened.Kind is not (RunNotices.Paused or RunNotices.ScheduleMissed)) || RoleAudience.Has(x, batch.PoolPairId, Role.Operator));
    }
}

internal static class RunNotices
{
    public const string Failed = "RunFailed";
    public const string Stalled = "RunStalled";
    public const string Findings = "FindingsFound";
    public const string Done = "RunDone";
    public const string UndoDone = "UndoDone";
    public const string Paused = "RunPaused";
    public const string ScheduleMissed = "ScheduleMissed";

    public static IServiceCollection AddRunNotices(this IServiceCollection services) => services
        .AddNoticeKind(Paused)
        .AddNoticeKind(ScheduleMissed)
        .AddNoticeKind(Failed)
        .AddNoticeKind(Stalled)
        .AddNoticeKind(Findings)
        .AddNoticeKind(Done, NoticeMode.Digest)
        .AddNoticeKind(UndoDone, NoticeMode.Digest)
        .AddBatchNotice(Paused, "run", "RunPaused")
        .AddBatchNotice(ScheduleMissed, null, "ScheduleMissed")
        .AddBatchNotice(Failed, "run", "RunFailed")
        .AddBatchNotice(Failed, "undo", "UndoFailed")
        .AddBatchNotice(Findings, "verification", "RunCompletedWithFindings")
        .AddBatchNotice(Done, "verification", "RunCompleted")
        .AddBatchNotice(UndoDone, "undo", "UndoCompleted")
        .AddNoticeKind(BackupNotices.Old, [Role.Administrator])
        .AddSingleton<BackupAges>()
        .AddSingleton<BackupNotices>()
        .AddSingleton<IUnfinishedWork>(x => x.GetRequiredService<BackupNotices>())
        .AddSingleton<RunTroubleNotices>()
        .AddSingleton<IUnfinishedWork>(x => x.GetRequiredService<RunTroubleNotices>())
        .AddSingleton<INoticeAudience, RunAudience>();
}
