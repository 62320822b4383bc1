using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Batches;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Freezes;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Tests.Shared.Servers;
using MigrationPortal.Windows;
using MigrationPortal.Windows.Scheduling;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Windows;

public sealed class ScheduleTests
{
    [Fact]
    public async Task Schedule_TimeComes_StartsWithTheRightsOfWhoScheduledIt()
    {
        await using var world = await RunWorld.CreateAsync();
        var (id, now) = (await world.ApprovedBatchAsync(ChatWorld.Hall), TimeProvider.System.GetUtcNow());
        Done(await ScheduleAsync(world, id, now.AddHours(1), now.AddHours(2)));
        Assert.Equal(BatchState.Scheduled, await world.BatchAsync(id));

        await SweepAsync(world, id, now.AddMinutes(59));
        Assert.Equal(BatchState.Scheduled, await world.BatchAsync(id));
        await SweepAsync(world, id, now.AddMinutes(61));

        var run = (await world.Portal.Get<RunQueries>().FindLatestAsync(id, CancellationToken.None))!;
        Assert.Equal("operator", run.StartedBy);
        Assert.Equal(RunState.Completed, (await world.EndAsync(run.Id)).State);
    }

    [Fact]
    public async Task Schedule_FrozenUntilItIsOver_IsMissedWithTheReasonAndApproved()
    {
        await using var world = await RunWorld.CreateAsync();
        var (id, now) = (await world.ApprovedBatchAsync(ChatWorld.Hall), TimeProvider.System.GetUtcNow());
        Done(await ScheduleAsync(world, id, now.AddMinutes(1), now.AddHours(2)));
        Done(await world.Portal.Get<SetFreezeHandler>().HandleAsync(new SetFreeze(null, IsFrozen: true, "moving house"), world.Operator, world.Portal.Get<FreezeQueries>(), CancellationToken.None));

        await SweepAsync(world, id, now.AddMinutes(90));
        var schedule = await FindAsync(world, id);
        Assert.Contains("moving house", schedule.Waits?.ToString(), StringComparison.Ordinal);
        Assert.Equal(BatchState.Scheduled, await world.BatchAsync(id));
        Assert.Contains(id, await DueAsync(world, now.AddHours(2)));
        await SweepAsync(world, id, now.AddHours(2));

        schedule = await FindAsync(world, id);
        Assert.Equal(BatchState.Approved, await world.BatchAsync(id));
        Assert.Contains("moving house", schedule.MissedWhy?.ToString(), StringComparison.Ordinal);
        Assert.NotNull(schedule.MissedAt);
        await using var db = world.Portal.Database.OpenPortal();
        Assert.Equal(1, await db.Set<BatchEvent>().CountAsync(x => x.BatchId == id && x.Kind == ScheduleEvents.Missed));
        // Scheduled again, the missed one is forgotten.
        Done(await ScheduleAsync(world, id, now.AddHours(3), null));
        Assert.Null((await FindAsync(world, id)).MissedAt);
    }

