using MigrationPortal.Bench;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Viewing;
using MigrationPortal.Tests.Batches;
using static MigrationPortal.Tests.Rooms.Viewing.Crowd;

namespace MigrationPortal.Tests.Rooms.Viewing;

/// <summary>The people of a crowded room are there when it is shown as migrated, whatever was written to it (trap L257).</summary>
public sealed class CrowdedTransferTests
{
    [Fact]
    public async Task List_RoomWasMigratedAsPlanned_ReadsNoMoreThanThePage()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        await TransferAsync(world, await FindAsync(world, "Hall"), isWhole: true);
        var room = await FindAsync(world, "Hall");

        var listed = await ReadPartsAsync(world, room);

        Assert.Contains(listed, x => x.New.Count > 0);
        Assert.Contains(listed, x => x is { New.Count: 0, Change: "Loses" });
        Assert.Empty(await world.Get<CrowdedRooms>().ListStalePairsAsync(CancellationToken.None));
        await IsAsWorkedOutAsync(world, room, listed);
    }

    [Fact]
    public async Task List_RoomWasMigratedOtherwiseThanPlanned_ReadsNoMoreThanThePage()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        var missing = await TransferAsync(world, await FindAsync(world, "Hall"));
        var room = await FindAsync(world, "Hall");

        var listed = await ReadPartsAsync(world, room);

        Assert.Empty(await world.Get<CrowdedRooms>().ListStalePairsAsync(CancellationToken.None));
        Assert.Empty(Assert.Single(listed, x => x.Guid == missing).New);
        Assert.Contains(listed, x => x.New.Count > 0);
        await IsAsWorkedOutAsync(world, room, listed);
    }

    [Fact]
    public async Task List_RoomIsMigratedAgainAfterItsPeopleWereListed_IsTheNewOne()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        var hall = await FindAsync(world, "Hall");
        await TransferAsync(world, hall, isWhole: true);
        await TransferAsync(world, hall, isWhole: true);
        var again = await ReadPartsAsync(world, await FindAsync(world, "Hall"));
        var missing = await TransferAsync(world, hall);

        var listed = await ReadPartsAsync(world, await FindAsync(world, "Hall"));

        Assert.NotEmpty(Assert.Single(again, x => x.Guid == missing).New);
        Assert.Empty(Assert.Single(listed, x => x.Guid == missing).New);
        await IsAsWorkedOutAsync(world, await FindAsync(world, "Hall"), listed);
    }

    [Fact]
    public async Task List_OptionsChangeAfterATransferAsPlanned_IsMadeAgain()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        await TransferAsync(world, await FindAsync(world, "Hall"), isWhole: true);
        await ChangeOptionsAsync(world);

        Assert.Equal([BatchWorld.Pair], await world.Get<CrowdedRooms>().ListStalePairsAsync(CancellationToken.None));
        await world.Get<ListCrowdsHandler>().HandleAsync(BatchWorld.Pair, CancellationToken.None);

        var room = await FindAsync(world, "Hall");
        var listed = await ReadPartsAsync(world, room);
        Assert.Contains(listed, x => x is { Planned.Count: > 0, New.Count: 0 });
        await IsAsWorkedOutAsync(world, room, listed);
    }

    [Fact]
    public async Task Transfer_WhoseListCannotBeKept_IsProvenAllTheSame()
    {
        await using var world = await BatchWorld.StartAsync(Pool());
        await world.Database.ExecuteAsync("alter table portal.room_people add constraint ck_full check (version not like '%._%.%') not valid");

        var missing = await TransferAsync(world, await FindAsync(world, "Hall"));

        var room = await FindAsync(world, "Hall");
        Assert.Equal(7, room.NewNodeId);
        Assert.Equal([BatchWorld.Pair], await world.Get<CrowdedRooms>().ListStalePairsAsync(CancellationToken.None));
        Assert.Empty(Assert.Single(await AllAsync(world, room), x => x.Guid == missing).New);
    }

    // All that was planned, or one member less.
    private static async Task<Guid> TransferAsync(BatchWorld world, RoomView room, bool isWhole = false) =>
        await CrowdTransfers.WriteAsync(world.Services, room, newNodeId: 7, missing: isWhole ? 0 : 1) is [var missing] ? missing : Guid.Empty;
}
