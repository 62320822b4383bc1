using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing.BatchRooms;
using MigrationPortal.Batches.Viewing;
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

        var asked = page.InvokeAsync(() => page.Find(".selection button.action").ClickAsync(new()));
        dialogs.WaitForElement("form").Submit();
        await asked;
        page.WaitForState(() => Names(page) is ["Swaps"]);
    }

    [Fact]
    public async Task Rename_OfARoom_ShowsItsNewName()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = await OpenAsync(context, id, "");
        var asked = page.WaitForElement("button[aria-label='Rename Desk in the new pool']").ClickAsync(new());
        dialogs.WaitForElement("form input").Input("Desk London");
        dialogs.Find("form").Submit();
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

    private static void Go(PageContext context, long id, string query) =>
        context.Services.GetRequiredService<NavigationManager>().NavigateTo($"/batches/{id}?pair={Pair}&tab=rooms{query}");

    private static List<string> Names(IRenderedComponent<BatchPage> page) => [.. page.FindAll("tr[data-row] a[data-open]").Select(x => x.TextContent)];
}
