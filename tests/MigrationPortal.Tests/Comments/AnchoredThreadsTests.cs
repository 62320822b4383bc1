using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing.Deciding;
using MigrationPortal.Comments;
using MigrationPortal.Comments.Viewing;
using MigrationPortal.Comments.Writing;
using MigrationPortal.Engine;
using MigrationPortal.Presence;
using MigrationPortal.Rooms.Viewing;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Comments;

/// <summary>Threads on the page of what they are about.</summary>
public sealed class AnchoredThreadsTests
{
    [Fact]
    [Shows<RoomThreadsTab>(PartState.Filled)]
    public async Task Room_OnItsPage_ListsItsThreadsOfAllBatches_AndBeginsTheNextInTheNewest()
    {
        await using var world = await StartAsync();
        var room = await world.RoomAsync("Desk");
        var first = await world.CreateAsync(Petra, "Wave 1", "Desk", "Repo");
        await AskAsync(world, first, $"room:{room}", "Why this one?");
        await AskAsync(world, first, $"finding:P05:{room}", "Who agreed?");
        await AskAsync(world, first, $"room:{await world.RoomAsync("Repo")}", "About another");
        await AskAsync(world, first, "batch", "About all of it");
        await world.Database.ExecuteAsync($"update portal.batch_rooms set is_open = false where batch_id = {first}");
        var second = await world.CreateAsync(Petra, "Wave 2", "Desk");
        await using var context = new PageContext(world.Services, Anna);
        var page = context.At($"/rooms/{room}?tab=comments&pair={Pair}").Render<RoomPage>(x => x.Add(p => p.Id, room));

        page.WaitForState(() => page.FindAll("#comments .thread").Count == 2);
        page.WaitForAssertion(() => Assert.Equal(["Who agreed?", "Why this one?"], page.FindAll("#comments .thread .text").Select(x => x.TextContent.Trim())));
        Assert.All(page.FindAll("#comments .log > a"), x => Assert.Equal("In batch “Wave 1”", x.TextContent.Trim()));
        Assert.Contains("In batch “Wave 2”", page.Find("#comments .editor").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("#comment").InputAsync(new() { Value = "And now?" }));
        await page.InvokeAsync(() => page.Find("#comments > .in > .editor .send").ClickAsync(new()));

        page.WaitForState(() => page.FindAll("#comments .thread").Count == 3);
        var thread = Assert.Single((await world.Get<ThreadQueries>().ListAsync(second, Anna, new(0, 50), CancellationToken.None))!.Items);
        Assert.Equal((AnchorKind.Room, room), (thread.Thread.AnchorKind, thread.Thread.RoomId!.Value));
        // What a thread is about is not there any more: no such finding was made.
        page.WaitForAssertion(() => Assert.Equal(["Who agreed?", "And now?", "Why this one?"], page.FindAll("#comments .thread .text").Select(x => x.TextContent.Trim())));
        var parts = new List<string>();
        foreach (var skip in Enumerable.Range(0, 3))
            parts.Add(Assert.Single((await world.Get<ThreadQueries>().ListAboutAsync(Pair, Anchor.Of(AnchorKind.Room, room), Anna, new(skip, 1), CancellationToken.None)).Items).View.Comments[0].Text);
        Assert.Equal(["Who agreed?", "And now?", "Why this one?"], parts);
    }

    [Theory]
    [InlineData(105, 10, "105 open")]
    [InlineData(90, 30, "90 open")]
    public async Task Room_MoreThreadsThanAreListed_CountsAllThatAreOpen(int open, int resolved, string counted)
    {
        await using var world = await StartAsync();
        var room = await world.RoomAsync("Desk");
        await AskAsync(world, await world.CreateAsync(Petra, "Wave 1", "Desk"), $"room:{room}", "Why this one?");
        await world.Database.ExecuteAsync($"""
            insert into portal.threads (batch_id, anchor_kind, anchor_key, room_id, must, by, at, resolved_by, resolved_at)
            select batch_id, anchor_kind, anchor_key, room_id, must, by, at, case when i >= {open} then 'anna' end, case when i >= {open} then at end
            from portal.threads, generate_series(1, {open + resolved - 1}) i
            """);
        await using var context = new PageContext(world.Services, Anna);
        var threads = context.Render<AnchoredThreads>(x => x.Add(p => p.About, Anchor.Of(AnchorKind.Room, room)).Add(p => p.PairId, Pair));

        threads.WaitForState(() => threads.FindAll(".thread").Count == 100);
        Assert.Equal(counted, threads.Find("#comments header .sub").TextContent);
    }

