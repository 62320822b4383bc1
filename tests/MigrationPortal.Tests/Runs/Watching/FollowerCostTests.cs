using MigrationPortal.Batches;
using MigrationPortal.Live;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Watching;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Runs.Watching;

/// <summary>A node that follows another node's run reads what changed, whatever the run has.</summary>
public sealed class FollowerCostTests
{
    private const int Rooms = 20_000;
    private const int Changed = 5;

    [Fact]
    public async Task News_FewRoomsOfALargeRunChanged_ReadsThose()
    {
        await using var world = await BatchWorld.StartAsync();
        var run = await CreateRunAsync(world);
        var heard = new TaskCompletionSource<RunChange>(TaskCreationOptions.RunContinuationsAsynchronously);
        var watch = (await world.Get<RunFeed>().WatchAsync(run, change => { heard.TrySetResult(change); return Task.CompletedTask; }, CancellationToken.None))!;
        using var subscription = watch.Subscription;
        Assert.Equal(Rooms, watch.Snapshot.Transfers.Count);
        // Another node's work, and the news of it.
        await world.Database.ExecuteAsync($"update portal.room_transfers set copied_message_count = 7, revision = revision + 1 where run_id = {run} and ordinal < {Changed}");

        var read = await RowsRead.OfAsync(world.Database, "room_transfers", async () =>
        {
            world.Get<LiveFeed>().Deliver($"run:{run}");
            await heard.Task.WaitAsync(TimeSpan.FromMinutes(1));
        });

        Assert.Equal(Changed, (await heard.Task).Transfers.Count);
        Assert.InRange(read, 1, 20 * Changed);
    }

    private static async Task<long> CreateRunAsync(BatchWorld world)
    {
        await using var db = world.Database.OpenPortal();
        var batch = await world.CreateAsync(BatchWorld.Petra, "Wave 1", "Desk");
        var run = new Run { BatchId = batch, PlanId = 0, State = RunState.Paused, StartedBy = "operator", StartedAt = DateTimeOffset.UnixEpoch };
        db.Add(run);
        await db.SaveChangesAsync();
        // Begun long ago: what a follower reads again, in case it became visible late, are the last seconds.
        await world.Database.ExecuteAsync($"""
            alter table portal.room_transfers disable trigger user;
            insert into portal.room_transfers (run_id, room_id, guid, ordinal, room_name, state, copied_message_count, total_message_count, verified_message_count, copied_byte_count,
                copied_file_count, total_file_count, copied_file_byte_count, finding_count, revision, changed_at)
            select {run.Id}, i, gen_random_uuid(), i - 1, 'Room ' || i, 'Pending', 0, 20, 0, 0, 0, 0, 0, 0, 0, now() - interval '1 hour' from generate_series(1, {Rooms}) i;
            alter table portal.room_transfers enable trigger user;
            """);
        await world.Database.ExecuteAsync("analyze portal.room_transfers");
        return run.Id;
    }
}
