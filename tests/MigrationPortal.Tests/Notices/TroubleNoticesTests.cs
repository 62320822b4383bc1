using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Data;
using MigrationPortal.Notices.Bell;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.PoolPairs;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using MigrationPortal.Tests.Windows;
using MigrationPortal.Windows;
using MigrationPortal.Windows.Scheduling;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Notices;

/// <summary>What nobody did is told once all the same: by the sweeps, to whom the inbox shows it.</summary>
public sealed class TroubleNoticesTests
{
    private static readonly Caller _olga = new("olga", "olga", new HashSet<Role> { Role.Operator });
    private static readonly Caller _aron = new("aron", "aron", new HashSet<Role> { Role.Auditor });
    private static readonly DateTimeOffset _evening = new(2026, 3, 2, 21, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Audit_DoesNotHold_AuditorsAndAdministratorsAreToldOnceForEachFault()
    {
        await using var world = await StartedAsync();
        Assert.False(await world.Get<AuditNotices>().TellAsync(CancellationToken.None));
        await world.Database.ExecuteAsync("""insert into portal.audit_check (id, at, since, broken) values (1, now(), now(), '{"key":"Audit.AnchorGone","args":["12","then"]}')""");
        Assert.True(await world.Get<AuditNotices>().TellAsync(CancellationToken.None));
        Assert.False(await world.Get<AuditNotices>().TellAsync(CancellationToken.None));
        await world.Database.ExecuteAsync("""update portal.audit_check set broken = '{"key":"Audit.AnchorGone","args":["13","then"]}'""");
        Assert.True(await world.Get<AuditNotices>().TellAsync(CancellationToken.None));
        await OutboxTests.HandOutAsync(world);

        foreach (var told in new[] { _aron, PolicyWorld.Ada })
            Assert.Equal(["AuditBroken", "AuditBroken"], await KindsAsync(world, told));
        foreach (var other in new[] { _olga, Anna, Petra })
            Assert.Empty(await KindsAsync(world, other));
        Assert.True(world.Get<NoticeKinds>().Find(AuditNotices.Broken)!.IsMandatory);
    }

    [Fact]
    public async Task Audit_AnchorCannotBeWritten_IsNoFaultOfTheChain()
    {
        await using var world = await StartedAsync();
        await world.Database.ExecuteAsync("""insert into portal.audit_check (id, at, since, unwritten) values (1, now(), now(), '{"key":"Audit.AnchorGone","args":["12","then"]}')""");
        Assert.False(await world.Get<AuditNotices>().TellAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Scan_FailsAgainAndAgain_AdministratorsAreToldOnceUntilOneCompletes()
    {
        await using var world = await StartedAsync();
        Assert.Equal(0, await world.Get<PoolNotices>().TellAsync(CancellationToken.None));
        await FailAsync(world);
        Assert.Equal(1, await world.Get<PoolNotices>().TellAsync(CancellationToken.None));
        await FailAsync(world);
        Assert.Equal(0, await world.Get<PoolNotices>().TellAsync(CancellationToken.None));
        await world.ScanAsync(Trading());
        await world.Database.ExecuteAsync("update portal.scans set finished_at = now() where state = 'Completed'");
        await FailAsync(world);
        Assert.Equal(1, await world.Get<PoolNotices>().TellAsync(CancellationToken.None));
        await OutboxTests.HandOutAsync(world);

        Assert.Equal(["PoolUnreachable", "PoolUnreachable"], await KindsAsync(world, PolicyWorld.Ada));
        Assert.Empty(await KindsAsync(world, _olga));
    }

    [Fact]
    public async Task Run_StandsStill_IsToldOnceUntilItMovesAndStandsStillAgain()
    {
        await using var world = await StartedAsync();
        var batch = await RunningAsync(world);
        await SampleAsync(world, secondsAgo: 300, copied: 20);
        Assert.Equal(1, await world.Get<RunTroubleNotices>().TellAsync(CancellationToken.None));
        await SampleAsync(world, secondsAgo: 5, copied: 20);
        Assert.Equal(0, await world.Get<RunTroubleNotices>().TellAsync(CancellationToken.None));
        await SampleAsync(world, secondsAgo: 0, copied: 21);
        Assert.Equal(0, await world.Get<RunTroubleNotices>().TellAsync(CancellationToken.None));
        await world.Database.ExecuteAsync("update portal.run_samples set at = at - interval '10 minutes'");
        Assert.Equal(1, await world.Get<RunTroubleNotices>().TellAsync(CancellationToken.None));
        await OutboxTests.HandOutAsync(world);

        // The starter is an operator, the author is Petra.
        foreach (var told in new[] { _olga, Petra })
            Assert.Equal(2, (await KindsAsync(world, told)).Count(x => x == "RunStalled"));
        Assert.DoesNotContain("PoolUnreachable", await KindsAsync(world, PolicyWorld.Ada));
        Assert.DoesNotContain("RunStalled", await KindsAsync(world, PolicyWorld.Ada));
        Assert.True(batch > 0);
    }

    [Fact]
    public async Task Run_WaitsForADatabase_IsOneOutageForAdministratorsWhateverNoticesIt()
    {
        await using var world = await StartedAsync();
        await RunningAsync(world);
        await world.Database.ExecuteAsync("""update portal.runs set note = '{"key":"Wait.Retry","args":["it does not answer",30]}'""");
        // Before its first message: the run and its starter's outage are told, and the scan that fails meanwhile is the same one.
        Assert.Equal(2, await world.Get<RunTroubleNotices>().TellAsync(CancellationToken.None));
        Assert.Equal(0, await world.Get<RunTroubleNotices>().TellAsync(CancellationToken.None));
        await FailAsync(world);
        Assert.Equal(0, await world.Get<PoolNotices>().TellAsync(CancellationToken.None));
        await OutboxTests.HandOutAsync(world);
        Assert.Equal(["PoolUnreachable"], await KindsAsync(world, PolicyWorld.Ada));
    }

    [Fact]
    public async Task Window_OpensWithinAnHour_OperatorsAreToldOnceWhereSomethingWaitsForIt()
    {
        await using var world = await StartedAsync();
        var night = SetWindowsTests.Always with { From = new(22, 0), To = new(4, 0), Zone = "UTC" };
        Done(await world.Get<SetWindowsHandler>().HandleAsync(new SetWindows(Pair, [night], WindowEnd.FinishRooms, "at night"), PolicyWorld.Ada, CancellationToken.None));
        // Nothing waits for it.
        Assert.Equal(0, await Windows(world, new FakeTimeProvider(_evening.AddMinutes(30))).TellAsync(CancellationToken.None));
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        var clock = new FakeTimeProvider(_evening.AddMinutes(-1));
        var notices = Windows(world, clock);
        Assert.Equal(0, await notices.TellAsync(CancellationToken.None));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await notices.TellAsync(CancellationToken.None));
        clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(0, await notices.TellAsync(CancellationToken.None));
        // Open, and then the next night.
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await notices.TellAsync(CancellationToken.None));
        clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(1, await notices.TellAsync(CancellationToken.None));
        await OutboxTests.HandOutAsync(world);
        Assert.Equal(2, (await KindsAsync(world, _olga)).Count(x => x == "WindowOpens"));
        Assert.DoesNotContain("WindowOpens", await KindsAsync(world, Anna));
    }

    private static async Task<BatchWorld> StartedAsync()
    {
        var world = await StartAsync();
        await using var db = world.Database.OpenPortal();
        db.AddRange(new[] { _olga, _aron, PolicyWorld.Ada, Petra }.Select(Known));
        await db.SaveChangesAsync();
        return world;
    }

    private static WindowNotices Windows(BatchWorld world, TimeProvider clock)
    {
        var databases = world.Get<IDbContextFactory<PortalDbContext>>();
        return new(
            databases, world.Get<WindowQueries>(), new ScheduleQueries(databases, world.Get<WindowQueries>(), world.Get<PoolPairCatalog>(), clock), world.Get<PoolPairQueries>(),
            world.Get<NoticeOutbox>(), clock);
    }

    private static Task FailAsync(BatchWorld world) => world.Database.ExecuteAsync($"""
        insert into portal.scans (pool_pair_id, state, requested_by, requested_at, finished_at, phase_done) values ('{Pair}', 'Failed', 'petra', now(), now(), 0)
        """);

    private static async Task<long> RunningAsync(BatchWorld world)
    {
        var batch = await world.SubmittedAsync("Wave 1", "Desk");
        await world.Database.ExecuteAsync($"""
            insert into portal.runs (batch_id, plan_id, kind, state, started_by, started_at, confirmations, confirmed_at, fingerprint)
            select batch_id, max(id), 'Move', 'Running', 'olga', now() - interval '10 minutes', '{"{}"}', now(), '' from portal.batch_plans where batch_id = {batch} group by batch_id
            """);
        return batch;
    }

    private static Task SampleAsync(BatchWorld world, int secondsAgo, long copied) => world.Database.ExecuteAsync($"""
        insert into portal.run_samples (run_id, at, copied_message_count, verified_message_count, copied_file_byte_count)
        select id, now() - interval '{secondsAgo} seconds', {copied}, 0, 0 from portal.runs
        """);

    private static async Task<IReadOnlyList<string>> KindsAsync(BatchWorld world, Caller caller) =>
        [.. (await world.Get<NotificationQueries>().ListAsync(caller, onlyUnread: false, new(0, 50), CancellationToken.None)).Items.Select(x => x.Kind)];
}
