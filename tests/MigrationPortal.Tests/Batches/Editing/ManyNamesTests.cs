using System.Diagnostics;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Tests.Engine.Planning;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Editing;

/// <summary>Names of many rooms or categories cost what names of a few do, in statements.</summary>
public sealed class ManyNamesTests
{
    [Fact]
    public async Task Edit_NamesOfManyRoomsAndCategories_AsksNoQueryForEach()
    {
        var pool = new PoolBuilder();
        var rooms = Enumerable.Range(0, 40).Select(x => $"Room {x}").ToArray();
        foreach (var (index, room) in rooms.Index())
            pool.Category($"Category {index}").Room(room, $"Category {index}");
        await using var world = await StartAsync(pool);
        var batch = await world.CreateAsync(Petra, "Wave", rooms);
        var ids = new List<long>();
        foreach (var room in rooms)
            ids.Add(await world.RoomAsync(room));

        var few = await CountAsync(world, new EditBatch(batch)
        {
            NewNames = ids.Take(2).ToDictionary(x => x, x => (string?)$"New {x}"),
            CategoryNames = Categories(0, 2),
        });
        var many = await CountAsync(world, new EditBatch(batch)
        {
            NewNames = ids.Skip(2).ToDictionary(x => x, x => (string?)$"New {x}"),
            CategoryNames = Categories(2, 38),
        });

        Assert.True(few > 0);
        Assert.Equal(few, many);
        Assert.Equal(40, await world.Database.ScalarAsync<int>("select count(*) from portal.batch_rooms where new_name = 'New ' || room_id"));
        Assert.Equal(40, await world.Database.ScalarAsync<int>("select count(*) from portal.batch_categories where new_name like 'Other %'"));
        Assert.Equal(40, await world.Database.ScalarAsync<int>("select count(*) from portal.batch_events where kind = 'RoomRenamed'"));
        Assert.Equal(40, await world.Database.ScalarAsync<int>("select count(*) from portal.batch_events where kind = 'CategoryRenamed'"));
    }

    [Fact]
    public async Task Edit_OneOfManyNamesIsUnfit_ChangesNone()
    {
        await using var world = await StartAsync();
        var batch = await world.CreateAsync(Petra, "Wave", "Desk", "Repo");
        var names = new Dictionary<long, string?> { [await world.RoomAsync("Desk")] = "Fine", [await world.RoomAsync("Repo")] = "line\nbreak" };

        Refused(await world.Get<EditBatchHandler>().HandleAsync(new EditBatch(batch) { NewNames = names }, Petra, CancellationToken.None), "invalid-name");

        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.batch_rooms where new_name is not null"));
    }

    [Fact]
    public async Task Edit_NameForACategoryThatNobodyKnows_IsRefusedByItsGuid()
    {
        await using var world = await StartAsync();
        var batch = await world.CreateAsync(Petra, "Wave", "Desk");
        var unknown = PoolBuilder.Guids("no category");

        var refusal = Refused(await world.Get<EditBatchHandler>().HandleAsync(
            new EditBatch(batch) { CategoryNames = new Dictionary<Guid, string?> { [unknown] = "Other" } }, Petra, CancellationToken.None), "category-unknown");

        Assert.Contains(unknown.ToString("D"), refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.batch_categories"));
    }

    private static Dictionary<Guid, string?> Categories(int from, int count) =>
        Enumerable.Range(from, count).ToDictionary(x => PoolBuilder.Guids($"node Category {x}"), x => (string?)$"Other {x}");

    private static async Task<int> CountAsync(BatchWorld world, EditBatch edit)
    {
        var commands = 0;
        using var root = new Activity("edit").SetIdFormat(ActivityIdFormat.W3C).Start();
        var trace = root.TraceId;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.TraceId == trace ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStarted = activity =>
            {
                if (activity.TraceId == trace)
                    Interlocked.Increment(ref commands);
            },
        };
        ActivitySource.AddActivityListener(listener);
        Done(await world.Get<EditBatchHandler>().HandleAsync(edit, Petra, CancellationToken.None));
        return commands;
    }
}
