using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
using MigrationPortal.Jobs;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.Rooms.Scanning;
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

/// <summary>
/// A pause is settled once the run goes on or ends; a standstill, once it moves; an outage of pools, once a scan completes or the run that met it moves or is done; an old backup,
/// once another is confirmed or nothing is to be written.
/// </summary>
internal sealed class SettledRunNotices(RunTroubles troubles, BackupAges ages, ScanQueries scans) : ISettledNotices
{
    public bool Knows(string kind) => kind is RunNotices.Paused or RunNotices.Stalled or PoolNotices.Unreachable or BackupNotices.Old;

    public async Task<bool> IsSettledAsync(PortalDbContext db, NoticeEvent happened, CancellationToken cancellationToken) => happened.Kind switch
    {
        RunNotices.Paused => BatchSubject.Read(happened.Subject) is { } id
            && await db.Set<Run>().Where(x => x.BatchId == id).OrderByDescending(x => x.Id).Select(x => (RunState?)x.State).FirstOrDefaultAsync(cancellationToken) != RunState.Paused,
        RunNotices.Stalled => !(await StalledAsync(happened, cancellationToken)).Any(x => happened.OnceKey == RunTroubleNotices.KeyOf(x)),
        BackupNotices.Old => (await ages.ListAsync(happened.PoolPairId, cancellationToken)).All(x => happened.OnceKey != BackupNotices.KeyOf(x)),
        _ => happened.PoolPairId is { } pair && await AnswersAsync(db, pair, happened, cancellationToken),
    };

    private async Task<bool> AnswersAsync(PortalDbContext db, string poolPairId, NoticeEvent happened, CancellationToken cancellationToken)
    {
        if ((await scans.FindCurrentAsync(poolPairId, cancellationToken))?.FinishedAt > happened.At)
            return true;
        var ofRun = PoolNotices.KeyOf(poolPairId, RunTroubleNotices.OfRun);
        if (happened.OnceKey?.StartsWith(ofRun, StringComparison.Ordinal) != true || !long.TryParse(happened.OnceKey[ofRun.Length..].Split(':')[0], CultureInfo.InvariantCulture, out var run))
            return false;
        // A run that gave up, or was paused or cancelled, says nothing about the pools: they may still be away.
        var state = await db.Set<Run>().Where(x => x.Id == run).Select(x => (RunState?)x.State).FirstOrDefaultAsync(cancellationToken);
        return state is RunState.Completed or RunState.CompletedWithFindings
            || (state is { } now && RunStates.Moving.Contains(now) && !(await StalledAsync(happened, cancellationToken)).Any(x => x.Outage is not null && happened.OnceKey == PoolNotices.KeyOf(poolPairId, RunTroubleNotices.OutageKeyOf(x))));
    }

    private async Task<IEnumerable<RunTrouble>> StalledAsync(NoticeEvent happened, CancellationToken cancellationToken) =>
        (await troubles.ListAsync(happened.PoolPairId, cancellationToken)).Where(x => x.StalledSince is not null);
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
        .AddSingleton<ISettledNotices, SettledRunNotices>()
        .AddSingleton<INoticeAudience, RunAudience>();
}
