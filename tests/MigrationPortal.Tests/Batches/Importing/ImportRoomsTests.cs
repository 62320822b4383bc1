using System.Text;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Importing;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Tests.Engine.Planning;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Importing;

public sealed class ImportRoomsTests
{
    [Fact]
    public async Task Judge_RowsOfEachKind_SaysWhichRoomsCanBeAddedAndWhyNot()
    {
        await using var world = await StartAsync(Trading().Category("Research").Room("Desk 2", "Research").Room("Repo 2", "Research").Category("A / B, C", "Trading").Room("Odd", "A / B, C"));
        var first = await world.CreateAsync(Petra, "First", "Desk");
        await world.Get<ExcludeRoomsHandler>().HandleAsync(new([await world.RoomAsync("Desk 2")], "old"), Petra, CancellationToken.None);
        var swaps = await world.RoomAsync("Swaps");
        var file = $"""
            Room ID;Room GUID;Legacy category;Legacy room
            {swaps};;;
            ;{PoolBuilder.Guids("node Repo")};;
            ;;Trading / A / B, C;Odd
            ;;;Swaps
            ;;;Desk
            ;;Research;Desk 2
            ;;;Nothing
            99999;;;Repo
            x;;;Repo
            ;not a guid;;Repo
            ;;Nowhere;Repo
            """;
        var rows = (await JudgeAsync(world, file, Petra)).Rows;
        Assert.Equal(
            [
                RowVerdict.Addable, RowVerdict.Addable, RowVerdict.Addable, RowVerdict.Repeated, RowVerdict.InAnotherBatch, RowVerdict.Excluded,
                RowVerdict.Unknown, RowVerdict.Unknown, RowVerdict.Unknown, RowVerdict.Unknown, RowVerdict.Unknown,
            ],
            rows.Select(x => x.Verdict));
        Assert.Equal("Line 2 is about the same room.", rows[3].Reason.ToString());
        Assert.Contains("First", rows[4].Reason.ToString(), StringComparison.Ordinal);
        Assert.Equal(RowVerdict.InThisBatch, (await JudgeAsync(world, file, Petra, first)).Rows[4].Verdict);
        Assert.Equal([2L, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], rows.Select(x => x.Line));
    }

    [Fact]
    public async Task Judge_NameOfSeveralRooms_AsksForTheCategory()
    {
        var world = await StartAsync(new PoolBuilder().Category("Trading").Category("Research").Room("General", "Trading").Room("Repo", "Research").Change("Repo", x => x with { Name = "General" }));
        await using (world)
        {
            var rows = (await JudgeAsync(world, "Room,Category\nGeneral,\nGeneral,Research\n", Petra)).Rows;
            Assert.Equal([RowVerdict.Ambiguous, RowVerdict.Addable], rows.Select(x => x.Verdict));
            Assert.Equal("2 rooms have this name. Add the room ID or the category.", rows[0].Reason.ToString());
        }
    }

    [Fact]
    public async Task Judge_ByARoleOfOneCategory_LeavesOutTheOthers()
    {
        await using var world = await StartAsync(Trading().Category("Research").Room("Desk 2", "Research"));
        var bounded = Caller.Of("petra", "petra", [new Grant(Role.Planner, Pair, "Research")]);
        var rows = (await JudgeAsync(world, "Room\nDesk 2\nRepo\n", bounded)).Rows;
        Assert.Equal([RowVerdict.Addable, RowVerdict.OutOfScope], rows.Select(x => x.Verdict));
        Assert.All((await JudgeAsync(world, "Room\nDesk 2\nRepo\n", Vera)).Rows, x => Assert.Equal(RowVerdict.OutOfScope, x.Verdict));
    }

    [Fact]
    public async Task Import_AllOrTheGoodOnes_AddsNothingOrThose()
    {
        await using var world = await StartAsync();
        var batch = await world.CreateAsync(Petra, "First", "Desk");
        var refusal = Refused(await ImportAsync(world, batch, "Room\nRepo\nGone\n", onlyGood: false), "csv-rows-unfit");
        Assert.Contains("line 3", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(world, batch));
        Assert.Equal(1, Done(await ImportAsync(world, batch, "Room\nRepo\nGone\n", onlyGood: true)).Added);
        Assert.Equal(1, Done(await ImportAsync(world, batch, "Room\nSwaps\n", onlyGood: false)).Added);
        Assert.Equal(3, await CountAsync(world, batch));
        Assert.Equal(0, Done(await ImportAsync(world, batch, "Room\nSwaps\n", onlyGood: true)).Added);
        Refused(await world.Get<ImportRoomsHandler>().HandleAsync(new(batch, "Room\nSwaps\n"u8.ToArray(), OnlyGood: true), Vera, CancellationToken.None), "not-allowed");
    }

    private static async Task<JudgedFile> JudgeAsync(BatchWorld world, string file, Caller caller, long? batch = null) =>
        Done(await world.Get<JudgeRoomsHandler>().HandleAsync(new(Pair, batch, Encoding.UTF8.GetBytes(file)), caller, CancellationToken.None));

    private static Task<MigrationPortal.Engine.Outcome<RoomsImported>> ImportAsync(BatchWorld world, long batch, string file, bool onlyGood) =>
        world.Get<ImportRoomsHandler>().HandleAsync(new(batch, Encoding.UTF8.GetBytes(file), onlyGood), Petra, CancellationToken.None);

    private static Task<int> CountAsync(BatchWorld world, long batch) => world.Database.ScalarAsync<int>($"select count(*)::int from portal.batch_rooms where batch_id = {batch}");
}
