using MigrationPortal.Engine;
using MigrationPortal.Engine.Transfer;

namespace MigrationPortal.Tests.Engine.Transfer;

/// <summary>Every step at which a run can stop, one by one, and what the next attempt makes of it.</summary>
public sealed class InterruptionTests
{
    public static TheoryData<string, int> Steps()
    {
        var steps = new TheoryData<string, int>();
        foreach (var step in new[] { "SaveAllocationAsync", "IntendRowsAsync", "ConfirmRowsAsync" }) steps.Add(step, 1);
        foreach (var step in new[] { "IntendPageAsync", "ConfirmPageAsync" })
            foreach (var occurrence in new[] { 1, 3, 6 }) steps.Add(step, occurrence);
        return steps;
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Run_StoppedBeforeThatStep_ResumesToTheSameBytes(string step, int occurrence)
    {
        await using var undisturbed = await ChatWorld.CreateAsync();
        await using var disturbed = await ChatWorld.CreateAsync();
        var limits = new CopyLimits { PageMessages = 100 };
        var plan = await undisturbed.PlanAsync();
        await WholeRun.RunAsync(undisturbed, plan, new MemoryJournal(), limits);

        var (journal, seen) = (new MemoryJournal(), 0);
        journal.Before = name =>
        {
            if (name == step && ++seen == occurrence) throw new InvalidOperationException("Stopped here.");
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => WholeRun.RunAsync(disturbed, plan, journal, limits));
        await WholeRun.RunAsync(disturbed, plan, journal, limits);

        Assert.Equal(await ChatWorld.HashAsync(undisturbed.NewDatabase), await ChatWorld.HashAsync(disturbed.NewDatabase));
        Assert.All(journal.Pages, x => Assert.True(x.IsConfirmed));
        Assert.Equal(353, journal.Pages.Sum(x => x.Page.Count));
    }

    [Fact]
    public async Task Acquire_WhileAnotherRunHoldsTheTarget_IsRefused()
    {
        await using var world = await ChatWorld.CreateAsync();
        var (one, two) = (Transfer(world), Transfer(world));
        await using (ChatWorld.Done(await one.AcquireAsync(CancellationToken.None)))
            Assert.Equal("run-in-progress", (await two.AcquireAsync(CancellationToken.None)).Refusal?.Code);
        await using var free = ChatWorld.Done(await two.AcquireAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Copy_CounterMovedBySomebodyElse_StopsAndWritesNothingMore()
    {
        await using var world = await ChatWorld.CreateAsync();
        var plan = await world.PlanAsync();
        var room = plan.Rooms.Single(x => x.Guid == Guid.Parse(ChatWorld.General));
        var transfer = Transfer(world);
        await using var held = ChatWorld.Done(await transfer.AcquireAsync(CancellationToken.None));
        var ids = ChatWorld.Done(await transfer.PrepareAsync(plan, CancellationToken.None));
        var node = ids.Nodes[room.Guid];
        var pages = 0;
        var copied = await transfer.CopyRoomAsync(room, plan, ids, _ =>
        {
            if (++pages == 2) world.NewDatabase.ExecuteAsync($"update tblLastChatId set lastChatID = 101 where nodeID = {node}").GetAwaiter().GetResult();
        }, new CopyLimits { PageMessages = 100 }, CancellationToken.None);
        Assert.Equal("room-in-use", copied.Refusal?.Code);
        Assert.Equal(100, await world.NewDatabase.ScalarAsync<int>($"select count(*) from tblChat where channelId = {node}"));
    }

    [Fact]
    public async Task Copy_ResumedAfterSomebodyPosted_StopsBeforeItSkipsAnything()
    {
        await using var world = await ChatWorld.CreateAsync();
        var plan = await world.PlanAsync();
        var room = plan.Rooms.Single(x => x.Guid == Guid.Parse(ChatWorld.General));
        var transfer = Transfer(world);
        await using var held = ChatWorld.Done(await transfer.AcquireAsync(CancellationToken.None));
        var ids = ChatWorld.Done(await transfer.PrepareAsync(plan, CancellationToken.None));
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transfer.CopyRoomAsync(
            room, plan, ids, x => { if (x.Messages > 0) stop.Cancel(); }, new CopyLimits { PageMessages = 100 }, stop.Token));
        var node = ids.Nodes[room.Guid];
        await world.NewDatabase.ExecuteAsync($"insert into tblChat values ({node}, 101, 640000000000000000, 41, false, 'hello', null); update tblLastChatId set lastChatID = 101 where nodeID = {node}");

        var copied = await transfer.CopyRoomAsync(room, plan, ids, _ => { }, new CopyLimits(), CancellationToken.None);

        Assert.Equal("room-in-use", copied.Refusal?.Code);
        Assert.Equal(101, await world.NewDatabase.ScalarAsync<int>($"select count(*) from tblChat where channelId = {node}"));
    }

    [Theory]
    [InlineData(ChatWorld.Empty, 1)]
    [InlineData(ChatWorld.General, 301)]
    public async Task Copy_ResumedAfterSomebodyPostedWhereNothingIsLeft_Completes(string guid, long posted)
    {
        await using var world = await ChatWorld.CreateAsync();
        var plan = await world.PlanAsync();
        var room = plan.Rooms.Single(x => x.Guid == Guid.Parse(guid));
        var transfer = Transfer(world);
        await using var held = ChatWorld.Done(await transfer.AcquireAsync(CancellationToken.None));
        var ids = ChatWorld.Done(await transfer.PrepareAsync(plan, CancellationToken.None));
        if (guid != ChatWorld.Empty) ChatWorld.Done(await transfer.CopyRoomAsync(room, plan, ids, _ => { }, new CopyLimits(), CancellationToken.None));
        var node = ids.Nodes[room.Guid];
        await world.NewDatabase.ExecuteAsync($"""
            insert into tblChat values ({node}, {posted}, 640000000000000000, 41, false, 'hello', null);
            delete from tblLastChatId where nodeID = {node};
            insert into tblLastChatId values ({node}, {posted})
            """);

        Assert.True((await transfer.CopyRoomAsync(room, plan, ids, _ => { }, new CopyLimits(), CancellationToken.None)).IsDone);
    }

    [Fact]
    public async Task Prepare_ResumedAfterAnAuthorWasRemoved_NamesThatPersonAndCopiesNothing()
    {
        await using var world = await ChatWorld.CreateAsync();
        var plan = await world.PlanAsync();
        var transfer = Transfer(world);
        await using var held = ChatWorld.Done(await transfer.AcquireAsync(CancellationToken.None));
        ChatWorld.Done(await transfer.PrepareAsync(plan, CancellationToken.None));
        await world.NewDatabase.ExecuteAsync("""
            delete from tblPrincipalRole where prinRolePrinID = 40;
            delete from tblPrincipalAffiliations where principalID = 40;
            update tblNode set nodeAddedBy = 1, nodeUpdatedBy = 1;
            delete from tblPrincipal where prinID = 40
            """);

        var resumed = await transfer.PrepareAsync(plan, CancellationToken.None);

        Assert.Equal(("author-gone", RefusalKind.Conflict), (resumed.Refusal?.Code, resumed.Refusal?.Kind));
        Assert.Contains("sip:ann@contoso.com", resumed.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_Cancelled_ThrowsAndResumes()
    {
        await using var world = await ChatWorld.CreateAsync();
        var plan = await world.PlanAsync();
        var transfer = Transfer(world);
        await using var held = ChatWorld.Done(await transfer.AcquireAsync(CancellationToken.None));
        var ids = ChatWorld.Done(await transfer.PrepareAsync(plan, CancellationToken.None));
        using var stop = new CancellationTokenSource();
        // One message a second would take five minutes: only the cancellation ends this.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transfer.CopyRoomAsync(
            plan.Rooms[0], plan, ids, x => { if (x.Messages > 0) stop.Cancel(); }, new CopyLimits { MessagesPerSecond = 1 }, stop.Token));
        var copied = ChatWorld.Done(await transfer.CopyRoomAsync(plan.Rooms[0], plan, ids, _ => { }, new CopyLimits(), CancellationToken.None));
        Assert.Equal(300, copied.Messages);
    }

    [Fact]
    public async Task Copy_TargetsConnectionCut_IsTransientAndResumes()
    {
        await using var world = await ChatWorld.CreateAsync();
        await using var undisturbed = await ChatWorld.CreateAsync();
        var plan = await world.PlanAsync();
        await WholeRun.RunAsync(undisturbed, plan, new MemoryJournal());
        var journal = new MemoryJournal();
        var transfer = new BatchTransfer(world.Legacy, world.New, journal, TimeProvider.System);
        await using (ChatWorld.Done(await transfer.AcquireAsync(CancellationToken.None)))
        {
            var ids = ChatWorld.Done(await transfer.PrepareAsync(plan, CancellationToken.None));
            var pages = 0;
            var copied = await transfer.CopyRoomAsync(plan.Rooms[0], plan, ids, _ =>
            {
                if (++pages == 2) world.NewDatabase.CutAsync().GetAwaiter().GetResult();
            }, new CopyLimits { PageMessages = 100 }, CancellationToken.None);
            Assert.Equal(RefusalKind.Unavailable, copied.Refusal?.Kind);
            // The run's lock was cut as well: a run without it writes nothing.
            Assert.Equal(RefusalKind.Unavailable, (await transfer.CopyRoomAsync(plan.Rooms[0], plan, ids, _ => { }, new CopyLimits(), CancellationToken.None)).Refusal?.Kind);
        }
        await WholeRun.RunAsync(world, plan, journal);
        Assert.Equal(await ChatWorld.HashAsync(undisturbed.NewDatabase), await ChatWorld.HashAsync(world.NewDatabase));
    }

    [Fact]
    public async Task Copy_WaitingConnectionsWereCut_OpensOthers()
    {
        await using var world = await ChatWorld.CreateAsync();
        var plan = await world.PlanAsync();
        var transfer = Transfer(world);
        await using (ChatWorld.Done(await transfer.AcquireAsync(CancellationToken.None)))
            ChatWorld.Done(await transfer.PrepareAsync(plan, CancellationToken.None));
        await world.NewDatabase.CutAsync();
        await using var held = ChatWorld.Done(await transfer.AcquireAsync(CancellationToken.None));
        ChatWorld.Done(await transfer.PrepareAsync(plan, CancellationToken.None));
    }

    private static BatchTransfer Transfer(ChatWorld world) => new(world.Legacy, world.New, new MemoryJournal(), TimeProvider.System);
}
