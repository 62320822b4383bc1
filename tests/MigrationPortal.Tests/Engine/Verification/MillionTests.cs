using MigrationPortal.Engine.Verification;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Engine.Verification;

/// <summary>One message in a million that was altered, dropped, doubled or exchanged with its neighbour is found and named.</summary>
public sealed class MillionTests(ITestOutputHelper output)
{
    private const int Messages = 1_000_000;

    [Fact]
    public async Task Verify_OneOfAMillion_IsFoundAndNamed()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var world = await ChatWorld.CreateAsync();
        await world.LegacyDatabase.ExecuteAsync($"""
            insert into tblChat select 14, i * 2, 635000000000000000 + i, 2 + i % 6, i % 500 = 0, 'message ' || i from generate_series(1, {Messages}) i;
            insert into tblLastChatId values (14, {Messages * 2});
            """);
        var plan = await world.PlanAsync();
        var room = plan.Rooms.Single(x => x.Guid == Guid.Parse(ChatWorld.Empty));
        var ids = await WholeRun.RunAsync(world, plan, new MemoryJournal());
        var node = ids.Nodes[room.Guid];
        // A fifth of the room each, so that the damages cannot meet.
        var spots = Enumerable.Range(0, 4).Select(x => (long)random.Next((x * Messages / 5) + 10, ((x + 1) * Messages / 5) - 10) * 2).ToArray();
        var (altered, dropped, doubled, moved) = (spots[0], spots[1], spots[2], spots[3]);
        await world.NewDatabase.ExecuteAsync($"""
            update tblChat set content = content || ' ' where channelId = {node} and chatId = {altered};
            delete from tblChat where channelId = {node} and chatId = {dropped};
            insert into tblChat select channelId, chatId + 1, chatDate, userId, isAlert, content, null from tblChat where channelId = {node} and chatId = {doubled};
            update tblChat set chatId = -1 where channelId = {node} and chatId = {moved};
            update tblChat set chatId = {moved} where channelId = {node} and chatId = {moved - 2};
            update tblChat set chatId = {moved - 2} where channelId = {node} and chatId = -1;
            """);
        var proof = ChatWorld.Done(await RoomVerifier.VerifyAsync(world.Legacy, world.New, room, plan, ids, CancellationToken.None));
        Assert.Equal(Grade.Poor, proof.Grade);
        Assert.Equal(
            [(altered, MismatchKind.Altered), (dropped, MismatchKind.Missing), (doubled + 1, MismatchKind.Extra), (moved - 2, MismatchKind.Altered), (moved, MismatchKind.Altered)],
            proof.Mismatches.Select(x => (x.ChatId, x.Kind)));
        Assert.Equal("content", proof.Mismatches[0].Fields);
        Assert.Equal((Messages, 5L), (proof.Legacy.Count, proof.MismatchCount));
    }
}
