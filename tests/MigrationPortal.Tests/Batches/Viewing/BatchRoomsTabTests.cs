using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing.BatchRooms;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Lists;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Viewing;

public sealed class BatchRoomsTabTests
{
    [Fact]
    [Shows<BatchRoomsTab>(PartState.Filled, PartState.Empty)]
    public async Task Rooms_FilteredBySearchAndFinding_ShowThoseAndTheirCounts()
    {
        await using var world = await StartAsync(Trading().Room("Lobby"));
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Repo", "Lobby");
        await using var context = new PageContext(world.Services, Petra);
        var page = await OpenAsync(context, id, "");
        page.WaitForState(() => Names(page).Count == 3 && page.Markup.Contains("Blocker", StringComparison.Ordinal));
        Go(context, id, "&search=rEp");
        page.WaitForState(() => Names(page) is ["Repo"]);
        Go(context, id, "&found=Blocker");
        page.WaitForState(() => Names(page) is ["Lobby"]);
        Go(context, id, "&found=P06");
        page.WaitForState(() => Names(page) is ["Lobby"] || page.Markup.Contains("No results", StringComparison.Ordinal));
        Go(context, id, "&search=nothing");
        page.WaitForState(() => page.Markup.Contains("No results", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Search_OfTheNewNameThatIsShown_FindsThePlannedOneAndNotOneThatAnotherTookThePlaceOf()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Swaps");
        var swaps = await world.RoomAsync("Swaps");
        Done(await world.Get<MigrationPortal.Batches.Planning.PlanBatchHandler>().HandleAsync(new(id), CancellationToken.None));
        Assert.Equal("Trading - Rates - Swaps", await world.Database.ScalarAsync<string>($"select new from portal.plan_items where kind = 'Room' and property = 'Name' and room_id = {swaps}"));
        Assert.Equal([swaps], await FindAsync("rates - SW"));
        Assert.Empty(await FindAsync("Rates - Desk"));

        await world.Database.ExecuteAsync($"update portal.batch_rooms set new_name = 'Interest' where batch_id = {id} and room_id = {swaps}");
        Assert.Empty(await FindAsync("Rates - Sw"));
        Assert.Equal([swaps], await FindAsync("interest"));

        async Task<long[]> FindAsync(string search) => await world.Get<BatchRoomQueries>().ListIdsAsync(id, new BatchRoomFilter { Search = search }, CancellationToken.None);
    }

    [Fact]
    public async Task Rooms_OfABatchThatRan_AreFilteredByTransferAndGrade_AndTheFileFollows()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall, ChatWorld.General);
        await world.Portal.Database.ExecuteAsync("update portal.room_transfers set state = 'DoneWithFindings', grade = 'Investigate' where ordinal = 0; update portal.room_transfers set state = 'Failed', grade = null where ordinal = 1");
        await using var context = PageContext.As(world.Portal, "viewer");
        context.At($"/batches/{batch}?pair=contoso&tab=rooms");
        var page = context.Render<BatchPage>(p => p.Add(x => x.Id, batch));
        page.WaitForState(() => Names(page).Count == 2 && page.FindAll(".chip").Any(x => x.TextContent.Contains("Investigate", StringComparison.Ordinal)));
        Assert.Equal(["Failed 1", "Done 1", "Investigate 1"], page.FindAll(".chip").Select(x => x.TextContent.Trim()).Where(x => x.StartsWith("Failed", StringComparison.Ordinal) || x.StartsWith("Done", StringComparison.Ordinal) || x.StartsWith("Investigate", StringComparison.Ordinal)));
        var failed = page.FindAll(".chip").First(x => x.TextContent.Contains("Failed", StringComparison.Ordinal)).GetAttribute("href")!;
        Assert.Contains("state=Failed", failed, StringComparison.Ordinal);

        await page.InvokeAsync(() => context.At(failed));
        page.WaitForState(() => Names(page).Count == 1);
        var name = Names(page)[0];
        Assert.EndsWith("/rooms/export?state=Failed", page.FindComponent<MigrationPortal.Lists.ExportMenu>().Instance.Url, StringComparison.Ordinal);
        await page.InvokeAsync(() => context.At($"/batches/{batch}?pair=contoso&tab=rooms&grade=investigate"));
        page.WaitForState(() => Names(page).Count == 1 && Names(page)[0] != name);
        await page.InvokeAsync(() => context.At($"/batches/{batch}?pair=contoso&tab=rooms&state=Failed&grade=Investigate"));
        page.WaitForState(() => page.Markup.Contains("No results", StringComparison.Ordinal));

        using var client = world.Portal.ClientFor("viewer");
        Assert.Equal(name, Assert.Single((await ExportApiTests.CsvAsync(client, $"batches/{batch}/rooms/export?state=Failed")).Skip(1))[2]);
        using var unknown = await client.GetAsync(new Uri($"api/v1/batches/{batch}/rooms/export?grade=best", UriKind.Relative));
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
    }

