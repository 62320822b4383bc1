using Microsoft.EntityFrameworkCore;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Editing;

/// <summary>Two people edit one batch: other values stay beside each other, the same value is refused with both.</summary>
public sealed class EditMergeTests
{
    [Fact]
    public async Task Edit_OfAnotherField_BothStay_AndTheSameValueIsDone()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Repo");
        var seen = (await world.BatchAsync(id)).Version;
        var swaps = await world.RoomAsync("Swaps");
        Done(await EditAsync(world, Paul, new EditBatch(id) { Name = "Wave one", AddRoomIds = [swaps] }));

        var beside = Done(await EditAsync(world, Petra, new EditBatch(id) { BaseVersion = seen, NewNames = new Dictionary<long, string?> { [await world.RoomAsync("Desk")] = "Desk 2" } })).Beside;
        Assert.Equal([("name", "Wave one"), ($"room:{swaps}.member", "Yes")], beside.Select(x => (x.Field, x.Theirs)));
        var before = (await world.BatchAsync(id)).Version;
        Done(await EditAsync(world, Petra, new EditBatch(id) { BaseVersion = seen, Name = " Wave one", AddRoomIds = [swaps] }));

        var batch = await world.BatchAsync(id);
        Assert.Equal(("Wave one", before), (batch.Name, batch.Version));
        await using var db = world.Database.OpenPortal();
        Assert.Equal(3, await db.Set<BatchRoom>().CountAsync(x => x.BatchId == id));
        Assert.Equal("Desk 2", await db.Set<BatchRoom>().Where(x => x.NewName != null).Select(x => x.NewName).SingleAsync());
    }

    [Fact]
    public async Task Edit_OfTheSameFields_IsRefusedWithAllOfThem_UntilItIsBasedOnTheOther()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var seen = (await world.BatchAsync(id)).Version;
        var desk = await world.RoomAsync("Desk");
        Done(await EditAsync(world, Paul, new EditBatch(id) { Name = "Theirs", NewNames = new Dictionary<long, string?> { [desk] = "Theirs too" } }));
        var mine = new EditBatch(id) { BaseVersion = seen, Name = "Mine", NewNames = new Dictionary<long, string?> { [desk] = "Mine too" } };

        var conflict = Conflict(await EditAsync(world, Petra, mine));

        Assert.Equal(
            [("name", "Wave 1", "Theirs", "Mine", "paul", null), ($"room:{desk}.newName", null, "Theirs too", "Mine too", "paul", "Desk")],
            conflict.Fields.Select(x => (x.Field, x.Base, x.Theirs, x.Yours, x.By, x.Subject)));
        Assert.Equal(seen + 1, conflict.Version);
        Assert.Equal("Theirs", (await world.BatchAsync(id)).Name);
        Done(await EditAsync(world, Petra, mine with { BaseVersion = conflict.Version }));
        Assert.Equal("Mine", (await world.BatchAsync(id)).Name);
    }

    [Fact]
    public async Task Edit_OfRooms_AddAgainstRemoveConflicts_AsDoesARemovalOfWhatGotAName_AndAWholeListWithAny()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Repo");
        var (desk, repo, swaps) = (await world.RoomAsync("Desk"), await world.RoomAsync("Repo"), await world.RoomAsync("Swaps"));
        var seen = (await world.BatchAsync(id)).Version;
        Done(await EditAsync(world, Paul, new EditBatch(id) { RemoveRoomIds = [repo], NewNames = new Dictionary<long, string?> { [desk] = "Desk London" } }));

        Assert.Equal([$"room:{repo}.member"], Conflict(await EditAsync(world, Petra, new EditBatch(id) { BaseVersion = seen, AddRoomIds = [repo, swaps] })).Fields.Select(x => x.Field));
        Done(await EditAsync(world, Petra, new EditBatch(id) { BaseVersion = seen, RemoveRoomIds = [repo] }));
        Assert.Equal(($"room:{desk}.newName", "Desk London", null),
            Conflict(await EditAsync(world, Petra, new EditBatch(id) { BaseVersion = seen, AddRoomIds = [swaps], RemoveRoomIds = [desk] })).Fields.Select(x => (x.Field, x.Theirs, x.Yours)).Single());
        var whole = Conflict(await EditAsync(world, Petra, new EditBatch(id) { BaseVersion = seen, RoomIds = [desk, swaps] })).Fields.Single();
        Assert.Equal(("roomIds", $"-{repo}"), (whole.Field, whole.Theirs));
    }

    [Fact]
    public async Task Edit_OfOptions_MergesByOption_AndFollowingThePairMeetsEachOfThem()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var first = new PlanOptions { PrefixSeparator = " / ", RootCategory = "Old" };
        Done(await OptionsAsync(world, Petra, id, first, null));
        var seen = (await world.BatchAsync(id)).Version;
        Done(await OptionsAsync(world, Paul, id, first with { PrefixSeparator = " > " }, seen));

        Done(await OptionsAsync(world, Petra, id, first with { RootCategory = "New" }, seen));

        var kept = (await world.BatchAsync(id)).Options!;
        Assert.Equal((" > ", "New"), (kept.PrefixSeparator, kept.RootCategory));
        Assert.Equal("options.PrefixSeparator", Conflict(await OptionsAsync(world, Petra, id, first with { PrefixSeparator = " + " }, seen)).Fields.Single().Field);
        Assert.Equal(["options.PrefixSeparator", "options.RootCategory"], Conflict(await OptionsAsync(world, Petra, id, null, seen)).Fields.Select(x => x.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Edit_OfAnOptionAfterThePairChangedAnother_TakesThePairsNewValue()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var (version, seen) = ((await world.BatchAsync(id)).Version, new PlanOptions());
        var ada = new Caller("ada", "Ada", new HashSet<Role> { Role.Administrator });
        Done(await world.Get<MigrationPortal.PoolPairs.SetPairOptionsHandler>().HandleAsync(new(Pair, seen with { PrefixSeparator = " : " }), ada, CancellationToken.None));

        Done(await world.Get<EditOptionsHandler>().HandleAsync(new EditOptions(id, seen with { RootCategory = "New" }) { BaseVersion = version, Seen = seen }, Petra, CancellationToken.None));

        var kept = (await world.BatchAsync(id)).Options!;
        Assert.Equal((" : ", "New"), (kept.PrefixSeparator, kept.RootCategory));
    }

    [Fact]
    public void Problem_AfterAWholePoolWasAdded_ListsTheFirstThousand()
    {
        var fields = Enumerable.Range(0, 31_397).Select(x => $"room:{x:D5}.member").ToList();
        Assert.Equal(fields.Take(1_000), (string[])new StaleDetails(fields).Values["changed"]!);
        var conflict = new EditConflict(2, fields.ConvertAll(x => new FieldConflict(x, "No", "Yes", null, "paul", default)));
        Assert.Equal(1_000, ((FieldConflict[])conflict.Values["conflicts"]!).Length);
    }

    [Fact]
    public async Task Edit_BasedOnAVersionThatIsNotKnown_IsStale()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var seen = (await world.BatchAsync(id)).Version;
        Done(await EditAsync(world, Paul, new EditBatch(id) { Name = "Theirs" }));
        await using var db = world.Database.OpenPortal();
        await db.Database.ExecuteSqlAsync($"delete from portal.batch_changes where batch_id = {id}");

        Refused(await EditAsync(world, Petra, new EditBatch(id) { BaseVersion = seen, Name = "Mine" }), "stale");
        Refused(await EditAsync(world, Petra, new EditBatch(id) { BaseVersion = seen + 5, Name = "Mine" }), "stale");
        Assert.Equal("Theirs", (await world.BatchAsync(id)).Name);
    }

    [Fact]
    public async Task Edit_ThatSetsOnlyTheNameAnew_KeepsTheApprovalThoughOptionsAreSentAgain()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Marek));

        Done(await EditAsync(world, Paul, new EditBatch(id) { Name = "Wave one", SetsOptions = true, RoomIds = [await world.RoomAsync("Desk")] }));

        var batch = await world.BatchAsync(id);
        Assert.Equal(("Wave one", BatchState.Approved), (batch.Name, batch.State));
    }

    private static EditConflict Conflict(Outcome<BatchEdited> outcome) => EditConflict.Of(Refused(outcome, "edit-conflict"))!;

    private static Task<Outcome<BatchEdited>> EditAsync(BatchWorld world, Caller by, EditBatch edit) => world.Get<EditBatchHandler>().HandleAsync(edit, by, CancellationToken.None);

    private static Task<Outcome<BatchEdited>> OptionsAsync(BatchWorld world, Caller by, long id, PlanOptions? options, int? seen) =>
        world.Get<EditOptionsHandler>().HandleAsync(new EditOptions(id, options) { BaseVersion = seen }, by, CancellationToken.None);
}
