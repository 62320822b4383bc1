using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Tests.Engine.Delta;

namespace MigrationPortal.Tests.Engine.Transfer;

/// <summary>What goes on around a run and must not change what it writes: a wrong clock, a source that people go on using.</summary>
public sealed class SurroundingsTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Run_OnANodeWhoseClockIsAnHourWrong_WritesTheSameBytes(int hours)
    {
        await using var right = await ChatWorld.CreateAsync();
        await using var wrong = await ChatWorld.CreateAsync();
        await WholeRun.RunAsync(right, await right.PlanAsync(), new MemoryJournal());

        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(hours)) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
        var transfer = new BatchTransfer(wrong.Legacy, wrong.New, new MemoryJournal(), clock);
        var plan = await wrong.PlanAsync();
        await using (ChatWorld.Done(await transfer.AcquireAsync(CancellationToken.None)))
        {
            var ids = ChatWorld.Done(await transfer.PrepareAsync(plan, CancellationToken.None));
            foreach (var room in plan.Rooms)
                ChatWorld.Done(await transfer.CopyRoomAsync(room, plan, ids, _ => { }, new CopyLimits(), CancellationToken.None));
        }

        Assert.Equal(await ChatWorld.HashAsync(right.NewDatabase), await ChatWorld.HashAsync(wrong.NewDatabase));
    }

    [Fact]
    public async Task Copy_SourceChangesBetweenTwoPages_CopiesEachPageAsItIsThenAndTheProofNamesTheRest()
    {
        await using var world = await ChatWorld.CreateAsync();
        var plan = await world.PlanAsync();
        var (journal, pages) = (new MemoryJournal(), 0);
        var transfer = new BatchTransfer(world.Legacy, world.New, journal, TimeProvider.System);
        IdAllocation ids;
        await using (ChatWorld.Done(await transfer.AcquireAsync(CancellationToken.None)))
        {
            ids = ChatWorld.Done(await transfer.PrepareAsync(plan, CancellationToken.None));
            foreach (var room in plan.Rooms)
            {
                ChatWorld.Done(await transfer.CopyRoomAsync(room, plan, ids, _ =>
                {
                    if (++pages == 5) Change(world);
                }, DeltaRun.Small, CancellationToken.None));
            }
        }

        // 300, ten posted since, one purged before its page was read.
        var general = ids.Nodes[Guid.Parse(ChatWorld.General)];
        Assert.Equal((309, 310L), (
            await world.NewDatabase.ScalarAsync<int>($"select count(*) from tblChat where channelId = {general}"),
            await world.NewDatabase.ScalarAsync<long>($"select lastChatID from tblLastChatId where nodeID = {general}")));
        (long, MismatchKind)[] changedAfterwards = [(10, MismatchKind.Altered), (11, MismatchKind.Extra)];
        var result = ChatWorld.Done(await RoomVerifier.VerifyAsync(world.Legacy, world.New, plan.Rooms[0], plan, ids, CancellationToken.None));
        Assert.Equal(Grade.Poor, result.Grade);
        Assert.Equal(changedAfterwards, result.Mismatches.Select(x => (x.ChatId, x.Kind)));

        await DeltaRun.RunAsync(world.Legacy, world.New, (await DeltaRun.PlanAsync(world, journal)).Plan, journal);
        result = ChatWorld.Done(await RoomVerifier.VerifyAsync(world.Legacy, world.New, plan.Rooms[0], plan, ids, CancellationToken.None));
        Assert.Equal(changedAfterwards, result.Mismatches.Select(x => (x.ChatId, x.Kind)));
    }

    private static void Change(ChatWorld world) => world.LegacyDatabase.ExecuteAsync("""
        insert into tblChat select 10, i, 636000000000000000 + i, 2, false, 'meanwhile ' || i from generate_series(301, 310) i;
        update tblLastChatId set lastChatID = 310 where nodeID = 10;
        update tblChat set content = 'edited' where channelId = 10 and chatId in (10, 200);
        delete from tblChat where channelId = 10 and chatId in (11, 201)
        """).GetAwaiter().GetResult();
}