    [Fact]
    public async Task Room_ThreadsAboutItsMessages_AreForWhoMayReadThem()
    {
        await using var world = await StartAsync();
        var room = await world.RoomAsync("Desk");
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await AskAsync(world, id, $"message:{room}:7", "Is this a secret?");
        var about = Anchor.Of(AnchorKind.Room, room);
        Assert.Equal(1, (await world.Get<ThreadQueries>().ListAboutAsync(Pair, about, Anna, new(0, 50), CancellationToken.None)).Total);
        Assert.Equal(0, (await world.Get<ThreadQueries>().ListAboutAsync(Pair, about, Petra, new(0, 50), CancellationToken.None)).Total);
    }

    [Fact]
    public async Task Room_InNoBatch_SaysWhyItCannotBeCommentedOn()
    {
        await using var world = await StartAsync();
        var room = await world.RoomAsync("Desk");
        await using var context = new PageContext(world.Services, Anna);
        var page = context.At($"/rooms/{room}?tab=comments&pair={Pair}").Render<RoomPage>(x => x.Add(p => p.Id, room));
        page.WaitForState(() => page.FindAll("#comments").Count == 1 && page.Find("#comments").GetAttribute("aria-busy") is null);
        Assert.Contains("This room is in no batch yet.", page.Find("#comments").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#comment"));
    }

    [Fact]
    public async Task Room_WhileTheNextOneIsRead_ShowsNothingOfTheFormer()
    {
        await using var world = await StartAsync();
        var (desk, repo) = (await world.RoomAsync("Desk"), await world.RoomAsync("Repo"));
        await AskAsync(world, await world.CreateAsync(Petra, "Wave 1", "Desk"), $"room:{desk}", "Why this one?");
        await world.CreateAsync(Petra, "Wave 2", "Repo");
        await using var context = new PageContext(world.Services, Anna);
        var threads = context.Render<AnchoredThreads>(x => x.Add(p => p.About, Anchor.Of(AnchorKind.Room, desk)).Add(p => p.PairId, Pair));
        threads.WaitForState(() => threads.FindAll(".thread").Count == 1 && threads.FindAll("#comment").Count == 1);
        await threads.InvokeAsync(() => threads.Find("#comment").InputAsync("Half a sen"));
        Assert.Contains(threads.FindComponents<EditingHere>(), x => x.Instance.When);

        await using (await HeldTable.HoldAsync(world.Database, "portal.threads"))
        {
            threads.Render(x => x.Add(p => p.About, Anchor.Of(AnchorKind.Room, repo)).Add(p => p.PairId, Pair));
            Assert.Equal("true", threads.Find("#comments").GetAttribute("aria-busy"));
            Assert.Empty(threads.FindAll(".thread, #comment"));
        }

        threads.WaitForState(() => threads.FindAll("#comment").Count == 1);
        Assert.DoesNotContain(threads.FindComponents<EditingHere>(), x => x.Instance.When);
        Assert.Equal($"about/room:{repo}", threads.Find("#comment").GetAttribute("data-draft"));
        Assert.Contains("In batch “Wave 2”", threads.Find(".editor").TextContent, StringComparison.Ordinal);
        Assert.Empty(threads.FindAll(".thread"));
    }

    [Fact]
    public async Task Room_BatchOfAThreadDeletedMeanwhile_ListsTheOthers()
    {
        await using var world = await StartAsync();
        var room = await world.RoomAsync("Desk");
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await AskAsync(world, id, $"room:{room}", "Why this one?");
        await AskAsync(world, id, $"room:{room}", "Who agreed?");
        var lost = await world.Database.ScalarAsync<long>("select min(id) from portal.threads");
        await world.Database.ExecuteAsync($"update portal.threads set batch_id = 404 where id = {lost}");

        var listed = await world.Get<ThreadQueries>().ListAboutAsync(Pair, Anchor.Of(AnchorKind.Room, room), Anna, new(0, 50), CancellationToken.None);
        Assert.Equal((1L, "Who agreed?"), (listed.Total, Assert.Single(listed.Items).View.Comments[0].Text));
        Refused(await world.Get<ThreadQueries>().FindAsync(lost, Anna, CancellationToken.None), "not-found");
    }

    [Fact]
    public async Task Run_OnItsPage_ListsItsOwnThreadsAlone_AndWhatIsSaidMeanwhile()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await AskAsync(world, id, "run:7", "Why so slow?");
        await AskAsync(world, id, "run:8", "About another run");
        await using var context = new PageContext(world.Services, Anna);
        var threads = context.Render<AnchoredThreads>(x => x.Add(p => p.About, Anchor.Of(AnchorKind.Run, 7)).Add(p => p.PairId, Pair).Add(p => p.BatchId, id));

        threads.WaitForState(() => threads.FindAll(".thread").Count == 1);
        threads.WaitForAssertion(() => Assert.Equal("Why so slow?", threads.Find(".thread .text").TextContent.Trim()));
        Assert.Equal("about/run:7", threads.Find("#comment").GetAttribute("data-draft"));
        await AskAsync(world, id, "run:7", "It is fast again");
        threads.WaitForState(() => threads.FindAll(".thread").Count == 2);
    }

