using Bunit;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine;
using MigrationPortal.Inbox;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Runs.Starting;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Reviews.BreakGlass;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Windows.Scheduling;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Reviews;

/// <summary>Who may not start what they approved is told before they try, by what the start itself would answer.</summary>
public sealed class StarterTests
{
    private static readonly ReviewPolicy _notLast = new() { Starter = StarterRule.NotLastApprover };

    private static readonly Caller _marek = new(Marek.Name, Marek.DisplayName, new HashSet<Role> { Role.Approver, Role.Operator });

    [Fact]
    public async Task Schedule_ByTheLastApproverWhoMayNotStart_IsRefusedAsTheStartIs()
    {
        await using var world = await RunWorld.CreateAsync();
        Done(await world.Portal.Get<SetPolicyHandler>().HandleAsync(new SetPolicy("contoso", _notLast, "because of the audit", AlsoOpen: false), PolicyWorld.Ada, CancellationToken.None));
        var id = await world.ApprovedBatchAsync(ChatWorld.Hall);
        var approver = new Caller("approver", "Approver", new HashSet<Role> { Role.Approver, Role.Operator });
        var start = Refused(await world.Portal.Get<StartRunHandler>().HandleAsync(new StartRun(id, []), approver, CancellationToken.None), "starter-approved-last");

        var schedule = Refused(await ScheduleAsync(approver), "starter-approved-last");

        Assert.Equal(start.Message, schedule.Message);
        Assert.Equal(BatchState.Approved, await world.BatchAsync(id));
        Done(await ScheduleAsync(world.Operator));
        Assert.Equal(BatchState.Scheduled, await world.BatchAsync(id));

        Task<Outcome<Schedule>> ScheduleAsync(Caller caller) => world.Portal.Get<ScheduleBatchHandler>().HandleAsync(
            new ScheduleBatch(id, TimeProvider.System.GetUtcNow().AddHours(1), null, []), caller, CancellationToken.None);
    }

    [Fact]
    public async Task StartCard_OfTheLastApprover_SaysTheRuleAndWhyTheButtonIsOff()
    {
        await using var world = await ApprovedAsync();
        var id = await world.Database.ScalarAsync<long>("select max(id) from portal.batches");
        await using var own = new PageContext(world.Services, _marek);
        var barred = await RenderAsync(world, own, id, _marek);

        Assert.Contains("Any operator except the last approver may start it.", barred.Find(".standing").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", barred.Find("button.action.p").GetAttribute("aria-disabled"));
        Assert.Contains("gave the last approval of", barred.Find("button.action.p").GetAttribute("title"), StringComparison.Ordinal);
        await using var context = new PageContext(world.Services, EmergencyWorld.Omar);
        Assert.Null((await RenderAsync(world, context, id, EmergencyWorld.Omar)).Find("button.action.p").GetAttribute("aria-disabled"));
    }

    [Fact]
    public async Task Inbox_OfTheLastApprover_ListsTheStartAsNotTheirs()
    {
        await using var world = await ApprovedAsync();

        var barred = Assert.Single(await world.Get<InboxQueries>().ListAsync(Pair, _marek, CancellationToken.None));
        var other = Assert.Single(await world.Get<InboxQueries>().ListAsync(Pair, EmergencyWorld.Omar, CancellationToken.None));

        Assert.Equal((other.Key, false), (barred.Key, barred.IsCounted));
        Assert.Contains("gave the last approval of", barred.DisabledReason, StringComparison.Ordinal);
        Assert.True(other.IsCounted);
        Assert.Null(other.DisabledReason);
    }

    private static async Task<BatchWorld> ApprovedAsync()
    {
        var world = await StartAsync();
        await world.SetAsync(_notLast with { Approvals = 2 });
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        Done(await world.ApproveAsync(id, Marek));
        return world;
    }

    private static async Task<IRenderedComponent<StartCard>> RenderAsync(BatchWorld world, PageContext context, long batch, Caller caller)
    {
        var view = (await world.Get<BatchViewQueries>().FindAsync(batch, caller, true, CancellationToken.None))!;
        return context.Render<StartCard>(x => x.AddCascadingValue(view));
    }
}
