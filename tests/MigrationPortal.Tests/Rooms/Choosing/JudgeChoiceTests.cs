using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Importing;
using MigrationPortal.Engine;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Choosing;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Rooms.Choosing;

public sealed class JudgeChoiceTests
{
    [Theory]
    [InlineData(RoomStep.Add)]
    [InlineData(RoomStep.Exclude)]
    [InlineData(RoomStep.Include)]
    [InlineData(RoomStep.Accept)]
    public async Task Judge_EachReason_CountsTheRoomsThatItsFilterLists(RoomStep step)
    {
        await using var world = await MixedAsync();
        var all = (await world.Get<RoomQueries>().ListIdsAsync(new RoomFilter { PoolPairId = Pair }, CancellationToken.None)).ToArray();

        var judged = await world.Get<JudgeChoice>().HandleAsync(step, Pair, [.. all, 987654, 987654], Petra, CancellationToken.None);

        Assert.Equal(1, judged.Left.Single(x => x.Why == RoomFit.Unknown).Count);
        Assert.Equal(all.Length, judged.Fitting.Length + judged.LeftCount - 1);
        foreach (var fit in Enum.GetValues<RoomFit>().Except([RoomFit.Unknown]))
        {
            var listed = await world.Get<RoomQueries>().ListIdsAsync(new RoomFilter { PoolPairId = Pair, Fit = new(step, fit) }, CancellationToken.None);
            Assert.Equal(fit == RoomFit.Fitting ? judged.Fitting.Length : judged.Left.FirstOrDefault(x => x.Why == fit)?.Count ?? 0, listed.Count);
        }
    }

