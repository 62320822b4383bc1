using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Data;
using MigrationPortal.Freezes;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.BreakGlass;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews.BreakGlass;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Windows;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Reviews;

/// <summary>Starts of one batch through the use case, beside a freeze and windows that come and go, and what must hold of a run that began.</summary>
internal sealed class RaceStarts(BatchWorld world, long batch, RaceSchedules schedules, RaceThreads threads)
{
    /// <summary>Approvers among them, who may start as well: whether they may where they approved is the policy's.</summary>
    public static readonly Caller[] Starters = [.. EmergencyWorld.Operators, Starting(Anna), Starting(Marek)];

    private static readonly Window _never = new() { Name = "never", Effect = WindowEffect.Deny, Weekdays = Enum.GetValues<DayOfWeek>(), Zone = "Etc/UTC" };

    private bool _wasFrozen;
    private bool _wasClosed;
    private bool _hadRun;
    private bool _begunFrozen;
    private readonly ConcurrentQueue<string> _barred = [];

    /// <summary>How many were refused because they had approved it.</summary>
    public int Barred => _barred.Count;

    /// <summary>Once it is answered, no start begins any more.</summary>
    public RaceAction FreezeAndStart(PortalApp node) => new("freeze", async () =>
    {
        if (!await FreezeAsync(node, isFrozen: true))
            return false;
        _begunFrozen |= await StartAsync(node, EmergencyWorld.Olga);
        return true;
    });

    public static RaceAction Lift(PortalApp node) => new("lift", () => FreezeAsync(node, isFrozen: false));

    public static RaceAction Close(PortalApp node) => new("close", () => SetAsync(node, _never));

    public static RaceAction Open(PortalApp node) => new("open", () => SetAsync(node));

    public static async Task ClearAsync(PortalApp node)
    {
        Assert.True(await FreezeAsync(node, isFrozen: false));
        Assert.True(await SetAsync(node));
    }

    /// <summary>Before three act at once.</summary>
    public async Task LookAsync()
    {
        _begunFrozen = false;
        _wasFrozen = await world.Database.ScalarAsync<bool>("select exists (select from portal.freezes where is_frozen)");
        await using var db = world.Database.OpenPortal();
        var windows = await db.Set<WindowSet>().AsNoTracking().SingleOrDefaultAsync(x => x.Scope == Pair);
        _wasClosed = windows is { Items.Count: > 0 };
    }

    public async Task CheckAsync(PortalDbContext db, bool isRunning, string when, IReadOnlyList<string> did)
    {
        var runs = await db.Set<Run>().AsNoTracking().Where(x => x.BatchId == batch).ToListAsync();
        Assert.True(runs.Count == (isRunning ? 1 : 0), $"{runs.Count} runs, {when}");
        foreach (var starter in _barred)
            Assert.True(await db.Set<Decision>().AnyAsync(x => x.BatchId == batch && x.Verdict == Verdict.Approve && x.By == starter), $"{starter} never approved, {when}");
        Assert.True(!_begunFrozen || did.Contains("lift", StringComparer.Ordinal), $"I6, {when}");
        if (_hadRun || runs.Count == 0)
            return;
        _hadRun = true;
        var run = runs[0];
        var emergency = await db.Set<BreakGlassRequest>().AsNoTracking().SingleOrDefaultAsync(x => x.RunId == run.Id);
        Assert.True(!_wasFrozen || did.Contains("lift", StringComparer.Ordinal), $"started in a freeze, {when}");
        Assert.True(emergency is not null || !_wasClosed || did.Contains("open", StringComparer.Ordinal), $"started outside of the windows, {when}");
        var review = await db.Set<Review>().AsNoTracking().Where(x => x.BatchId == batch && x.State == ReviewState.Started).SingleAsync();
        Assert.True(review.Fingerprint == run.Fingerprint, $"I1: another plan, {when}");
        var policy = (await db.Set<PolicyVersion>().AsNoTracking().SingleAsync(x => x.PoolPairId == Pair && x.Version == review.PolicyVersion)).Body;
        Assert.True(!policy.OpenThreadsBlock || await threads.CountOpenAsync(db) == 0 || did.Any(x => x is "thread" or "reopen"), $"I1: threads are open, {when}");
        if (!did.Any(x => x is "start" or "freeze"))
            await schedules.CheckAsync(db, run, when, did);
        if (emergency is not null)
        {
            Assert.True(emergency.AskedBy != emergency.ConfirmedBy && emergency.ConfirmedBy is not null && emergency.Fingerprint == run.Fingerprint, $"I1: emergency, {when}");
            return;
        }

        var counted = await db.Set<Decision>().AsNoTracking().Where(x => x.ReviewId == review.Id && x.Verdict == Verdict.Approve && x.LostAt == null && x.Fingerprint == run.Fingerprint).OrderBy(x => x.At).ToListAsync();
        var whole = counted.Where(x => x.Part is null).ToList();
        Assert.True(whole.Count >= review.Needed, $"I1: {whole.Count} of {review.Needed}, {when}");
        // In this step Marek may have come to the board or left it, after the start as well as before.
        HashSet<string> board = did.Any(x => x is "board" or "role") ? [Marek.Name] : await RaceNeeds.BoardAsync(db);
        Assert.True(review.Needs.TrueForAll(need => counted.Exists(x => RaceNeeds.Fills(need, x, board))), $"I1: no owner or nobody of the board, {when}");
        Assert.True(policy.Starter != StarterRule.NoApprover || !counted.Exists(x => x.By == run.StartedBy), $"an approver started, {when}");
        Assert.True(policy.Starter != StarterRule.NotLastApprover || counted[^1].By != run.StartedBy, $"the last approver started, {when}");
    }

    public async Task<bool> StartAsync(PortalApp node, Caller starter)
    {
        var started = await node.Get<StartRunHandler>().HandleAsync(new StartRun(batch, []), starter, CancellationToken.None);
        if (started.Refusal is { Code: "starter-approved" or "starter-approved-last" })
            _barred.Enqueue(starter.Name);
        return started.IsDone;
    }

    private static async Task<bool> FreezeAsync(PortalApp node, bool isFrozen) => (await node.Get<SetFreezeHandler>().HandleAsync(
        new SetFreeze(null, isFrozen, "change in the data center"), EmergencyWorld.Olga, node.Get<FreezeQueries>(), CancellationToken.None)).IsDone;

    private static async Task<bool> SetAsync(PortalApp node, params Window[] windows) => (await node.Get<SetWindowsHandler>().HandleAsync(
        new SetWindows(Pair, windows, WindowEnd.FinishRooms, "change board"), PolicyWorld.Ada, CancellationToken.None)).IsDone;

    private static Caller Starting(Caller approver) => new(approver.Name, approver.DisplayName, new HashSet<Role> { Role.Approver, Role.Operator });
}
