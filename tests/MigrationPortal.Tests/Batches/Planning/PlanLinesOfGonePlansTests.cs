using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Tests.Engine.Planning;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Planning;

/// <summary>Lines go with their plan, without a foreign key that would look it up for each of a million.</summary>
public sealed class PlanLinesOfGonePlansTests
{
    private const string Plans = "select string_agg(id::text, ' ' order by id) from (select plan_id as id from portal.plan_items union select plan_id from portal.plan_right_changes) x";

    [Fact]
    public async Task Delete_OfABatch_TakesTheLinesOfItsPlansAlone()
    {
        await using var world = await StartAsync(Pool());
        var first = await PlanAsync(world, "Wave 1", "Desk");
        var second = await PlanAsync(world, "Wave 2", "Hall");
        Assert.Equal($"{first.Plan} {second.Plan}", await world.Database.ScalarAsync<string>(Plans));
        Assert.NotEqual(0, await CountAsync(world, "plan_right_changes", first.Plan));

        Done(await world.Get<DeleteBatchHandler>().HandleAsync(new DeleteBatch(first.Batch), Petra, CancellationToken.None));

        Assert.Equal($"{second.Plan}", await world.Database.ScalarAsync<string>(Plans));
    }

    [Fact]
    public async Task Plan_ComputedOftenEnough_LeavesNoLinesOfThoseThatWent()
    {
        await using var world = await StartAsync(Pool());
        var (batch, oldest) = await PlanAsync(world, "Wave 1", "Desk");
        for (var round = 0; round < 2; round++)
            Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(batch, Afresh: true), CancellationToken.None));

        Assert.Equal(0, await world.Database.ScalarAsync<int>($"select count(*) from portal.batch_plans where id = {oldest}"));
        Assert.Equal((0, 0), (await CountAsync(world, "plan_items", oldest), await CountAsync(world, "plan_right_changes", oldest)));
    }

    private static async Task<(long Batch, long Plan)> PlanAsync(BatchWorld world, string name, string room)
    {
        var batch = await world.CreateAsync(Petra, name, room);
        return (batch, Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(batch), CancellationToken.None)).Id);
    }

    private static Task<int> CountAsync(BatchWorld world, string table, long plan) => world.Database.ScalarAsync<int>($"select count(*) from portal.{table} where plan_id = {plan}");

    // Somebody out of scope loses a right in each room.
    private static PoolBuilder Pool() => new PoolBuilder()
        .Principal("kim").Principal("out", path: "CN=out,DC=fabrikam,DC=com").Category("Trading").Room("Desk", "Trading").Room("Hall", "Trading")
        .Member("Desk", "kim").Member("Desk", "out").Member("Hall", "kim").Member("Hall", "out");
}