    [Fact]
    public async Task Judge_ForABatch_NamesOneReasonOfEachRoom()
    {
        await using var world = await MixedAsync();

        var judged = await JudgedAsync(world, RoomStep.Add, Petra, "Desk", "Repo", "Swaps", "Same", "Okay", "Other", "Gone", "Alien");

        Assert.Equal(await IdsAsync(world, "Swaps", "Other"), judged.Fitting.Order());
        Assert.Equal(
            [RoomFit.InBatch, RoomFit.Excluded, RoomFit.Same, RoomFit.Accepted, RoomFit.OnlyNew, RoomFit.Vanished],
            judged.Left.Select(x => x.Why));
        Assert.All(judged.Left, x => Assert.Equal(1, x.Count));
        Assert.Equal("1 room is already in a batch", judged.Left[0].ToWording().In(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Judge_OfACategoryThatTheRolesDoNotReach_CountsItApart()
    {
        await using var world = await MixedAsync();
        var rates = Caller.Of("rita", "Rita", [new Grant(Role.Planner, Pair, CategoryPaths.Join(["Trading", "Rates"]))]);

        var judged = await JudgedAsync(world, RoomStep.Add, rates, "Desk", "Repo", "Swaps");

        Assert.Equal(await IdsAsync(world, "Swaps"), judged.Fitting);
        Assert.Equal([new LeftRooms(RoomFit.OutOfReach, 2)], judged.Left);
    }

    [Fact]
    public async Task Create_OnlyFitting_AddsTheseAndCountsTheOthers()
    {
        await using var world = await MixedAsync();

        var made = Done(await CreateAsync(world, "Wave 2", onlyFitting: true, "Desk", "Repo", "Swaps", "Other"));

        Assert.Equal((2, 2), (made.RoomCount, made.Left.Sum(x => x.Count)));
        Assert.Equal(2, await world.Database.ScalarAsync<int>($"select count(*) from portal.batch_rooms where batch_id = {made.Id}"));
        Refused(await CreateAsync(world, "Wave 3", onlyFitting: false, "Desk", "Okay"), "unfit-rooms");
        var none = Refused(await CreateAsync(world, "Wave 3", onlyFitting: true, "Desk", "Repo"), "no-fitting-rooms");
        Assert.Contains("1 room is already in a batch", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_RoomsTakenSinceTheyWereJudged_AreCountedWithThoseThatWereTakenBefore()
    {
        await using var world = await MixedAsync();
        await using var taking = await world.Database.OpenAsync();
        await RunAsync($"begin; insert into portal.batch_rooms (batch_id, room_id, is_open) select min(id), {await world.RoomAsync("Swaps")}, true from portal.batches");

        var creating = CreateAsync(world, "Wave 2", onlyFitting: true, "Desk", "Swaps", "Other");
        await Eventually.TrueAsync(async () => creating.IsCompleted || await world.Database.IsWaitingAsync("INSERT INTO portal.batch_rooms"));
        await RunAsync("commit");

        var made = Done(await creating);
        Assert.Equal(1, made.RoomCount);
        Assert.Equal([new LeftRooms(RoomFit.InBatch, 2)], made.Left);

        async Task RunAsync(string sql)
        {
            await using var command = new Npgsql.NpgsqlCommand(sql, taking);
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task Judge_ByAFile_SaysOfEachKindWhatTheChoiceSays()
    {
        await using var world = await MixedAsync();
        var file = "Room ID\n";
        foreach (var room in (string[])["Desk", "Repo", "Swaps", "Same", "Okay", "Other", "Gone", "Alien"])
            file += $"{await world.RoomAsync(room)}\n";

        var judged = Done(await world.Get<JudgeRoomsHandler>().HandleAsync(new JudgeRooms(Pair, null, System.Text.Encoding.UTF8.GetBytes(file)), Petra, CancellationToken.None));

        Assert.Equal(
            [RowVerdict.InAnotherBatch, RowVerdict.Excluded, RowVerdict.Addable, RowVerdict.Same, RowVerdict.Accepted, RowVerdict.Addable, RowVerdict.Vanished, RowVerdict.OnlyNew],
            judged.Rows.Select(x => x.Verdict));
        Assert.Equal("Alien", judged.Rows[^1].Room);
    }

    [Fact]
    public async Task Create_ManyAtOnceOfTheSameRooms_EachRoomGoesToOneAndTheOthersSaySo()
    {
        await using var world = await StartAsync();
        var ids = await IdsAsync(world, "Desk", "Repo", "Swaps");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => world.Get<CreateBatchHandler>()
            .HandleAsync(new CreateBatch(Pair, $"Wave {i}", ids) { OnlyFitting = true }, Petra, CancellationToken.None)));

        Assert.Equal(3, outcomes.Where(x => x.IsDone).Sum(x => x.Value!.RoomCount));
        Assert.All(outcomes.Where(x => x.IsDone), x => Assert.Equal(3, x.Value!.RoomCount + x.Value.Left.Sum(left => left.Count)));
        Assert.All(outcomes.Where(x => !x.IsDone), x => Assert.Equal("no-fitting-rooms", x.Refusal!.Code));
        Assert.Equal(3, await world.Database.ScalarAsync<int>("select count(*) from portal.batch_rooms"));
    }

    [Fact]
    public async Task Add_OnlyFitting_AddsTheseAndAFullChoiceChangesNothing()
    {
        await using var world = await MixedAsync();
        var batch = await world.CreateAsync(Petra, "Wave 2", "Other");

        var added = Done(await AddAsync());
        Assert.Equal([new LeftRooms(RoomFit.InBatch, 2), new LeftRooms(RoomFit.Excluded, 1)], added.Left);
        Assert.Equal(2, await world.Database.ScalarAsync<int>($"select count(*) from portal.batch_rooms where batch_id = {batch}"));
        Assert.Equal(added.Version, Done(await AddAsync()).Version);

        async Task<Outcome<BatchEdited>> AddAsync() => await world.Get<AddRoomsHandler>().HandleAsync(
            new AddRooms(batch, await IdsAsync(world, "Desk", "Repo", "Swaps", "Other")) { OnlyFitting = true }, Petra, CancellationToken.None);
    }

    [Fact]
    public async Task Exclude_OnlyFitting_CanBeTakenBackWithTheFormerReasons()
    {
        await using var world = await MixedAsync();
        var (exclude, include) = (world.Get<ExcludeRoomsHandler>(), world.Get<IncludeRoomsHandler>());
        var ids = await IdsAsync(world, "Desk", "Repo", "Swaps", "Alien");
        Refused(await exclude.HandleAsync(new ExcludeRooms(ids, "Unused"), Petra, CancellationToken.None), "only-new");

        var done = Done(await exclude.HandleAsync(new ExcludeRooms(ids, "Unused") { OnlyFitting = true }, Petra, CancellationToken.None));
        Assert.Equal(1, done.Count);
        Assert.Equal(await IdsAsync(world, "Swaps"), done.RoomIds);
        Assert.Equal([RoomFit.InBatch, RoomFit.Excluded, RoomFit.OnlyNew], done.Left.Select(x => x.Why));

        var included = Done(await include.HandleAsync(new IncludeRooms(ids) { OnlyFitting = true }, Petra, CancellationToken.None));
        Assert.Equal(["Unused", "old"], included.Before.Select(x => x.Reason).Order(StringComparer.OrdinalIgnoreCase).Reverse());
        Assert.Equal(0, await ExcludedAsync());
        Assert.Null(await exclude.ExcludeAgainAsync(included.Before, Paul));
        Assert.Equal(2, await ExcludedAsync());
        Assert.Equal(1, await world.Database.ScalarAsync<int>("select count(*) from portal.rooms where left_out_reason = 'old' and left_out_by = 'paul'"));

        Task<int> ExcludedAsync() => world.Database.ScalarAsync<int>("select count(*) from portal.rooms where left_out_at is not null");
    }

    [Fact]
    public async Task ExcludeAgain_WhereABatchHasOneOfTheRoomsNow_ExcludesNone()
    {
        await using var world = await MixedAsync();
        var (exclude, include) = (world.Get<ExcludeRoomsHandler>(), world.Get<IncludeRoomsHandler>());
        var ids = await IdsAsync(world, "Repo", "Swaps");
        Done(await exclude.HandleAsync(new ExcludeRooms([await world.RoomAsync("Swaps")], "Unused"), Petra, CancellationToken.None));
        var before = Done(await include.HandleAsync(new IncludeRooms(ids), Petra, CancellationToken.None)).Before;
        await world.CreateAsync(Petra, "Wave 2", "Repo");

        // The room that is free comes first.
        var refusal = await exclude.ExcludeAgainAsync([.. before.OrderByDescending(x => x.Reason == "Unused")], Petra);

        Assert.Equal("room-in-batch", refusal?.Code);
        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.rooms where left_out_at is not null"));
    }

    [Fact]
    public async Task Accept_OfDifferencesThatChangedSinceTheyWereSeen_LeavesThose()
    {
        await using var world = await MixedAsync();
        await DifferAsync("Swaps", "Topic");
        var ids = await IdsAsync(world, "Swaps", "Other", "Okay");
        var seen = await world.Get<RoomQueries>().ListDifferenceKeysAsync(new RoomFilter { PoolPairId = Pair }, CancellationToken.None);
        await DifferAsync("Swaps", "Topic,Name");
        var accept = world.Get<AcceptDifferencesHandler>();

        var swaps = await world.RoomAsync("Swaps");
        var refused = Refused(await accept.HandleAsync(new AcceptDifferences([swaps], "Known") { Seen = seen }, Petra, CancellationToken.None), "differences-changed");
        Assert.Equal(RefusalKind.Stale, refused.Kind);
        var done = Done(await accept.HandleAsync(new AcceptDifferences(ids, "Known") { Seen = seen, OnlyFitting = true }, Petra, CancellationToken.None));
        Assert.Equal(1, done.Accepted);
        Assert.Equal(await IdsAsync(world, "Other"), done.RoomIds);
        Assert.Equal([new LeftRooms(RoomFit.Accepted, 1), new LeftRooms(RoomFit.Changed, 1)], done.Left);
        Assert.Equal(0, await world.Database.ScalarAsync<int>($"select count(*) from portal.rooms where accepted_at is not null and id = {swaps}"));

        Task DifferAsync(string room, string names) => SetAsync(world, room, $"comparison = 'Different', differences = '{{{names}}}'");
    }

    /// <summary>A room for each reason.</summary>
    private static async Task<BatchWorld> MixedAsync()
    {
        var world = await StartAsync();
        await world.ScanAsync(Trading().Room("Same", "Trading").Room("Okay", "Trading").Room("Other", "Trading").Room("Gone", "Trading"), new PoolBuilder().Category("New").Room("Alien", "New").Build());
        await world.CreateAsync(Petra, "Wave 1", "Desk");
        await world.Database.ExecuteAsync($"update portal.rooms set left_out_by = 'paul', left_out_at = now(), left_out_reason = 'old' where id = {await world.RoomAsync("Repo")}");
        await SetAsync(world, "Same", "comparison = 'Same'");
        await SetAsync(world, "Okay", "comparison = 'Accepted', differences = '{Topic}'");
        await SetAsync(world, "Other", "comparison = 'Different', differences = '{Topic}'");
        await SetAsync(world, "Gone", "is_vanished = true");
        return world;
    }

    private static async Task SetAsync(BatchWorld world, string room, string values) =>
        await world.Database.ExecuteAsync($"update portal.room_pairs set {values} where room_id = {await world.RoomAsync(room)} and scan_id = (select current_scan_id from portal.pool_pairs)");

    private static async Task<long[]> IdsAsync(BatchWorld world, params string[] rooms)
    {
        var ids = new List<long>();
        foreach (var room in rooms)
            ids.Add(await world.RoomAsync(room));
        return [.. ids.Order()];
    }

    private static async Task<JudgedChoice> JudgedAsync(BatchWorld world, RoomStep step, Caller caller, params string[] rooms) =>
        await world.Get<JudgeChoice>().HandleAsync(step, Pair, await IdsAsync(world, rooms), caller, CancellationToken.None);

    private static async Task<Outcome<BatchCreated>> CreateAsync(BatchWorld world, string name, bool onlyFitting, params string[] rooms) =>
        await world.Get<CreateBatchHandler>().HandleAsync(new CreateBatch(Pair, name, await IdsAsync(world, rooms)) { OnlyFitting = onlyFitting }, Petra, CancellationToken.None);
}
