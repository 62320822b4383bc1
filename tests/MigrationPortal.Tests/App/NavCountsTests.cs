using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.App;
using MigrationPortal.Batches;
using MigrationPortal.Live;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.App;

/// <summary>The numbers beside the navigation cost what changed, not what the pool has or how many look at it.</summary>
public sealed class NavCountsTests
{
    private const int Rooms = 20_000;
    private const int Viewers = 200;

    [Fact]
    public async Task Count_ByManyAfterEachChange_CountsTheRoomsOnceAScan()
    {
        await using var world = await BatchWorld.StartAsync();
        await LoadAsync(world);
        var counts = ActivatorUtilities.CreateInstance<NavCounts>(world.Services);
        Assert.Equal(Rooms + 3, (await counts.CountAsync(BatchWorld.Pair, BatchWorld.Vera, CancellationToken.None))["Rooms"]);

        foreach (var table in new[] { "room_pairs", "batch_rooms", "inventory_nodes" })
        {
            var read = await RowsRead.OfAsync(world.Database, table, async () =>
            {
                world.Get<LiveFeed>().Deliver("run:1");
                for (var viewer = 0; viewer < Viewers; viewer++)
                    await counts.CountAsync(BatchWorld.Pair, BatchWorld.Vera, CancellationToken.None);
            });

            Assert.True(read < Viewers, $"{read} rows of {table}");
        }
    }

    [Fact]
    public async Task Count_ByManyAfterAChange_ReadsTheBatchesOnce()
    {
        await using var world = await BatchWorld.StartAsync();
        await using (var db = world.Database.OpenPortal())
        {
            db.AddRange(Enumerable.Range(0, 20).Select(i => new Batch { PoolPairId = BatchWorld.Pair, Name = $"Wave {i}", Author = "petra", CreatedAt = DateTimeOffset.UnixEpoch }));
            await db.SaveChangesAsync();
        }

        var counts = ActivatorUtilities.CreateInstance<NavCounts>(world.Services);
        await counts.CountAsync(BatchWorld.Pair, BatchWorld.Petra, CancellationToken.None);

        var read = await RowsRead.OfAsync(world.Database, "batches", async () =>
        {
            world.Get<LiveFeed>().Deliver("batch:1");
            await Task.WhenAll(Enumerable.Range(0, Viewers).Select(_ => counts.CountAsync(BatchWorld.Pair, BatchWorld.Petra, CancellationToken.None)));
        });

        // A dozen statements over twenty batches; one of each for every page would be some thousands.
        Assert.InRange(read, 1, 600);
    }

    private static async Task LoadAsync(BatchWorld world)
    {
        await world.Database.ExecuteAsync($"""
            insert into portal.rooms (pool_pair_id, guid) select '{BatchWorld.Pair}', gen_random_uuid() from generate_series(1, {Rooms});
            insert into portal.room_pairs (scan_id, room_id, comparison, is_vanished, category, new_since_count, difference_count)
            select (select current_scan_id from portal.pool_pairs), id, 'OnlyLegacy', false, 'Trading', 0, 0 from portal.rooms where id not in (select room_id from portal.room_pairs);
            """);
        await world.Database.ExecuteAsync("analyze portal.room_pairs");
    }
}
