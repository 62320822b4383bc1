using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Browsing;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Browsing;

public sealed class BatchesPageTests
{
    [Fact]
    public async Task Page_BeforeTheCircuit_ShowsRowsThatWait()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera, isInteractive: false);
        Assert.NotEmpty(context.At("/batches").Render<BatchesPage>().FindAll(".grid[aria-busy=true] .skeleton"));
    }

    [Fact]
    public async Task Page_WithoutBatches_LeadsToTheRooms()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/batches?pair={Pair}").Render<BatchesPage>();
        page.WaitForState(() => page.Markup.Contains("No batches yet", StringComparison.Ordinal));
        Assert.Equal($"/rooms?pair={Pair}", page.Find(".state a.btn").GetAttribute("href"));
    }

    [Fact]
    public async Task Page_OfAnUnknownPair_NamesIt()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At("/batches?pair=fabrikam").Render<BatchesPage>();
        Assert.Contains("fabrikam", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_FilteredByStateAndName_ShowsThoseAndSaysWhenThereAreNone()
    {
        await using var world = await StartAsync();
        await world.CreateAsync(Petra, "First", "Desk");
        await world.SubmittedAsync("Second", "Repo");
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/batches?pair={Pair}&state=InReview").Render<BatchesPage>();
        page.WaitForState(() => Names(page) is ["Second"]);
        Assert.Equal(["Draft 1", "In review 1"], page.FindAll("a[aria-pressed]").Select(x => string.Join(' ', x.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));

        Go(context, $"/batches?pair={Pair}&search=FIRST");
        page.WaitForState(() => Names(page) is ["First"]);
        Go(context, $"/batches?pair={Pair}&search=third");
        page.WaitForState(() => page.Markup.Contains("No results", StringComparison.Ordinal));
        Go(context, $"/batches?pair={Pair}&sort=-name");
        page.WaitForState(() => Names(page) is ["Second", "First"]);
        Assert.Equal("descending", page.Find("th[aria-sort]").GetAttribute("aria-sort"));
    }

    [Fact]
    public async Task Rows_InTheAddressAndSelected_AreMarkedAndCounted()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "First", "Desk");
        await using var context = new PageContext(world.Services, Petra);
        var page = context.At($"/batches?pair={Pair}").Render<BatchesPage>();
        Assert.Equal($"{id}", page.WaitForElement("tr[data-row]").GetAttribute("data-row"));
        context.At($"/batches?pair={Pair}&batch={id}");
        page.WaitForState(() => page.Find("tr[data-row]").GetAttribute("aria-selected") == "true");
        await page.InvokeAsync(() => page.Find("tr[data-row] input").ChangeAsync(new() { Value = true }));
        page.WaitForState(() => page.Markup.Contains("1 batch selected", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DeleteDrafts_OfSelected_DeletesThoseAndKeepsTheOthers()
    {
        await using var world = await StartAsync();
        await world.CreateAsync(Petra, "First", "Desk");
        await world.SubmittedAsync("Second", "Repo");
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = context.At($"/batches?pair={Pair}").Render<BatchesPage>();
        page.WaitForElement("tr[data-row]");
        await page.InvokeAsync(() => page.Find("thead input").ChangeAsync(new() { Value = true }));
        page.WaitForElement(".selection button.action");
        var asked = page.InvokeAsync(() => page.Find(".selection button.action").ClickAsync(new()));
        await dialogs.SubmitAsync();
        await asked;
        page.WaitForState(() => Names(page) is ["Second"]);
        Assert.Contains("1 batch selected", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteDrafts_ForAViewer_IsOffWithTheReason()
    {
        await using var world = await StartAsync();
        await world.CreateAsync(Petra, "First", "Desk");
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/batches?pair={Pair}").Render<BatchesPage>();
        page.WaitForElement("tr[data-row]");
        await page.InvokeAsync(() => page.Find("thead input").ChangeAsync(new() { Value = true }));
        var button = page.WaitForElement(".selection button.action");
        Assert.Equal("true", button.GetAttribute("aria-disabled"));
        Assert.Contains("Planner", button.GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_AnotherPersonCreatesABatch_WaitsBehindRefresh()
    {
        await using var world = await StartAsync();
        await world.CreateAsync(Petra, "First", "Desk");
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/batches?pair={Pair}").Render<BatchesPage>();
        page.WaitForState(() => Names(page) is ["First"]);
        await world.CreateAsync(Paul, "Second", "Repo");
        page.WaitForState(() => page.Markup.Contains("List changed", StringComparison.Ordinal));
        Assert.Equal(["First"], Names(page));
        await page.InvokeAsync(() => page.Find(".foot button").ClickAsync(new()));
        page.WaitForState(() => Names(page) is ["Second", "First"]);
    }

    [Fact]
    public async Task Board_OfAllStates_HasEachBatchInItsColumn()
    {
        await using var world = await StartAsync();
        await world.CreateAsync(Petra, "First", "Desk");
        await world.SubmittedAsync("Second", "Repo");
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/batches?pair={Pair}&view=board").Render<BatchesPage>();
        page.WaitForState(() => page.FindAll("a.tile").Count == 2);
        Assert.Equal(["First"], Tiles(page, "board-Draft"));
        Assert.Equal(["Second"], Tiles(page, "board-InReview"));
    }

    [Fact]
    public async Task Board_OfOnePoolPair_HasNoBatchOfAnother_AndFollowsTheChoice()
    {
        await using var world = await StartAsync();
        await world.AddPairAsync("fabrikam");
        await world.CreateAsync(Petra, "First", "Desk");
        await world.Database.ExecuteAsync("insert into portal.batches (pool_pair_id, name, state, author, created_at, version) values ('fabrikam', 'Elsewhere', 'Draft', 'petra', now(), 1)");
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/batches?pair={Pair}&view=board").Render<BatchesPage>();
        page.WaitForState(() => Tiles(page, "board-Draft") is ["First"]);
        Go(context, "/batches?pair=fabrikam&view=board");
        page.WaitForState(() => Tiles(page, "board-Draft") is ["Elsewhere"]);
    }

    private static void Go(PageContext context, string url) => context.Services.GetRequiredService<NavigationManager>().NavigateTo(url);

    private static List<string> Names(IRenderedComponent<BatchesPage> page) => [.. page.FindAll("a[data-open]").Select(x => x.TextContent)];

    private static List<string> Tiles(IRenderedComponent<BatchesPage> page, string heading) =>
        [.. page.Find($"section[aria-labelledby={heading}]").QuerySelectorAll("a.tile b").Select(x => x.TextContent)];
}