    [Fact]
    public async Task Rooms_OfABatchThatWasUndone_AreUndone_WithoutAGrade()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall, ChatWorld.General);
        await world.UndoneAsync(batch);
        await using var context = PageContext.As(world.Portal, "viewer");
        context.At($"/batches/{batch}?pair=contoso&tab=rooms");
        var page = context.Render<BatchPage>(p => p.Add(x => x.Id, batch));
        page.WaitForState(() => Names(page).Count == 2 && Chips(page).Any(x => x == "Undone 2"));
        Assert.DoesNotContain(Chips(page), x => x.StartsWith("Done", StringComparison.Ordinal) || x.StartsWith("Perfect", StringComparison.Ordinal));

        await page.InvokeAsync(() => context.At($"/batches/{batch}?pair=contoso&tab=rooms&state=Undone"));
        page.WaitForState(() => Names(page).Count == 2 && page.FindAll(".chip.on").Any(x => x.TextContent.Contains("Undone", StringComparison.Ordinal)));
        await page.InvokeAsync(() => context.At($"/batches/{batch}?pair=contoso&tab=rooms&grade=Perfect"));
        page.WaitForState(() => page.Markup.Contains("No results", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rooms_OfABatchThatRuns_AreCountedAgainEveryTwoSeconds()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall, ChatWorld.General);
        await world.Portal.Database.ExecuteAsync($"update portal.batches set state = 'Running' where id = {batch}; update portal.room_transfers set state = 'Pending', grade = null");
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var context = PageContext.As(world.Portal, "viewer", time);
        context.At($"/batches/{batch}?pair=contoso&tab=rooms");
        var page = context.Render<BatchPage>(p => p.Add(x => x.Id, batch));
        page.WaitForState(() => Names(page).Count == 2 && Chips(page).Any(x => x == "Waiting 2"));

        // As the node that works on the run writes it: nothing is announced.
        await world.Portal.Database.ExecuteAsync("update portal.room_transfers set state = 'Done', grade = 'Perfect' where ordinal = 0");
        time.Advance(TimeSpan.FromSeconds(2));
        page.WaitForState(() => Chips(page).Any(x => x == "Waiting 1") && Chips(page).Any(x => x == "Perfect 1"));
    }

    [Fact]
    public async Task Columns_ChosenInTheMenu_StandInTheAddressBesideTheFilter_AndDrawTheRowsAgain()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Repo");
        await using var context = new PageContext(world.Services, Petra);
        var popovers = context.RenderPopovers();
        var page = await OpenAsync(context, id, "&search=Desk");
        page.WaitForState(() => Names(page) is ["Desk"]);
        // A new name takes two cells.
        Assert.Equal((7, 8), (page.FindAll(".grid.rooms thead th").Count, page.Find("tr[data-row]").Children.Length));

        await page.InvokeAsync(() => page.FindAll(".list-menu button")[1].ClickAsync());
        foreach (var title in new[] { "Name in the new pool", "Managers" })
        {
            popovers.WaitForState(() => popovers.FindAll(".mud-menu-item").Any(x => Says(x, title)));
            await popovers.InvokeAsync(() => popovers.FindAll(".mud-menu-item").First(x => Says(x, title)).ClickAsync());
        }

        page.WaitForAssertion(() => Assert.Equal((7, 7), (page.FindAll(".grid.rooms thead th").Count, page.Find("tr[data-row]").Children.Length)));
        Assert.Equal(["", "Legacy room", "Members", "Managers", "Messages", "Findings", "Actions"], page.FindAll(".grid.rooms thead th").Select(x => x.TextContent.Trim()));
        Assert.Equal("6", page.Find("tr.group td[colspan]").GetAttribute("colspan"));
        var query = Uri.UnescapeDataString(new Uri(context.Services.GetRequiredService<NavigationManager>().Uri).Query);
        Assert.Contains("tab=rooms", query, StringComparison.Ordinal);
        Assert.Contains("search=Desk", query, StringComparison.Ordinal);
        Assert.Contains("columns=members,managers,messages,findings", query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rooms_ThatAnotherPersonRemoved_StayUntilAskedFor_OwnOnesLeaveAtOnce()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Repo", "Swaps");
        await using var context = new PageContext(world.Services, Petra);
        var page = await OpenAsync(context, id, "");
        page.WaitForState(() => Names(page).Count == 3);
        Done(await world.Get<RemoveRoomsHandler>().HandleAsync(new RemoveRooms(id, [await world.RoomAsync("Desk")]), Paul, CancellationToken.None));

        page.WaitForState(() => page.FindAll(".list .foot button").Count == 1);
        Assert.Equal(3, Names(page).Count);
        await page.InvokeAsync(() => page.Find(".list .foot button").ClickAsync());
        page.WaitForState(() => Names(page) is ["Repo", "Swaps"]);
    }

    [Fact]
    public async Task Remove_SelectedRoomsOfWhichOneIsGoneAlready_RemovesTheRestAndSaysSo()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Repo", "Swaps");
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = await OpenAsync(context, id, "");
        page.WaitForState(() => Names(page).Count == 3);
        foreach (var name in new[] { "Desk", "Repo" })
            await page.InvokeAsync(() => page.Find($"input[aria-label='Select {name}']").ChangeAsync(new() { Value = true }));
        page.WaitForState(() => page.Markup.Contains("2 rooms selected", StringComparison.Ordinal));
        Done(await world.Get<RemoveRoomsHandler>().HandleAsync(new RemoveRooms(id, [await world.RoomAsync("Desk")]), Paul, CancellationToken.None));

        var asked = page.InvokeAsync(() => page.FindAll(".selection button.action").Single(x => x.TextContent.StartsWith("Remove", StringComparison.Ordinal)).ClickAsync(new()));
        await dialogs.SubmitAsync();
        await asked;
        page.WaitForState(() => Names(page) is ["Swaps"]);
    }

    [Fact]
    public async Task Remove_Undone_AddsTheRoomsAgainWithTheNamesThatWereChosen()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk", "Repo");
        var desk = await world.RoomAsync("Desk");
        Done(await world.Get<SetNewNameHandler>().HandleAsync(new SetNewName(id, desk, "Desk London"), Petra, CancellationToken.None));
        await using var context = new PageContext(world.Services, Petra);
        var (dialogs, notices) = (context.RenderDialogs(), context.Render<MudBlazor.MudSnackbarProvider>());
        var page = await OpenAsync(context, id, "");
        page.WaitForState(() => Names(page).Count == 2);
        await page.InvokeAsync(() => page.Find("input[aria-label='Select Desk']").ChangeAsync(new() { Value = true }));
        page.WaitForState(() => page.Markup.Contains("1 room selected", StringComparison.Ordinal));
        var asked = page.InvokeAsync(() => page.FindAll(".selection button.action").Single(x => x.TextContent.StartsWith("Remove", StringComparison.Ordinal)).ClickAsync(new()));
        await dialogs.SubmitAsync();
        await asked;
        page.WaitForState(() => Names(page) is ["Repo"]);

        notices.WaitForState(() => notices.FindAll(".mud-snackbar-content-action button").Count > 0);
        await notices.InvokeAsync(() => notices.Find(".mud-snackbar-content-action button").ClickAsync(new()));
        notices.WaitForState(() => notices.Markup.Contains("Undone", StringComparison.Ordinal));
        Assert.Equal(1, await world.Database.ScalarAsync<int>($"select count(*) from portal.batch_rooms where batch_id = {id} and room_id = {desk} and new_name = 'Desk London'"));
    }

    [Fact]
    public async Task Rename_OfARoom_ShowsItsNewName()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = await OpenAsync(context, id, "");
        page.WaitForElement("button[aria-label='Rename Desk in the new pool']");
        var asked = page.InvokeAsync(() => page.Find("button[aria-label='Rename Desk in the new pool']").ClickAsync(new()));
        await dialogs.TypeAsync("form input", "Desk London");
        await dialogs.SubmitAsync();
        await asked;
        page.WaitForState(() => page.Find("td.t-new").TextContent.Contains("Desk London", StringComparison.Ordinal));
    }

    [Fact]
    [Shows<BatchRoomsTab>(PartState.Viewer)]
    public async Task Actions_OfAViewer_AreOffWithTheReason()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Vera);
        var page = await OpenAsync(context, id, "");
        var rename = page.WaitForElement("tr[data-row] button");
        Assert.Equal("true", rename.GetAttribute("aria-disabled"));
        Assert.Contains("Planner", rename.GetAttribute("title"), StringComparison.Ordinal);
    }

    private static Task<IRenderedComponent<BatchPage>> OpenAsync(PageContext context, long id, string query) =>
        Task.FromResult(context.At($"/batches/{id}?pair={Pair}&tab=rooms{query}").Render<BatchPage>(x => x.Add(p => p.Id, id)));

    private static bool Says(AngleSharp.Dom.IElement item, string title) => item.TextContent.Trim().StartsWith(title, StringComparison.Ordinal);

    private static void Go(PageContext context, long id, string query) =>
        context.Services.GetRequiredService<NavigationManager>().NavigateTo($"/batches/{id}?pair={Pair}&tab=rooms{query}");

    private static List<string> Chips(IRenderedComponent<BatchPage> page) => [.. page.FindAll(".chip").Select(x => x.TextContent.Trim())];

    private static List<string> Names(IRenderedComponent<BatchPage> page) => [.. page.FindAll("tr[data-row] a[data-open]").Select(x => x.TextContent)];
}
