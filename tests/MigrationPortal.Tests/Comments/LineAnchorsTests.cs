using Bunit;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Comments;
using MigrationPortal.Comments.Viewing;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Comments;

/// <summary>Threads about lines of a plan whose rooms and categories get other names.</summary>
public sealed class LineAnchorsTests
{
    private const string Rates = "planLine:Category::Trading / Rates";

    [Fact]
    public async Task Thread_AboutALineWhoseRoomOrCategoryGetsAnotherName_IsStillThere()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Swaps");
        await PlanAsync(world, id);
        var desk = await world.RoomAsync("Desk");
        string[] there = [$"planLine:Room:{desk}:", $"planLine:Room:{desk}:Desk", $"planLine:Messages:{desk}:Desk", $"planLine:Member:{desk}:kim", Rates];
        string[] gone = [$"planLine:Files:{desk}:", $"planLine:Member:{desk}:lee", "planLine:Category::Trading / Equities"];
        foreach (var about in there.Concat(gone))
            await AskAsync(world, id, about);

        await RenameAsync(world, id);
        // As an earlier portal named it.
        await AskAsync(world, id, "planLine:Category::Interest");

        var queries = world.Get<ThreadQueries>();
        var threads = (await queries.ListAsync(id, Vera, new(0, 50), CancellationToken.None))!.Items;
        Assert.Equal(gone, threads.Where(x => x.IsGone).OrderBy(x => x.Thread.Id).Select(x => x.Thread.Anchor.ToString()));
        Assert.Equal(["Interest", "Interest"], threads.Where(x => x is { IsGone: false, Thread.Anchor.Head: "Category" }).Select(x => x.RoomName));
        var open = await queries.CountOpenAsync(id, Vera, CancellationToken.None);
        Assert.Equal((2, 1), (open[$"planLine:Room:{desk}:"], open[$"planLine:Messages:{desk}:"]));
        Assert.Equal("Interest", await queries.FindNameAsync(Pair, id, Done(Anchor.Read(Rates)), CancellationToken.None));
    }

    [Fact]
    public async Task Line_OfARenamedCategory_LeadsToItsThreads_WhateverTheyCallIt()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Swaps");
        await RenameAsync(world, id);
        foreach (var about in new[] { Rates, "planLine:Category::Interest" })
            await AskAsync(world, id, about);
        await using var context = new PageContext(world.Services, Anna);
        var page = context.At($"/batches/{id}?tab=plan&kind=Category&pair={Pair}").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement("td a.comment-link");

        var link = page.FindAll("td a.comment-link").First(x => Uri.UnescapeDataString(x.GetAttribute("href")!).Contains($"about={Rates}#", StringComparison.Ordinal));
        Assert.Equal("2", link.QuerySelector(".num")?.TextContent);
    }

    [Fact]
    public async Task Search_OfTheLegacyName_FindsTheRenamedRoom()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Swaps");
        var plan = await RenameAsync(world, id);

        var found = await world.Get<PlanQueries>().ItemsAsync(plan.Id, new PlanFilter(Search: "desk"), new Paging(0, 50), CancellationToken.None);

        Assert.Equal(["Foyer"], found.Items.Select(x => x.Subject));
    }

    [Theory]
    [InlineData("planLine:Room:12:Desk", "planLine:Room:12:")]
    [InlineData("planLine:Files:012:Desk: the first", "planLine:Files:12:")]
    [InlineData("planLine:Room::Desk", "planLine:Room::Desk")]
    [InlineData("planLine:Member:12:Kim", "planLine:Member:12:Kim")]
    [InlineData("planLine:Category::Trading", "planLine:Category::Trading")]
    [InlineData("deltaLine:Description:12:Desk · FX", "deltaLine:Description:12:")]
    [InlineData("deltaLine:Member:12:Desk · FX · Kim", "deltaLine:Member:12: · Kim")]
    [InlineData("deltaLine:Member:12: · Kim", "deltaLine:Member:12: · Kim")]
    [InlineData("deltaLine:Member::Desk · Kim", "deltaLine:Member::Desk · Kim")]
    [InlineData("finding:P05:12", "finding:P05:12")]
    public void Thing_OfALine_HasNoNameOfItsRoom(string about, string thing) => Assert.Equal(thing, Done(Anchor.Read(about)).Thing.ToString());

    private static async Task<PlanHead> RenameAsync(BatchWorld world, long batch)
    {
        Done(await world.Get<SetNewNameHandler>().HandleAsync(new SetNewName(batch, await world.RoomAsync("Desk"), "Foyer"), Petra, CancellationToken.None));
        await PlanAsync(world, batch);
        Done(await world.Get<SetCategoryNameHandler>().HandleAsync(new SetCategoryName(batch, PoolBuilder.Guids("node Rates"), "Interest"), Petra, CancellationToken.None));
        return await PlanAsync(world, batch);
    }

    private static async Task<PlanHead> PlanAsync(BatchWorld world, long batch) =>
        Done(await world.Get<PlanBatchHandler>().HandleAsync(new PlanBatch(batch), CancellationToken.None));

    private static async Task AskAsync(BatchWorld world, long batch, string about) =>
        Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(batch, Done(Anchor.Read(about)), "Why?"), Vera, CancellationToken.None));
}
