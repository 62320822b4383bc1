using Bunit;
using MigrationPortal.Api;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Planning;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Comments;
using MigrationPortal.Comments.Viewing;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Planning;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Comments;

/// <summary>Threads about lines of a plan whose rooms and categories get other names.</summary>
public sealed class LineAnchorsTests
{
    private const string Rates = "planLine:Category::Trading / Rates";

    private const string FormerPart = "0b6e0f0a-5d0c-4c57-9d55-3f2f6c0f7a11";

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
        Assert.Equal((2, 1), (open.ByThing[$"planLine:Room:{desk}:"], open.ByThing[$"planLine:Messages:{desk}:"]));
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

        Assert.Equal("2", CountBeside(Plan(context, id), $"{Rates}#"));
    }

    [Theory]
    [InlineData("A", "plain narrow", "A (scope ")]
    [InlineData("A", "narrow", "A (scope ")]
    [InlineData("A", "plain", null)]
    [InlineData("A", "plain narrow tight", null)]
    [InlineData("root", "lobby hall", "General (scope ")]
    [InlineData("root", "lobby", null)]
    public async Task Thread_AboutAPartThatGotAnotherGuid_IsOfTheOnlyPartOfItsPath(string path, string rooms, string? name)
    {
        await using var world = await StartAsync(Parted());
        var id = await world.CreateAsync(Petra, "Wave 1", rooms.Split(' '));
        Done(await world.Get<EditOptionsHandler>().HandleAsync(new EditOptions(id, new PlanOptions { RoomUnderRoot = RoomUnderRoot.PutInto }), Petra, CancellationToken.None));
        await PlanAsync(world, id);
        var about = $"planLine:Category::{path} {FormerPart}";
        await AskAsync(world, id, about);

        var queries = world.Get<ThreadQueries>();
        var thread = Assert.Single((await queries.ListAsync(id, Vera, new(0, 50), CancellationToken.None))!.Items);
        Assert.Equal(name is null, thread.IsGone);
        Assert.Equal(name, thread.RoomName?[..^"1a2b)".Length]);
        Assert.Equal(thread.RoomName, await queries.FindNameAsync(Pair, id, thread.Thread.Anchor, CancellationToken.None));
        var open = await queries.CountOpenAsync(id, Vera, CancellationToken.None);
        Assert.Equal(name is null, open.ByThing.ContainsKey(about));
        // The approved plan has lines about it still.
        Assert.Equal(1, new ThreadsOfView(1, [thread], open).CountOpen(about));
    }

    [Fact]
    public async Task Line_OfAPartThatGotAnotherGuid_LeadsToItsThreadsFirst()
    {
        await using var world = await StartAsync(Parted());
        var id = await world.CreateAsync(Petra, "Wave 1", "plain", "narrow");
        await PlanAsync(world, id);
        await AskAsync(world, id, "planLine:Category::A");
        await AskAsync(world, id, $"planLine:Category::A {FormerPart}");
        const string Part = "planLine:Category::A ";
        var open = await world.Get<ThreadQueries>().CountOpenAsync(id, Anna, CancellationToken.None);
        await using var context = new PageContext(world.Services, Anna);
        var page = Plan(context, id, open.ByThing.Keys.Single(x => x.StartsWith(Part, StringComparison.Ordinal)));

        Assert.Equal(("1", "1"), (CountBeside(page, Part), CountBeside(page, "planLine:Category::A#")));
        page.WaitForAssertion(() => Assert.Contains("A (scope ", page.FindAll("#comments .thread .head")[0].TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Thread_ByANameThatAnotherCategoryHasAsItsKey_IsCountedThereAlone()
    {
        await using var world = await StartAsync(Trading().Category("Interest").Room("Loan", "Interest"));
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Swaps", "Loan");
        await PlanAsync(world, id);
        Done(await world.Get<SetCategoryNameHandler>().HandleAsync(new SetCategoryName(id, PoolBuilder.Guids("node Interest"), "Credit"), Petra, CancellationToken.None));
        await RenameAsync(world, id);
        await AskAsync(world, id, "planLine:Category::Interest");
        await using var context = new PageContext(world.Services, Anna);
        var page = Plan(context, id);

        Assert.Equal(((string?)null, "1"), (CountBeside(page, $"{Rates}#"), CountBeside(page, "planLine:Category::Interest#")));
        Assert.Equal("Credit", await world.Get<ThreadQueries>().FindNameAsync(Pair, id, Done(Anchor.Read("planLine:Category::Interest")), CancellationToken.None));
    }

    [Fact]
    public async Task Threads_OfABatch_ReadTheCategoriesOfItsPlanOnce()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Swaps");
        await RenameAsync(world, id);
        await AskAsync(world, id, Rates);
        var databases = new CountedDatabases(world.Database);

        var read = (ThreadsOfView)await new ReadThreads(new ThreadQueries(databases, [])).ReadAsync(id, Vera, CancellationToken.None);

        Assert.Equal(("Interest", 1), (Assert.Single(read.Items).RoomName, read.CountOpen(Rates)));
        // What asks for the guids of split-off parts asks for the categories.
        Assert.Single(databases.Queries, x => x.Contains("'Identity'", StringComparison.Ordinal));
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

    // Rooms with another scope than their category's, and than each other's; some of them directly below the root.
    private static PoolBuilder Parted() => new PoolBuilder()
        .Principal("Wall street", PrincipalType.Folder, "OU=Wall,DC=contoso,DC=com").Principal("Broad street", PrincipalType.Folder, "OU=Broad,DC=contoso,DC=com")
        .Category("A").Room("plain", "A").Room("narrow", "A").Scope("narrow", "Wall street").Room("tight", "A").Scope("tight", "Broad street")
        .Room("lobby").Room("hall").Scope("hall", "Wall street");

    private static IRenderedComponent<BatchPage> Plan(PageContext context, long id, string about = "batch")
    {
        var page = context.At($"/batches/{id}?tab=plan&kind=Category&pair={Pair}&about={Uri.EscapeDataString(about)}").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement("td a.comment-link");
        return page;
    }

    private static string? CountBeside(IRenderedComponent<BatchPage> page, string about) =>
        page.FindAll("td a.comment-link").First(x => Uri.UnescapeDataString(x.GetAttribute("href")!).Contains($"about={about}", StringComparison.Ordinal)).QuerySelector(".num")?.TextContent;

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
