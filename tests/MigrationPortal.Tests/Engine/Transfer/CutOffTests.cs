using MigrationPortal.Engine.Planning;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Transfer;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Tests.Shared.Servers;

namespace MigrationPortal.Tests.Engine.Transfer;

/// <summary>A cut-off by date (trap 41): dates may run backwards, so numbers do not decide; the counter is legacy's all the same.</summary>
public sealed class CutOffTests
{
    [Theory, OnPostgreSql, OnTranslated, OnSqlServer]
    public async Task Run_WithCutOff_CopiesByDateAndProvesThat(ServerKind server)
    {
        await using var world = await ChatWorld.CreateAsync(server);
        var day = new DateOnly(2013, 4, 1);
        var ticks = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).Ticks;
        await world.LegacyDatabase.ExecuteAsync($"update tblChat set chatDate = {ticks} + chatId where channelId = 10; update tblChat set chatDate = {ticks} - chatId where channelId = 10 and chatId > 290");
        // Fred wrote only what stays behind.
        await world.LegacyDatabase.ExecuteAsync("update tblChat set userId = case when chatId > 290 then 5 else 3 end where channelId = 10");
        var fred = Guid.Parse("10000000-0000-0000-0000-000000000005");
        Assert.Contains((await world.PlanAsync()).Principals, x => x.Guid == fred);
        var plan = await world.PlanAsync(new PlanOptions { CutOff = day });
        Assert.DoesNotContain(plan.Principals, x => x.Guid == fred);
        var ids = await WholeRun.RunAsync(world, plan, new MemoryJournal(), new CopyLimits { PageMessages = 64 });
        var room = plan.Rooms.Single(x => x.Guid == Guid.Parse(ChatWorld.General));
        var proof = ChatWorld.Done(await RoomVerifier.VerifyAsync(world.Legacy, world.New, room, plan, ids, CancellationToken.None));
        Assert.Equal((290L, 1L, 290L, 0L), (proof.New.Count, proof.New.FirstChatId, proof.New.LastChatId, proof.MismatchCount));
        Assert.Equal(290, ChatWorld.Done(await ChatPoolReader.CountSinceAsync(world.Legacy, ticks, CancellationToken.None))[room.LegacyNodeId]);
        Assert.All(proof.Rules, x => Assert.True(x.Holds, x.Name));
    }
}
