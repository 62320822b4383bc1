using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing.Since;
using MigrationPortal.Inbox;
using MigrationPortal.Reviews;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Inbox;

public sealed class InboxPageTests
{
    [Fact]
    public async Task Inbox_OfAnApprover_ShowsTheReviewWithItsFactsAndOneAction()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Swaps");
        await using var context = Of(world, Anna);
        var page = context.At($"/inbox?pair={Pair}").Render<InboxPage>();
        page.WaitForState(() => page.FindAll("dl.facts dd").Count > 0);
        Assert.Equal(["Approve Wave 1"], page.FindAll("a[data-open]").Select(x => x.TextContent));
        Assert.Equal($"/batches/{id}?pair={Pair}", Assert.Single(page.FindAll("a.btn.p")).GetAttribute("href"));
        Assert.Contains("0 of 1", page.Find("dl.facts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Detail_OfABatchThatChangedSinceItWasLookedAt_SaysWhat()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Swaps");
        await using (var first = Of(world, Anna))
        {
            Assert.DoesNotContain("Changes since you looked", Opened(first).Markup, StringComparison.Ordinal);
        }

        var now = (await world.Get<SinceQueries>().ReadAsync(id, new("", 1, 0, default), Anna, CancellationToken.None))!.Now;
        await world.Get<MarkSeenHandler>().HandleAsync(id, now, Anna, CancellationToken.None);
        Done(await world.Get<AddRoomsHandler>().HandleAsync(new AddRooms(id, [await world.RoomAsync("Desk")]), Paul, CancellationToken.None));
        Done(await world.SubmitAsync(id, Petra));

        await using var context = Of(world, Anna);
        var page = Opened(context);
        page.WaitForState(() => page.Markup.Contains("Changes since you looked", StringComparison.Ordinal));
        Assert.Contains("paul added 1 room", page.Find("section.detail").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Detail_OfABatchInWhichPeopleGainedAndLostRights_CountsThemAsTheBatchsPageDoes()
    {
        await using var world = await StartAsync(Trading().Member("Desk", "lee"));
        var id = await world.SubmittedAsync("Wave 1", "Desk", "Repo");
        var now = (await world.Get<SinceQueries>().ReadAsync(id, new("", 1, 0, default), Anna, CancellationToken.None))!.Now;
        await world.Get<MarkSeenHandler>().HandleAsync(id, now, Anna, CancellationToken.None);
        await world.ScanAsync(Trading().Member("Repo", "lee"));
        Done(await world.SubmitAsync(id, Petra));

        await using var context = Of(world, Anna);
        var page = Opened(context);
        page.WaitForState(() => page.Markup.Contains("Changes since you looked", StringComparison.Ordinal));
        var since = (await world.Get<SinceQueries>().ReadAsync(id, now, Anna, CancellationToken.None))!;
        var sentence = await world.Get<SinceText>().TellAsync(since, CancellationToken.None);
        Assert.Contains("1 person gains rights; 1 person loses rights", sentence, StringComparison.Ordinal);
        Assert.Contains(sentence, page.Find("section.detail").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inbox_OneApproves_TheLineLeavesAndItsDetailSaysSo()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Swaps");
        await using var context = Of(world, Anna);
        var page = context.At($"/inbox?pair={Pair}&line=review:{id}").Render<InboxPage>();
        page.WaitForState(() => page.FindAll("a[data-open]").Count == 1);
        await world.SubmittedAsync("Wave 2", "Desk");
        Done(await world.ApproveAsync(id, Marek));
        page.WaitForState(() => page.Markup.Contains("This is settled", StringComparison.Ordinal));
        Assert.Equal(["Approve Wave 2"], page.FindAll("a[data-open]").Select(x => x.TextContent));
        page.WaitForAssertion(() => Assert.Contains("marek approved the batch", page.Find("section.detail").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find("section.detail [data-key=e]").ClickAsync());
        context.At($"/inbox?pair={Pair}");
        page.WaitForState(() => page.Find("section.detail h2").TextContent == "Approve Wave 2");
    }

    [Fact]
    public async Task Inbox_OfWhoSubmitted_ListsItAsOthersAndDoesNotCountIt()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        Done(await world.SubmitAsync(id, Both));
        await using var context = Of(world, Both);
        var page = context.At($"/inbox?pair={Pair}").Render<InboxPage>();
        page.WaitForState(() => page.Markup.Contains("Others decide", StringComparison.Ordinal));
        Assert.Empty(page.FindAll("a.btn.p"));
        Assert.Equal(0, await Queries(context).CountAsync(Pair, Both, CancellationToken.None));
        Assert.Equal(1, await Queries(context).CountAsync(Pair, Anna, CancellationToken.None));
    }

    [Fact]
    public async Task Inbox_OfAPlanner_ShowsOwnDraftsAndWhatWasSentBackFirst()
    {
        await using var world = await StartAsync();
        var back = await world.SubmittedAsync("Wave 1", "Swaps");
        Done(await world.Get<SendBackHandler>().HandleAsync(new SendBack(back, "Rename it first"), Anna, CancellationToken.None));
        await world.CreateAsync(Petra, "Wave 2", "Desk");
        await world.CreateAsync(Paul, "Wave 3", "Repo");
        await using var context = Of(world, Petra);
        var page = context.At($"/inbox?pair={Pair}").Render<InboxPage>();
        page.WaitForState(() => page.FindAll("a[data-open]").Count == 2);
        Assert.Equal(["Change Wave 1", "Submit Wave 2"], page.FindAll("a[data-open]").Select(x => x.TextContent));
        Assert.Contains("sent back by anna: “Rename it first”", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inbox_OfAViewer_IsEmptyAndLeadsToTheBatches()
    {
        await using var world = await StartAsync();
        await world.SubmittedAsync("Wave 1", "Swaps");
        await using var context = Of(world, Vera);
        var page = context.At($"/inbox?pair={Pair}").Render<InboxPage>();
        page.WaitForState(() => page.Markup.Contains("Nothing needs your attention", StringComparison.Ordinal));
        Assert.Equal($"/batches?pair={Pair}", page.Find(".state a.btn").GetAttribute("href"));
    }

    [Fact]
    public async Task Inbox_AnotherPoolPairIsChosen_ShowsItsLines()
    {
        await using var world = await StartAsync();
        await world.AddPairAsync("fabrikam");
        await world.SubmittedAsync("Wave 1", "Swaps");
        await using var context = Of(world, Anna);
        var page = Opened(context);
        context.At("/inbox?pair=fabrikam");
        page.WaitForState(() => !page.Markup.Contains("Wave 1", StringComparison.Ordinal));
        context.At($"/inbox?pair={Pair}");
        page.WaitForState(() => page.FindAll("a[data-open]").Select(x => x.TextContent).Contains("Approve Wave 1"));
    }

    [Fact]
    public async Task Line_InTheAddress_IsShown()
    {
        await using var world = await StartAsync();
        await world.SubmittedAsync("Wave 1", "Swaps");
        var second = await world.SubmittedAsync("Wave 2", "Desk");
        await using var context = Of(world, Anna);
        var page = context.At($"/inbox?pair={Pair}").Render<InboxPage>();
        page.WaitForState(() => page.FindAll("tr[data-row]").Count == 2 && page.FindAll("dl.facts dd").Count > 0);
        Assert.Equal($"review:{second}", page.FindAll("tr[data-row]")[1].GetAttribute("data-row"));
        context.At($"/inbox?pair={Pair}&line=review:{second}");
        page.WaitForState(() => page.Find("tr[aria-selected=true]").TextContent.Contains("Wave 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Line_TakenByOne_IsShownOnTheOthersOpenPage_AndTakenOver()
    {
        await using var world = await StartAsync();
        await world.SubmittedAsync("Wave 1", "Swaps");
        await using var ofAnna = Of(world, Anna);
        await using var ofMarek = Of(world, Marek);
        var (anna, marek) = (Opened(ofAnna), Opened(ofMarek));

        await PressAsync(anna, "Take it");
        marek.WaitForState(() => marek.Find("tr[data-row]").TextContent.Contains("anna takes it", StringComparison.Ordinal));
        anna.WaitForState(() => anna.Markup.Contains("You take it", StringComparison.Ordinal));
        await PressAsync(marek, "Take it over from anna");
        anna.WaitForState(() => anna.Find("tr[data-row]").TextContent.Contains("marek takes it", StringComparison.Ordinal));
        await PressAsync(marek, "Release it");
        anna.WaitForState(() => !anna.Find("tr[data-row]").TextContent.Contains("takes it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Line_Snoozed_LeavesTheListAndIsShownAgain()
    {
        await using var world = await StartAsync();
        await world.SubmittedAsync("Wave 1", "Swaps");
        await world.SubmittedAsync("Wave 2", "Desk");
        await using var context = Of(world, Anna);
        var page = Opened(context);

        await PressAsync(page, "Until tomorrow");
        page.WaitForState(() => page.FindAll("tr[data-row]").Count == 1 && page.Find("section.detail h2").TextContent == "Approve Wave 2");
        Assert.Equal(1, await Queries(context).CountAsync(Pair, Anna, CancellationToken.None));
        Assert.Equal($"/inbox?snoozed=1&pair={Pair}", page.Find("a.foot").GetAttribute("href"));

        context.At($"/inbox?snoozed=1&line=review:1&pair={Pair}");
        page.WaitForState(() => page.FindAll("tr[data-row]").Count == 2 && page.Markup.Contains("Snoozed until", StringComparison.Ordinal));
        await PressAsync(page, "Show again");
        page.WaitForState(() => page.FindAll("a.foot").Count == 0);
        Assert.Equal(2, await Queries(context).CountAsync(Pair, Anna, CancellationToken.None));
    }

    [Fact]
    public async Task Page_BeforeTheCircuit_ShowsRowsThatWait()
    {
        await using var world = await StartAsync();
        await using var context = Of(world, Anna, isInteractive: false);
        Assert.NotEmpty(context.At("/inbox").Render<InboxPage>().FindAll("[aria-busy=true] .skeleton"));
    }

    private static IRenderedComponent<InboxPage> Opened(PageContext context)
    {
        var page = context.At($"/inbox?pair={Pair}").Render<InboxPage>();
        page.WaitForState(() => page.FindAll("dl.facts dd").Count > 0);
        return page;
    }

    private static Task PressAsync(IRenderedComponent<InboxPage> page, string text)
    {
        page.WaitForState(() => page.FindAll("button").Any(x => x.TextContent.Trim() == text));
        return page.InvokeAsync(() => page.FindAll("button").Single(x => x.TextContent.Trim() == text).ClickAsync());
    }

    private static PageContext Of(BatchWorld world, Caller caller, bool isInteractive = true) => new(world.Services, caller, isInteractive);

    private static InboxQueries Queries(PageContext context) => context.Services.GetRequiredService<InboxQueries>();
}
