using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Engine;
using MigrationPortal.Tests.Engine.Planning;

namespace MigrationPortal.Tests.Batches.Editing;

public sealed class CreateBatchTests
{
    [Fact]
    public async Task Create_FreeRooms_MakesADraftWithTimelineAndAudit()
    {
        await using var world = await BatchWorld.StartAsync();
        var id = await world.CreateAsync(BatchWorld.Petra, "  Wave 1 ", "Desk", "Repo");

        var row = await world.Get<BatchQueries>().FindAsync(id, CancellationToken.None);
        Assert.Equal(("Wave 1", BatchState.Draft, "petra", 2, 150L), (row!.Name, row.State, row.Author, row.RoomCount, row.MessageCount));
        Assert.Equal(["Created"], await world.KindsAsync(id));
        Assert.Equal(1, await world.Database.ScalarAsync<int>($"select count(*) from portal.audit_entries where action = 'BatchCreated' and subject = 'batch:{id}' and by = 'petra'"));
    }

    [Fact]
    public async Task Create_RoomInAnotherOpenBatch_NamesRoomAndBatch()
    {
        await using var world = await BatchWorld.StartAsync();
        await world.CreateAsync(BatchWorld.Petra, "Wave 1", "Desk");
        long[] rooms = [await world.RoomAsync("Desk"), await world.RoomAsync("Repo")];

        var refusal = BatchWorld.Refused(await CreateAsync(world, "Wave 2", rooms), "room-in-batch");

        Assert.Equal(RefusalKind.Conflict, refusal.Kind);
        Assert.Contains("“Desk” is in “Wave 1”", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await world.Database.ScalarAsync<int>("select count(*) from portal.batches"));
    }

    [Fact]
    public async Task Create_ManyAtOnceForOneRoom_ExactlyOneGetsIt()
    {
        await using var world = await BatchWorld.StartAsync();
        long[] rooms = [await world.RoomAsync("Desk"), await world.RoomAsync("Repo")];

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => CreateAsync(world, $"Wave {i}", i % 2 == 0 ? rooms : [.. rooms.Reverse()])));

        Assert.Single(outcomes, x => x.IsDone);
        Assert.All(outcomes.Where(x => !x.IsDone), x => Assert.Equal("room-in-batch", x.Refusal!.Code));
        Assert.Equal(2, await world.Database.ScalarAsync<int>("select count(*) from portal.batch_rooms"));
    }

    [Fact]
    public async Task Create_RoomsThatCannotMove_SaysWhichAndWhy()
    {
        await using var world = await BatchWorld.StartAsync();
        await world.ScanAsync(BatchWorld.Trading(), new PoolBuilder().Category("Other").Room("Alien", "Other").Build());
        await world.Database.ExecuteAsync("update portal.rooms set left_out_by = 'paul', left_out_at = now(), left_out_reason = 'old' where id = " + await world.RoomAsync("Repo"));

        var alien = BatchWorld.Refused(await CreateAsync(world, "A", [await world.RoomAsync("Alien")]), "unfit-rooms");
        var repo = BatchWorld.Refused(await CreateAsync(world, "B", [await world.RoomAsync("Repo")]), "unfit-rooms");
        var unknown = BatchWorld.Refused(await CreateAsync(world, "C", [987654]), "unknown-rooms");

        Assert.Contains("“Alien” is only in the new pool", alien.Message, StringComparison.Ordinal);
        Assert.Contains("“Repo” was excluded by paul (old)", repo.Message, StringComparison.Ordinal);
        Assert.Contains("987654", unknown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "invalid-name")]
    [InlineData("   ", "invalid-name")]
    [InlineData("two\nlines", "invalid-name")]
    [InlineData("wave 1", "name-taken")]
    public async Task Create_BadName_IsRefused(string name, string code)
    {
        await using var world = await BatchWorld.StartAsync();
        await world.CreateAsync(BatchWorld.Petra, "Wave 1", "Desk");
        BatchWorld.Refused(await CreateAsync(world, name, [await world.RoomAsync("Repo")]), code);
    }

    [Fact]
    public async Task Create_NameOf256And257_TakesTheFirstOnly()
    {
        await using var world = await BatchWorld.StartAsync();
        BatchWorld.Refused(await CreateAsync(world, new string('x', 257), [await world.RoomAsync("Repo")]), "invalid-name");
        BatchWorld.Done(await CreateAsync(world, new string('x', 256), [await world.RoomAsync("Repo")]));
    }

    [Fact]
    public async Task Create_ByViewer_NeedsPlanner()
    {
        await using var world = await BatchWorld.StartAsync();
        var outcome = await world.Get<CreateBatchHandler>().HandleAsync(new CreateBatch(BatchWorld.Pair, "W", [1]), BatchWorld.Vera, CancellationToken.None);
        Assert.Contains("Planner", BatchWorld.Refused(outcome, "not-allowed").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_SameIdempotencyKeyAtOnce_MakesOneBatch()
    {
        await using var world = await BatchWorld.StartAsync();
        long[] rooms = [await world.RoomAsync("Desk")];
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CreateAsync(world, "Wave 1", rooms, "key-1")));

        var created = outcomes.Select(BatchWorld.Done).ToList();
        Assert.Single(created, x => x.IsNew);
        Assert.Single(created.Select(x => x.Id).Distinct());
    }

    private static Task<Outcome<BatchCreated>> CreateAsync(BatchWorld world, string name, long[] rooms, string? key = null) =>
        world.Get<CreateBatchHandler>().HandleAsync(new CreateBatch(BatchWorld.Pair, name, rooms, key), BatchWorld.Petra, CancellationToken.None);
}