    [Fact]
    public async Task Schedule_WhoScheduledItIsGone_IsMissedAtOnce()
    {
        await using var world = await RunWorld.CreateAsync();
        var id = await world.ApprovedBatchAsync(ChatWorld.Hall);
        var stranger = new Caller("otto", "Otto", new HashSet<Role> { Role.Operator });
        Done(await world.Portal.Get<ScheduleBatchHandler>().HandleAsync(new ScheduleBatch(id, null, null, []), stranger, CancellationToken.None));

        await SweepAsync(world, id, TimeProvider.System.GetUtcNow());

        Assert.Equal(BatchState.Approved, await world.BatchAsync(id));
        Assert.Contains("otto", (await FindAsync(world, id)).MissedWhy?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_OnSqlServer_ServicesStoppedHoldsForAnHour()
    {
        await using var world = await RunWorld.CreateAsync();
        var (id, now) = (await world.ApprovedBatchAsync(ChatWorld.Hall), TimeProvider.System.GetUtcNow());
        var catalog = world.Portal.Get<PoolPairCatalog>();
        var pair = catalog.Find("contoso")!;
        catalog.Add(pair with { New = new ChatDatabase(pair.New.Product, SqlProvider.SqlServer, TranslatingDriver.ConnectionString(world.Chat.NewDatabase)) });
        Done(await ScheduleAsync(world, id, now.AddMinutes(50), null, RunConfirmations.All));

        await SweepAsync(world, id, now.AddMinutes(70));

        Assert.Equal(BatchState.Scheduled, await world.BatchAsync(id));
        Assert.Contains("the services of the new pool are stopped", (await FindAsync(world, id)).Waits?.ToString(), StringComparison.Ordinal);
        var line = Assert.Single(await world.Portal.Get<ScheduleQueries>().ListAsync("contoso", CancellationToken.None));
        Assert.Empty(line.Unconfirmed);
        Done(await ScheduleAsync(world, id, now.AddMinutes(90), null, ["BackupTaken", "UnsupportedWrite"]));
        Assert.Equal([RunConfirmations.ServicesStopped], Assert.Single(await world.Portal.Get<ScheduleQueries>().ListAsync("contoso", CancellationToken.None)).Unconfirmed);
    }

    [Fact]
    public async Task Schedule_OutsideWindows_WaitsAndAManualStartIsRefused()
    {
        await using var world = await RunWorld.CreateAsync();
        var (id, now) = (await world.ApprovedBatchAsync(ChatWorld.Hall), TimeProvider.System.GetUtcNow());
        // Not tomorrow, which begins in a minute when this is tried at night.
        var later = new Window { Name = "later", Dates = [DateOnly.FromDateTime(now.UtcDateTime).AddDays(2)], Zone = "Etc/UTC" };
        await SetWindowsAsync(world, [later]);
        Refused(await ScheduleAsync(world, id, null, now.AddMinutes(1)), "schedule-invalid");
        Refused(await world.Portal.Get<StartRunHandler>().HandleAsync(new StartRun(id, []), world.Operator, CancellationToken.None), "window-closed");
        Done(await ScheduleAsync(world, id, null, now.AddDays(3)));

        Assert.Empty(await DueAsync(world, now));
        Assert.Equal([id], await DueAsync(world, now.AddDays(2)));
        await SweepAsync(world, id, now);
        Assert.Contains("window", (await FindAsync(world, id)).Waits?.ToString(), StringComparison.Ordinal);
        await SetWindowsAsync(world, []);
        await SweepAsync(world, id, now);
        var run = (await world.Portal.Get<RunQueries>().FindLatestAsync(id, CancellationToken.None))!;
        await world.EndAsync(run.Id);
    }

    [Fact]
    public async Task Schedule_WrongTimesOrState_AreRefused_AndUnscheduleGoesBack()
    {
        await using var world = await RunWorld.CreateAsync();
        var (id, now) = (await world.ApprovedBatchAsync(ChatWorld.Hall), TimeProvider.System.GetUtcNow());
        Refused(await ScheduleAsync(world, id, now.AddHours(2), now.AddHours(1)), "schedule-invalid");
        Refused(await ScheduleAsync(world, id, null, now.AddHours(-1)), "schedule-invalid");
        Refused(await ScheduleAsync(world, id, now.AddDays(500), null), "schedule-invalid");
        Refused(await ScheduleAsync(world, id, null, null, ["Nonsense"]), "confirmation-unknown");
        var back = world.Portal.Get<UnscheduleBatchHandler>();
        Refused(await back.HandleAsync(id, world.Operator, CancellationToken.None), "wrong-state");
        Done(await ScheduleAsync(world, id, now.AddHours(1), null));
        Done(await back.HandleAsync(id, world.Operator, CancellationToken.None));
        Assert.Equal(BatchState.Approved, await world.BatchAsync(id));
        // Scheduled, it can still be started by hand.
        Done(await ScheduleAsync(world, id, now.AddHours(1), null));
        await world.EndAsync((await world.StartAsync(id)).RunId);
        Refused(await ScheduleAsync(world, id, now.AddHours(1), null), "wrong-state");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Schedule_CancelledOrMovedWhileThePoolsAreRead_StartsNothing(bool isCancelled)
    {
        await using var world = await RunWorld.CreateAsync();
        var (id, now) = (await world.ApprovedBatchAsync(ChatWorld.Hall), TimeProvider.System.GetUtcNow());
        Done(await ScheduleAsync(world, id, now.AddHours(1), now.AddHours(2)));
        Task sweep;
        await using (await HeldTable.HoldAsync(world.Chat.LegacyDatabase, "tblNode"))
        {
            sweep = SweepAsync(world, id, now.AddMinutes(61));
            await Eventually.TrueAsync(async () => await world.Chat.LegacyDatabase.ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") > 0);
            if (isCancelled)
                Done(await world.Portal.Get<UnscheduleBatchHandler>().HandleAsync(id, world.Operator, CancellationToken.None));
            else
                Done(await ScheduleAsync(world, id, now.AddHours(5), null));
        }

        await sweep;

        Assert.Null(await world.Portal.Get<RunQueries>().FindLatestAsync(id, CancellationToken.None));
        Assert.Equal(isCancelled ? BatchState.Approved : BatchState.Scheduled, await world.BatchAsync(id));
        var schedule = await world.Portal.Get<ScheduleQueries>().FindAsync(id, CancellationToken.None);
        Assert.Null(schedule?.Waits);
        Assert.Null(schedule?.MissedAt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Schedule_DroppedAndApprovedAgainWhileThePoolsAreRead_StartsNothing(bool isSourceChanged)
    {
        await using var world = await RunWorld.CreateAsync();
        var (id, now) = (await world.ApprovedBatchAsync(ChatWorld.Hall), TimeProvider.System.GetUtcNow());
        var fingerprint = await world.Portal.Database.ScalarAsync<string>($"select fingerprint from portal.batches where id = {id}");
        var approver = new Caller("approver", "Approver", new HashSet<Role> { Role.Approver });
        Done(await ScheduleAsync(world, id, now.AddHours(1), now.AddHours(2)));
        if (isSourceChanged)
            await world.Chat.LegacyDatabase.ExecuteAsync($"update tblNode set nodeDesc = 'Somebody changed this' where nodeGuid = '{ChatWorld.Hall}'");
        Task sweep;
        await using (await HeldTable.HoldAsync(world.Chat.LegacyDatabase, "tblNode"))
        {
            sweep = SweepAsync(world, id, now.AddMinutes(61));
            await Eventually.TrueAsync(() => world.Chat.LegacyDatabase.IsWaitingAsync());
            Done(await world.Portal.Get<WithdrawApprovalHandler>().HandleAsync(new WithdrawApproval(id, "seen too late"), approver, CancellationToken.None));
            Done(await world.Portal.Get<ApproveBatchHandler>().HandleAsync(new ApproveBatch(id, fingerprint), approver, CancellationToken.None));
        }

        await sweep;

        Assert.Null(await world.Portal.Get<RunQueries>().FindLatestAsync(id, CancellationToken.None));
        // Nor is it the portal's to take back what somebody approved since.
        Assert.Equal(BatchState.Approved, await world.BatchAsync(id));
        Assert.Null((await FindAsync(world, id)).Waits);
    }

    [Fact]
    public async Task Schedule_MissedBeforeThePlanWasSubmittedAgain_IsNotToldOfTheNewOne()
    {
        await using var world = await RunWorld.CreateAsync();
        var (id, now) = (await world.ApprovedBatchAsync(ChatWorld.Hall), TimeProvider.System.GetUtcNow());
        Done(await ScheduleAsync(world, id, null, now.AddHours(1)));
        await SweepAsync(world, id, now.AddHours(2));
        // The sweep's clock is ahead of the others.
        await world.Portal.Database.ExecuteAsync("update portal.schedules set missed_at = now()");
        Assert.Single(await world.Portal.Get<ScheduleQueries>().ListAsync("contoso", CancellationToken.None));
        await world.Portal.Database.ExecuteAsync($"update portal.batches set state = 'Draft' where id = {id}");

        using var viewer = new ApiTalk(world.Portal.Address, "viewer");
        Assert.NotNull((await viewer.GetAsync($"batches/{id}/schedule")).GetProperty("missedAt").GetString());

        await world.ApproveAsync(id);

        using var own = world.Portal.ClientFor("viewer");
        Assert.Equal(HttpStatusCode.NotFound, (await own.GetAsync(new Uri($"api/v1/batches/{id}/schedule", UriKind.Relative))).StatusCode);
        Assert.Empty(await world.Portal.Get<ScheduleQueries>().ListAsync("contoso", CancellationToken.None));
        Assert.Null(((ScheduleView)await ActivatorUtilities.CreateInstance<ReadSchedule>(world.Portal.Services).ReadAsync(id, world.Operator, CancellationToken.None)).Schedule);
    }

    internal static async Task SetWindowsAsync(RunWorld world, IReadOnlyList<Window> windows, WindowEnd atEnd = WindowEnd.FinishRooms) =>
        Done(await world.Portal.Get<SetWindowsHandler>().HandleAsync(
            new SetWindows("contoso", windows, atEnd, "change board"), Caller.Of("ada", "Ada", [new Grant(Role.Administrator)]), CancellationToken.None));

    private static Task<Outcome<Schedule>> ScheduleAsync(RunWorld world, long id, DateTimeOffset? from, DateTimeOffset? to, params string[] confirmations) =>
        world.Portal.Get<ScheduleBatchHandler>().HandleAsync(new ScheduleBatch(id, from, to, confirmations), world.Operator, CancellationToken.None);

    // What the sweep's job does, at a time of the test's choice.
    private static Task SweepAsync(RunWorld world, long id, DateTimeOffset at) =>
        ActivatorUtilities.CreateInstance<StartScheduledHandler>(world.Portal.Services, new FakeTimeProvider(at)).HandleAsync(id, CancellationToken.None);

    private static Task<IReadOnlyList<long>> DueAsync(RunWorld world, DateTimeOffset at) =>
        ActivatorUtilities.CreateInstance<DueSchedules>(world.Portal.Services, new FakeTimeProvider(at)).ListAsync(CancellationToken.None);

    private static async Task<Schedule> FindAsync(RunWorld world, long id) => (await world.Portal.Get<ScheduleQueries>().FindAsync(id, CancellationToken.None))!;
}
