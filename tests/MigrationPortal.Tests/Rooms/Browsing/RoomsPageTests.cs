using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Live;
using MigrationPortal.Rooms.Browsing;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Rooms.Browsing;

public sealed class RoomsPageTests
{
    [Fact]
    public async Task Page_BeforeTheCircuit_ShowsRowsThatWaitAndButtonsThatSaySo()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Petra, isInteractive: false);
        var page = context.At("/rooms").Render<RoomsPage>();
        Assert.NotEmpty(page.FindAll(".grid[aria-busy=true] .skeleton"));
        Assert.DoesNotContain("0 rooms", page.Markup, StringComparison.Ordinal);
        Assert.All(page.FindAll("button.action"), x => Assert.Equal("true", x.GetAttribute("aria-busy")));
    }

    [Fact]
    public async Task Page_BeforeTheFirstScan_SaysSo()
    {
        await using var world = await StartAsync();
        await world.Database.ExecuteAsync("update portal.pool_pairs set current_scan_id = null");
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/rooms?pair={Pair}").Render<RoomsPage>();
        page.WaitForState(() => page.Markup.Contains("Not scanned yet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_OpenWhileTheFirstScanEnds_NoLongerSaysThatThereIsNone()
    {
        await using var world = await StartAsync();
        var scan = await world.Database.ScalarAsync<long>("select current_scan_id from portal.pool_pairs");
        await world.Database.ExecuteAsync("update portal.pool_pairs set current_scan_id = null");
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/rooms?pair={Pair}&search=nothing").Render<RoomsPage>();
        page.WaitForState(() => page.Markup.Contains("Not scanned yet", StringComparison.Ordinal));

        await world.Database.ExecuteAsync($"update portal.pool_pairs set current_scan_id = {scan}");
        world.Services.GetRequiredService<LiveFeed>().Announce($"pair:{Pair}");
        page.WaitForState(() => page.Markup.Contains("No rooms found", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_Filtered_ShowsThoseAndSaysWhenThereAreNone()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/rooms?pair={Pair}&search=SWAPS").Render<RoomsPage>();
        page.WaitForState(() => Names(page) is ["Swaps"]);
        Go(context, $"/rooms?pair={Pair}&sort=-name");
        page.WaitForState(() => Names(page) is ["Swaps", "Repo", "Desk"]);
        Assert.Equal("descending", page.Find("th[aria-sort]").GetAttribute("aria-sort"));
        Go(context, $"/rooms?pair={Pair}&search=nothing");
        page.WaitForState(() => page.Markup.Contains("No rooms found", StringComparison.Ordinal));
        Assert.Equal($"/rooms?pair={Pair}", page.Find(".state a.btn").GetAttribute("href"));
    }

    [Fact]
    public async Task Row_InTheAddress_OpensThePeekAndItsButtonsNameTheirRoom()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/rooms?pair={Pair}").Render<RoomsPage>();
        Go(context, $"/rooms?pair={Pair}&room={page.WaitForElement("tr[data-row]").GetAttribute("data-row")}");
        page.WaitForElement("aside.peek .kv");
        Assert.Equal("Desk", page.Find("aside.peek").GetAttribute("aria-label"));
        Assert.Equal("Select Desk", page.Find("tr[data-row] input").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task Actions_ForAViewer_AreOffWithTheReason()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/rooms?pair={Pair}").Render<RoomsPage>();
        page.WaitForElement("tr[data-row]");
        await page.InvokeAsync(() => page.Find("thead input").ChangeAsync(new() { Value = true }));
        page.WaitForState(() => page.FindAll(".page-header button.action").Count >= 3);
        Assert.All(page.FindAll(".page-header button.action.off"), x => Assert.Contains("Planner", x.GetAttribute("title"), StringComparison.Ordinal));
        Assert.True(page.FindAll(".page-header button.action.off").Count >= 3);
    }

    [Fact]
    public async Task Exclude_OfSelected_AsksWhyAndShowsThemExcluded()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Petra);
        var dialogs = context.RenderDialogs();
        var page = context.At($"/rooms?pair={Pair}&search=Repo").Render<RoomsPage>();
        page.WaitForElement("tr[data-row]");
        await page.InvokeAsync(() => page.Find("tr[data-row] input").ChangeAsync(new() { Value = true }));
        page.WaitForState(() => Exclude() is not null);
        var asked = page.InvokeAsync(() => Exclude()!.ClickAsync(new()));
        dialogs.WaitForElement("form textarea").Input("Empty since 2009");
        dialogs.Find("form").Submit();
        await asked;
        page.WaitForState(() => page.Find("tr[data-row]").TextContent.Contains("Excluded", StringComparison.Ordinal));
        Assert.Equal("Empty since 2009", page.Find(".t-state .badge").GetAttribute("title"));

        IElement? Exclude() => page.FindAll(".page-header button.action").FirstOrDefault(x => x.TextContent.Contains("Exclude", StringComparison.Ordinal));
    }

    private static void Go(PageContext context, string url) => context.Services.GetRequiredService<NavigationManager>().NavigateTo(url);

    private static List<string> Names(IRenderedComponent<RoomsPage> page) => [.. page.FindAll("tr[data-row] td.t-name a").Select(x => x.TextContent.Trim())];
}
