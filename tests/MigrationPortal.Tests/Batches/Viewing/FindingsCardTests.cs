using Bunit;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine.Planning;
using MigrationPortal.PoolPairs;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Viewing;

/// <summary>What a person can do about findings, from their one line.</summary>
public sealed class FindingsCardTests
{
    [Fact]
    [Shows<AcknowledgeRuleDialog>(PartState.Filled)]
    public async Task Acknowledge_WithAReason_TakesNameAndReasonAndLetsTheBatchBeSubmitted()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Swaps");
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.FindAll("#findings .acts button").Count > 0);
        Assert.Equal("true", Button(page, "Submit for review").GetAttribute("aria-disabled"));

        foreach (var _ in page.FindAll("#findings .open").ToList())
        {
            var left = page.FindAll("#findings .open").Count;
            var asked = page.InvokeAsync(() => page.FindAll("#findings .acts button").First(x => x.TextContent.Contains("Acknowledge", StringComparison.Ordinal)).ClickAsync(new()));
            await dialogs.TypeAsync("form textarea", "Agreed with the desk");
            await dialogs.SubmitAsync();
            await asked;
            page.WaitForState(() => page.FindAll("#findings .open").Count < left);
        }

        Assert.Contains("Acknowledged by petra (1, read in the list): “Agreed with the desk”", page.Markup, StringComparison.Ordinal);
        Assert.Null(Button(page, "Submit for review").GetAttribute("aria-disabled"));
    }

    [Fact]
    public async Task SetOption_OfARoomInTheRoot_ClearsTheBlocker()
    {
        await using var world = await StartAsync(Trading().Room("Lobby"));
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Lobby");
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.Markup.Contains("1 room is directly in the root category", StringComparison.Ordinal));
        var asked = page.InvokeAsync(() => Button(page, "Set option").ClickAsync(new()));
        await dialogs.SubmitAsync();
        await asked;
        page.WaitForState(() => page.Markup.Contains("no blockers", StringComparison.Ordinal));
        Assert.Equal(RoomUnderRoot.PutInto, (await world.BatchAsync(id)).Options?.RoomUnderRoot);
    }

    // Case C11: “A - B - C” by two ways; a new name for a room does not help.
    [Fact]
    public async Task Blocker_TwoCategoriesOfOneName_LeadsToTheNamesOfCategoriesAndNotOfRooms()
    {
        await using var world = await StartAsync(new PoolBuilder()
            .Category("A").Category("B - C", "A").Category("A - B").Category("C", "A - B").Room("r1", "B - C").Room("r2", "C"));
        var id = await world.CreateAsync(Petra, "both", "r1", "r2");
        await using var context = new PageContext(world.Services, Petra);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.FindAll("#findings .acts a").Count > 0);

        Assert.Equal(["Rename categories"], page.FindAll("#findings .acts a.btn:not(.quiet)").Select(x => x.FirstChild!.TextContent.Trim()).Where(x => x.Length > 0));
        Assert.Contains("tab=options", page.Find("#findings .acts a").GetAttribute("href"), StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("#findings details").TriggerEventAsync("ontoggle", EventArgs.Empty));
        page.WaitForState(() => page.FindAll("#findings .found li").Count == 2);
        Assert.All(page.FindAll("#findings .found li"), x => Assert.Contains("give the category a new name in the batch", x.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Blocker_TwoRoomsOfOneName_LeadsToTheNamesOfRooms()
    {
        await using var world = await StartAsync(new PoolBuilder().Category("A").Category("B").Room("r", "A").Room("R", "B"));
        var id = await world.CreateAsync(Petra, "both", "r", "R");
        await using var context = new PageContext(world.Services, Petra);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.FindAll("#findings .acts a").Count > 0);

        Assert.Equal(["Rename rooms"], page.FindAll("#findings .acts a.btn:not(.quiet)").Select(x => x.FirstChild!.TextContent.Trim()).Where(x => x.Length > 0));
    }

    [Fact]
    public async Task RemoveRooms_OfABlocker_TakesThoseAlone()
    {
        await using var world = await StartAsync(Trading().Room("Lobby"));
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Lobby");
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.Markup.Contains("Remove 1 room…", StringComparison.Ordinal));
        var asked = page.InvokeAsync(() => Button(page, "Remove 1 room…").ClickAsync(new()));
        await dialogs.SubmitAsync();
        await asked;
        page.WaitForState(() => page.Markup.Contains("no blockers", StringComparison.Ordinal));
        Assert.Equal([await world.RoomAsync("Desk")], (await world.Get<MigrationPortal.Batches.BatchQueries>().RoomIdsAsync([id], CancellationToken.None))[id]);
    }

    [Fact]
    public async Task RemoveRooms_Undone_AddsThemAgainWithTheNamesThatWereChosen()
    {
        await using var world = await StartAsync(Trading().Room("Lobby"));
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Lobby");
        var lobby = await world.RoomAsync("Lobby");
        Done(await world.Get<SetNewNameHandler>().HandleAsync(new SetNewName(id, lobby, "Lobby London"), Petra, CancellationToken.None));
        await using var context = new PageContext(world.Services, Petra);
        var (dialogs, notices) = (context.RenderDialogs(), context.Render<MudBlazor.MudSnackbarProvider>());
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.Markup.Contains("Remove 1 room…", StringComparison.Ordinal));
        var asked = page.InvokeAsync(() => Button(page, "Remove 1 room…").ClickAsync(new()));
        await dialogs.SubmitAsync();
        await asked;
        page.WaitForState(() => page.Markup.Contains("no blockers", StringComparison.Ordinal));

        notices.WaitForState(() => notices.FindAll(".mud-snackbar-content-action button").Count > 0);
        await notices.InvokeAsync(() => notices.Find(".mud-snackbar-content-action button").ClickAsync(new()));
        notices.WaitForState(() => notices.Markup.Contains("Undone", StringComparison.Ordinal));
        Assert.Equal(1, await world.Database.ScalarAsync<int>($"select count(*) from portal.batch_rooms where batch_id = {id} and room_id = {lobby} and new_name = 'Lobby London'"));
    }

    [Fact]
    public async Task RemoveRooms_Undone_LeavesOutWhatAnotherPersonRemovedMeanwhile()
    {
        await using var world = await StartAsync(Trading().Room("Lobby").Room("Foyer"));
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Lobby", "Foyer");
        await using var context = new PageContext(world.Services, Petra);
        var (dialogs, notices) = (context.RenderDialogs(), context.Render<MudBlazor.MudSnackbarProvider>());
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.Markup.Contains("Remove 2 rooms…", StringComparison.Ordinal));
        var asked = page.InvokeAsync(() => Button(page, "Remove 2 rooms…").ClickAsync(new()));
        dialogs.WaitForElement("form");
        Done(await world.Get<RemoveRoomsHandler>().HandleAsync(new RemoveRooms(id, [await world.RoomAsync("Foyer")]), Paul, CancellationToken.None));
        await dialogs.SubmitAsync();
        await asked;

        // Another notice says what stands beside the removal.
        notices.WaitForState(() => notices.FindAll("button").Any(IsUndo));
        Assert.Contains("1 room removed. 1 other room was no longer in the batch.", notices.Markup, StringComparison.Ordinal);
        await notices.InvokeAsync(() => notices.FindAll("button").First(IsUndo).ClickAsync(new()));
        notices.WaitForState(() => notices.Markup.Contains("Undone", StringComparison.Ordinal));
        long[] left = [await world.RoomAsync("Desk"), await world.RoomAsync("Lobby")];
        Assert.Equal(left.Order(), (await world.Get<MigrationPortal.Batches.BatchQueries>().RoomIdsAsync([id], CancellationToken.None))[id].Order());
    }

    [Fact]
    public async Task RemoveRooms_ThatAnotherPersonRemovedMeanwhile_SaysThatTheyAreGone()
    {
        await using var world = await StartAsync(Trading().Room("Lobby").Room("Foyer"));
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Lobby", "Foyer");
        await using var context = new PageContext(world.Services, Petra);
        var (dialogs, notices) = (context.RenderDialogs(), context.Render<MudBlazor.MudSnackbarProvider>());
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.Markup.Contains("Remove 2 rooms…", StringComparison.Ordinal));
        var asked = page.InvokeAsync(() => Button(page, "Remove 2 rooms…").ClickAsync(new()));
        dialogs.WaitForElement("form");
        Done(await world.Get<RemoveRoomsHandler>().HandleAsync(new RemoveRooms(id, [await world.RoomAsync("Lobby"), await world.RoomAsync("Foyer")]), Paul, CancellationToken.None));
        var version = (await world.BatchAsync(id)).Version;
        await dialogs.SubmitAsync();
        await asked;

        notices.WaitForState(() => notices.Markup.Contains("2 rooms were no longer in the batch.", StringComparison.Ordinal));
        Assert.DoesNotContain(notices.FindAll("button"), IsUndo);
        Assert.Equal(version, (await world.BatchAsync(id)).Version);
    }

    [Fact]
    public async Task Groups_OpenedByAViewer_ListTheirFindingsAndOfferNothing()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Swaps");
        await using var context = new PageContext(world.Services, Vera);
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.FindAll("#findings details").Count > 0);
        await page.InvokeAsync(() => page.Find("#findings details").TriggerEventAsync("ontoggle", EventArgs.Empty));
        page.WaitForState(() => page.FindAll("#findings .found li").Count > 0);
        Assert.All(page.FindAll("#findings .acts button"), x => Assert.Equal("true", x.GetAttribute("aria-disabled")));
    }

    private static bool IsUndo(AngleSharp.Dom.IElement button) => button.TextContent.Trim() == "Undo";

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<BatchPage> page, string text) =>
        page.FindAll("button.action").First(x => x.TextContent.Contains(text, StringComparison.Ordinal));
}