    [Theory]
    [InlineData("deltaLine:Member::Desk · Kim", "delta item “Desk · Kim”", "/batches/1?tab=delta&pair=contoso")]
    [InlineData("planLine:Category::A/B", "plan item “A/B”", "/batches/1?tab=plan&pair=contoso&search=A%2FB")]
    [InlineData("planLine:Category::A/B 0b6e0f0a-5d0c-4c57-9d55-3f2f6c0f7a11", "plan item “A/B”", "/batches/1?tab=plan&pair=contoso&search=A%2FB")]
    public async Task Anchor_OfALine_IsNamedByItAndLeadsToIt(string about, string name, string url)
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await AskAsync(world, id, about, "Why?");
        var thread = Assert.Single((await world.Get<ThreadQueries>().ListAsync(id, Petra, new(0, 50), CancellationToken.None))!.Items);
        Assert.Equal(about, thread.Thread.Anchor.ToString());
        Assert.Equal((name, url), (Name(world, about, null), AnchorText.Url(world.Get<MigrationPortal.Ui.Links>(), thread.Thread.Anchor, id, Pair)));
    }

    [Theory]
    [InlineData("finding:P05", null, "finding P05")]
    [InlineData("finding:P05:7", "Desk", "finding P05 in “Desk”")]
    [InlineData("finding:NoMembers", null, "finding “… rooms without members”")]
    [InlineData("finding:NoMembers:7", "Desk", "finding “… rooms without members” in “Desk”")]
    public async Task Anchor_OfAFinding_IsNamedByTheNumberOfItsRule_ElseByItsTitle(string about, string? room, string name)
    {
        await using var world = await StartAsync();
        Assert.Equal(name, Name(world, about, room));
    }

    [Theory]
    [InlineData("planLine:Room:7:", "Desk", "plan item “Desk”")]
    [InlineData("planLine:Room:7:Old", "Desk", "plan item “Desk”")]
    [InlineData("planLine:Room:7:Old", null, "plan item “Old”")]
    [InlineData("planLine:Room:7:", null, "a room")]
    [InlineData("planLine:Member:7:Kim", "Desk", "plan item “Kim”")]
    [InlineData("planLine:Category::A / B", "Interest", "plan item “Interest”")]
    [InlineData("planLine:Category::A / B 0b6e0f0a-5d0c-4c57-9d55-3f2f6c0f7a11", "Interest", "plan item “Interest”")]
    [InlineData("planLine:Category::A / B 0b6e0f0a-5d0c-4c57-9d55-3f2f6c0f7a11", null, "plan item “A / B”")]
    [InlineData("planLine:Member::Kim 0b6e0f0a-5d0c-4c57-9d55-3f2f6c0f7a11", null, "plan item “Kim 0b6e0f0a-5d0c-4c57-9d55-3f2f6c0f7a11”")]
    [InlineData("deltaLine:Name:7:", "Desk", "delta item “Desk”")]
    [InlineData("deltaLine:Member:7: · Kim", "Desk", "delta item “Desk · Kim”")]
    [InlineData("deltaLine:Member:7:Old · Kim", "Desk", "delta item “Desk · Kim”")]
    [InlineData("deltaLine:Member:7:Old · Kim", null, "delta item “Old · Kim”")]
    [InlineData("deltaLine:Member:7: · Kim", null, "delta item “Kim”")]
    public void Anchor_OfALine_IsNamedAsItsRoomOrCategoryIsCalledNow(string about, string? room, string name)
    {
        using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        Assert.Equal(name, AnchorText.Of(services.GetRequiredService<IStringLocalizer<CommentTexts>>(), services.GetRequiredService<IStringLocalizer<RuleTexts>>(), Done(Anchor.Read(about)), room));
    }

    private static string Name(BatchWorld world, string about, string? room) =>
        AnchorText.Of(world.Get<IStringLocalizer<CommentTexts>>(), world.Get<IStringLocalizer<RuleTexts>>(), Done(Anchor.Read(about)), room);

    private static async Task AskAsync(BatchWorld world, long batch, string about, string text) =>
        Done(await world.Get<OpenThreadHandler>().HandleAsync(new OpenThread(batch, Done(Anchor.Read(about)), text), Anna, CancellationToken.None));
}
