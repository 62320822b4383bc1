using System.Diagnostics;
using MigrationPortal.Api;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Editing.Merging;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing.Since;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Ui.Values;
using Xunit.Abstractions;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Viewing;

/// <summary>What changed since somebody looked, as it is told.</summary>
public sealed class SinceTests(ITestOutputHelper output)
{
    private const int Rooms = 31_397;

    [Fact]
    public async Task Told_AfterEditsOfOthers_EachKindOnce_RoomsFirst_WithoutTheReadersOwn()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Repo", "Swaps");
        await MarkSeenAsync(world, id);
        await EditAsync(world, new EditBatch(id) { Name = "Wave one", RemoveRoomIds = [await world.RoomAsync("Desk"), await world.RoomAsync("Repo")] }, Paul);
        await EditAsync(world, new EditBatch(id) { Name = "Wave A" }, Paul);
        await EditAsync(world, new EditBatch(id) { NewNames = new Dictionary<long, string?> { [await world.RoomAsync("Swaps")] = "Mine" } }, Petra);
        await EditAsync(world, new EditBatch(id) { SetsOptions = true, Options = new PlanOptions { RootCategory = "Elsewhere" } }, Both);

        Assert.Equal("paul removed 2 rooms; paul renamed the batch to “Wave A”; both changed 2 options", await ToldAsync(world, id));
    }

    [Fact]
    public async Task Told_AfterAScanAndADecision_NamesBoth_AndTheLinesOfThePlan()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        await MarkSeenAsync(world, id);
        Done(await world.ApproveAsync(id, Marek));
        Assert.Equal("marek approved the batch", await ToldAsync(world, id));

        await world.ScanAsync(Trading().Member("Desk", "lee"));

        Assert.Equal("a scan changed the plan; 1 person gains rights; marek approved the batch", await ToldAsync(world, id));
        Assert.Contains((await SinceAsync(world, id)).Change!.Lines, x => x is { Kind: PlanItemKinds.Member, Old: null } && x.Subject.Contains("lee", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Told_PeopleWhoLoseRights_AreCountedOnce_WhereNoLineWasCut()
    {
        await using var world = await StartAsync(Trading().Member("Desk", "lee").Member("Repo", "lee"));
        var id = await world.SubmittedAsync("Wave 1", "Desk", "Repo");
        await MarkSeenAsync(world, id);

        await world.ScanAsync(Trading());

        var since = await SinceAsync(world, id);
        var sentence = await world.Get<SinceText>().TellAsync(since, CancellationToken.None);
        Assert.StartsWith("a scan changed the plan; 1 person loses rights", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("rights", await world.Get<SinceText>().TellAsync(since with { Change = since.Change! with { HasMore = true } }, CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Told_ManyPlansLater_StillComparesWithThePlanThatWasSeen()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Swaps");
        await MarkSeenAsync(world, id);
        foreach (var separator in new[] { " / ", " > ", " + ", " : " })
        {
            await EditAsync(world, new EditBatch(id) { SetsOptions = true, Options = new PlanOptions { PrefixSeparator = separator } }, Paul);
            Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None));
        }

        Assert.Contains((await SinceAsync(world, id)).Change!.Options, x => x.Name == nameof(PlanOptions.PrefixSeparator));
    }

    [Fact]
    public async Task Told_FindingsThatCameAndWent_AreCountedByRule()
    {
        // Nobody is a member of Bills, so that this is found of it.
        await using var world = await StartAsync(Trading().Room("Bills", "Trading"));
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Bills");
        await MarkSeenAsync(world, id);
        await EditAsync(world, new EditBatch(id) { AddRoomIds = [await world.RoomAsync("Swaps")], RemoveRoomIds = [await world.RoomAsync("Bills")] }, Paul);
        Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None));

        var since = await SinceAsync(world, id);

        Assert.Contains(since.Change!.Findings, x => x is { RuleId: "NoMembers", New: 0, Gone: 1 });
        Assert.Contains(since.Change.Findings, x => x is { RuleId: "P01", New: 1, Gone: 0 });
        var (found, gone) = (since.Change.Findings.Sum(x => x.New), since.Change.Findings.Sum(x => x.Gone));
        Assert.EndsWith($"{found} new finding{(found == 1 ? "" : "s")}; {gone} finding{(gone == 1 ? " is" : "s are")} gone", await ToldAsync(world, id), StringComparison.Ordinal);
        var point = (await world.Get<SinceQueries>().FindSeenAsync(id, Petra, CancellationToken.None))!;
        // The sentence is the same without what it does not tell.
        var toTell = (await world.Get<SinceQueries>().ReadToTellAsync(id, point, Petra, CancellationToken.None))!;
        Assert.Equal(await ToldAsync(world, id), await world.Get<SinceText>().TellAsync(toTell, CancellationToken.None));
        Assert.Empty(toTell.Change!.Options);
        var fields = await world.Get<SinceQueries>().FieldsAsync(id, point, Petra, Paging.Of(0, null), CancellationToken.None);
        Assert.Contains(ChangesJson.Of(point, since, "", fields, Paging.Of(0, null)).Items, x => x is { Kind: "finding", Field: "NoMembers", Property: "Warning" or "Info", Old: "1", New: "0" });
    }

    [Fact]
    public async Task Told_AFindingOfAnotherSeverity_IsNeitherNewNorGone()
    {
        await using var world = await StartAsync(Trading().Room("Bills", "Trading"));
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Bills");
        await MarkSeenAsync(world, id);
        await world.Database.ExecuteAsync("update portal.plan_findings set severity = case severity when 'Warning' then 'Info' else 'Warning' end");
        await EditAsync(world, new EditBatch(id) { AddRoomIds = [await world.RoomAsync("Swaps")] }, Paul);
        Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None));

        var findings = (await SinceAsync(world, id)).Change!.Findings;

        Assert.DoesNotContain(findings, x => x.RuleId == "NoMembers");
        Assert.Contains(findings, x => x is { RuleId: "P01", New: 1, Gone: 0 });
    }

    [Fact]
    public async Task Told_APlanFromBeforeFindingsWereKept_SaysNothingOfThem()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await MarkSeenAsync(world, id);
        await world.Database.ExecuteAsync("delete from portal.plan_findings; update portal.batch_plans set has_findings = false");
        await EditAsync(world, new EditBatch(id) { AddRoomIds = [await world.RoomAsync("Swaps")] }, Paul);
        Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None));

        Assert.Empty((await SinceAsync(world, id)).Change!.Findings);
    }

    [Fact]
    public async Task Options_ThatChanged_SayInHowManyRoomsTheyShow()
    {
        await using var world = await StartAsync(Trading().Room("Bonds", "Rates", x => x with { Disabled = true }).Room("Notes", "Rates", x => x with { Topic = "Gilts only" }).Room("Bills", "Rates").Room("Lobby"));
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Repo", "Swaps", "Bonds", "Notes", "Bills", "Lobby");
        await EditAsync(world, new EditBatch(id) { NewNames = new Dictionary<long, string?> { [await world.RoomAsync("Swaps")] = "Mine" } }, Petra);
        await MarkSeenAsync(world, id);
        await EditAsync(world, new EditBatch(id) { NewNames = new Dictionary<long, string?> { [await world.RoomAsync("Bills")] = "All bills" } }, Paul);
        var changed = new PlanOptions { PrefixSeparator = " / ", Topic = TopicRule.AppendToDescription, DisabledRooms = DisabledRooms.Skip, RoomUnderRoot = RoomUnderRoot.PutInto, DirectorySync = DirectorySync.None };
        await EditAsync(world, new EditBatch(id) { SetsOptions = true, Options = changed }, Paul);
        Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None));

        var options = (await SinceAsync(world, id)).Change!.Options.ToDictionary(x => x.Name, x => x.RoomCount);

        output.WriteLine(string.Join(", ", options));
        // Desk and Repo have no prefix, Swaps had a name that somebody chose, Bills got one since, and Bonds is not planned any more.
        Assert.Equal(1, options[nameof(PlanOptions.PrefixSeparator)]);
        Assert.Equal(1, options[nameof(PlanOptions.Topic)]);
        // Bonds went, and Lobby came.
        Assert.Equal(2, options[nameof(PlanOptions.DisabledRooms)]);
        Assert.Null(options[nameof(PlanOptions.DirectorySync)]);
    }

    [Fact]
    public async Task Options_CutOffChanged_CountsRoomsWithOlderMessages_NotThoseThatGrew()
    {
        await using var world = await StartAsync();
        await world.ScanAsync(Dated(repo: 30));
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Repo", "Swaps");
        await MarkSeenAsync(world, id);
        await world.ScanAsync(Dated(repo: 35));
        await EditAsync(world, new EditBatch(id) { SetsOptions = true, Options = new PlanOptions { CutOff = new DateOnly(2022, 1, 1) } }, Paul);
        Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None));
        Assert.Equal((nameof(PlanOptions.CutOff), (int?)2), Only((await SinceAsync(world, id)).Change!));

        await MarkSeenAsync(world, id);
        await EditAsync(world, new EditBatch(id) { SetsOptions = true, Options = new PlanOptions { CutOff = new DateOnly(2023, 1, 1) } }, Paul);
        Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None));
        // All messages of Desk stayed behind before.
        Assert.Equal((nameof(PlanOptions.CutOff), (int?)1), Only((await SinceAsync(world, id)).Change!));

        var then = Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None));
        await EditAsync(world, new EditBatch(id) { SetsOptions = true, Options = new PlanOptions { CutOff = new DateOnly(2022, 1, 1) } }, Paul);
        var now = Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None));
        Assert.Equal((nameof(PlanOptions.CutOff), (int?)1), Only(await world.Get<PlanDifference>().BetweenAsync(id, then, now, CancellationToken.None)));
        await world.ScanAsync(Dated(repo: 35));
        // The rooms that the plans were made of are not kept any more.
        Assert.Equal((nameof(PlanOptions.CutOff), (int?)null), Only(await world.Get<PlanDifference>().BetweenAsync(id, then, now, CancellationToken.None)));

        static (string, int?) Only(PlanChange change)
        {
            var option = Assert.Single(change.Options);
            return (option.Name, option.RoomCount);
        }

        // Desk before 2022, Repo from 2024 on, Swaps in all those years.
        static MigrationPortal.Engine.ChatPool Dated(long repo)
        {
            var (builder, years) = (Trading(), new Dictionary<string, (int From, int To)>(StringComparer.Ordinal) { ["Desk"] = (2020, 2021), ["Repo"] = (2024, 2025), ["Swaps"] = (2020, 2025) });
            var (pool, byNode) = (builder.Build(), years.ToDictionary(x => builder.IdOf(x.Key), x => x.Value));
            return pool with
            {
                Messages = [.. pool.Messages.Select(x => x with
                {
                    FirstTicks = new DateTime(byNode[x.NodeId].From, 6, 1, 0, 0, 0, DateTimeKind.Utc).Ticks,
                    LastTicks = new DateTime(byNode[x.NodeId].To, 6, 1, 0, 0, 0, DateTimeKind.Utc).Ticks,
                    Count = x.NodeId == builder.IdOf("Repo") ? repo : x.Count,
                    LastMessageId = x.NodeId == builder.IdOf("Repo") ? repo : x.LastMessageId,
                    LastChatId = x.NodeId == builder.IdOf("Repo") ? repo : x.LastChatId,
                })],
            };
        }
    }

    [Fact]
    public async Task Changes_OfAWholePool_AreCountedAndListedInParts()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Swaps");
        await MarkSeenAsync(world, id);
        var start = Stopwatch.GetTimestamp();
        await using (var db = world.Database.OpenPortal())
        {
            var version = (await world.BatchAsync(id)).Version;
            await ChangesSince.WriteAsync(
                db, id, version + 1, Paul, TimeProvider.System.GetUtcNow(), Enumerable.Range(1, Rooms).Select(x => new FieldChange(BatchFields.Member(1_000_000 + x), BatchFields.No, BatchFields.Yes)), CancellationToken.None);
            await world.Database.ExecuteAsync($"update portal.batches set version = version + 1 where id = {id}");
        }

        output.WriteLine($"written in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms");
        start = Stopwatch.GetTimestamp();
        Assert.Equal($"paul added {Numbers.Group(Rooms)} rooms", await ToldAsync(world, id));
        Assert.Equal((Rooms, 1), (Assert.Single((await SinceAsync(world, id)).Fields).Count, (await SinceAsync(world, id)).Fields.Count));
        output.WriteLine($"told three times in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms");
        start = Stopwatch.GetTimestamp();
        var point = (await world.Get<SinceQueries>().FindSeenAsync(id, Petra, CancellationToken.None))!;
        var first = await world.Get<SinceQueries>().FieldsAsync(id, point, Petra, Paging.Of(0, null), CancellationToken.None);
        var last = await world.Get<SinceQueries>().FieldsAsync(id, point, Petra, Paging.Of(Rooms - 1, 1_000), CancellationToken.None);
        output.WriteLine($"two parts in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms");
        Assert.Equal((Rooms, 50, 1), (first.Total, first.Items.Count, last.Items.Count));
        Assert.Equal(("room:1000001.member", "room:1031397.member"), (first.Items[0].Field, last.Items[0].Field));
        // Events and lines of the plan follow after the last field.
        var since = (await SinceAsync(world, id)) with { Events = [Submission(id)] };
        Assert.Equal(["edit", "event"], ChangesJson.Of(point, since, "", last, Paging.Of(Rooms - 1, 1_000)).Items.Select(x => x.Kind));
        Assert.Equal(["event"], ChangesJson.Of(point, since, "", new(Rooms, []), Paging.Of(Rooms, 1_000)).Items.Select(x => x.Kind));
        Assert.Equal(0, (await world.Get<SinceQueries>().FieldsAsync(id, point, Paul, Paging.Of(0, null), CancellationToken.None)).Total);
    }

    [Fact]
    public async Task Look_OfATabThatWasLeftOpen_DoesNotBringAnOlderLookBack()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        var old = await MarkSeenAsync(world, id);
        await EditAsync(world, new EditBatch(id) { Name = "Wave one" }, Paul);
        await MarkSeenAsync(world, id);

        await world.Get<MarkSeenHandler>().HandleAsync(id, old, Petra, CancellationToken.None);

        Assert.Equal("", await ToldAsync(world, id));
    }

    /// <summary>As Petra, whose look counts.</summary>
    internal static async Task<SincePoint> MarkSeenAsync(BatchWorld world, long id)
    {
        Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(id), CancellationToken.None));
        var now = (await world.Get<SinceQueries>().ReadAsync(id, new("", 1, 0, default), Petra, CancellationToken.None))!.Now;
        await world.Get<MarkSeenHandler>().HandleAsync(id, now, Petra, CancellationToken.None);
        return now;
    }

    private static async Task<BatchSince> SinceAsync(BatchWorld world, long id)
    {
        var point = await world.Get<SinceQueries>().FindSeenAsync(id, Petra, CancellationToken.None);
        return (await world.Get<SinceQueries>().ReadAsync(id, point!, Petra, CancellationToken.None))!;
    }

    private static async Task<string> ToldAsync(BatchWorld world, long id) => await world.Get<SinceText>().TellAsync(await SinceAsync(world, id), CancellationToken.None);

    private static async Task EditAsync(BatchWorld world, EditBatch edit, Caller by) => Done(await world.Get<EditBatchHandler>().HandleAsync(edit, by, CancellationToken.None));

    private static BatchEvent Submission(long id) => new() { BatchId = id, At = default, By = "paul", Kind = BatchEventKinds.Submitted };
}
