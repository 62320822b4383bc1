using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Tests.Engine.Planning;

namespace MigrationPortal.Tests.Batches;

public sealed class RoomSumsTests
{
    [Fact]
    public async Task List_UnchangedBatch_IsSummedUpOnceForItsVersionAndScan()
    {
        await using var world = await BatchWorld.StartAsync(Trading(300));
        var batch = await world.CreateAsync(BatchWorld.Petra, "Wave", "Desk", "Floor");
        Assert.Equal((2, 310), await SumsAsync(world));

        // Nothing does this to a scan or a batch; whoever sums up again finds other numbers.
        await world.Database.ExecuteAsync("update portal.room_pairs set legacy_message_count = 1");
        Assert.Equal((2, 310), await SumsAsync(world));

        var floor = await world.RoomAsync("Floor");
        BatchWorld.Done(await world.Get<RemoveRoomsHandler>().HandleAsync(new RemoveRooms(batch, [floor]), BatchWorld.Petra, CancellationToken.None));
        Assert.Equal((1, 1), await SumsAsync(world));

        await world.ScanAsync(Trading(500));
        Assert.Equal((1, 500), await SumsAsync(world));
    }

    private static PoolBuilder Trading(int messages) => new PoolBuilder()
        .Category("Trading").Room("Desk", "Trading").Room("Floor", "Trading").Messages("Desk", messages).Messages("Floor", 10);

    private static async Task<(int, long)> SumsAsync(BatchWorld world)
    {
        var row = (await world.Get<BatchQueries>().ListAsync(new BatchFilter(), Paging.Of(null, null), CancellationToken.None)).Items.Single();
        return (row.RoomCount, row.MessageCount);
    }
}
