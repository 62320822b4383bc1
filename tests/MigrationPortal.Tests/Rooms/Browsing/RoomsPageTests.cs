using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Live;
using MigrationPortal.Rooms.Browsing;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine.Planning;
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
    public async Task Page_NamesThatNobodyCanSee_HaveSomethingToClickAndStandUnderTheirOwnCategory()
    {
        await using var world = await StartAsync(Trading().Room("Lobby")
            .Change("Desk", x => x with { Name = "" }).Change("Repo", x => x with { Name = " " }).Change("Swaps", x => x with { Name = "\u200B" })
            .Change("Trading", x => x with { Name = "" }).Change("Rates", x => x with { Name = "\u2060" }));
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/rooms?pair={Pair}").Render<RoomsPage>();
        page.WaitForState(() => Names(page).Count == 4);

        Assert.Equal(["(no name)", "Lobby", "[U+0020]", "[U+200B]"], Names(page).Order(StringComparer.Ordinal));
        Assert.Contains("Select (no name)", page.FindAll("tr[data-row] input[type=checkbox]").Select(x => x.GetAttribute("aria-label")));
        var nameless = page.FindAll("tr[data-row] td.t-name a").Single(x => x.TextContent.Trim() == "(no name)");
        Assert.StartsWith($"/rooms/{await world.RoomAsync("Desk")}", nameless.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(
            ["#{Trading}", "#{Trading} / [U+2060] #{Rates}", "Directly under the root category"],
            page.FindAll("tr.group").Select(x => string.Join(" / ", x.QuerySelectorAll("bdi").Select(y => y.TextContent.Trim()))
                .Replace(Number("Trading"), "{Trading}", StringComparison.Ordinal).Replace(Number("Rates"), "{Rates}", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

        static string Number(string category) => PoolBuilder.Guids($"node {category}").ToString("N")[..8];
    }

    [Fact]
    public async Task Page_BeyondTheLastRow_ShowsTheLastPageThatHasRows()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/rooms?pair={Pair}&skip=50&sort=name").Render<RoomsPage>();
        page.WaitForState(() => Names(page) is ["Desk", "Repo", "Swaps"]);
        Assert.DoesNotContain("skip=", context.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_RowOfTheMiddleMovesToAnotherCategory_StaysInItsPlaceUnderThatCategory()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        await world.Database.ExecuteAsync("update portal.room_pairs set category = 'Trading'");
        var page = context.At($"/rooms?pair={Pair}").Render<RoomsPage>();
        page.WaitForState(() => Names(page).Count == 3 && page.FindAll("tr.group").Count == 1);

        await world.Database.ExecuteAsync($"update portal.room_pairs set category = 'Zoo' where legacy_name = '{Names(page)[1]}'");
        world.Services.GetRequiredService<LiveFeed>().Announce($"pair:{Pair}");

        page.WaitForState(() => page.FindAll("tr.group").Count == 3);
    }

    [Fact]
    public async Task Filter_BatchMadeByAnotherPersonMeanwhile_IsOffered()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/rooms?pair={Pair}").Render<RoomsPage>();
        page.WaitForElement("tr[data-row]");

        await world.CreateAsync(Petra, "Wave 1", "Desk");

        page.WaitForState(() => page.FindAll("select option").Any(x => x.TextContent.Contains("Wave 1", StringComparison.Ordinal)));
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
        page.WaitForState(() => page.FindAll(".selection button.action.off").Count == 3);
        Assert.All(page.FindAll("button.action.off"), x => Assert.Contains("Planner", x.GetAttribute("title"), StringComparison.Ordinal));
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
        await dialogs.TypeAsync("form textarea", "Empty since 2009");
        await dialogs.SubmitAsync();
        await asked;
        page.WaitForState(() => page.Find("tr[data-row]").TextContent.Contains("Excluded", StringComparison.Ordinal));
        Assert.Equal("Empty since 2009", page.Find(".t-state .badge").GetAttribute("title"));

        IElement? Exclude() => page.FindAll(".selection button.action").FirstOrDefault(x => x.TextContent.Contains("Exclude", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Selection_OfWhichSomeCannotBeAdded_SaysWhyAndAddsTheOthers()
    {
        await using var world = await StartAsync();
        var wave = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Petra);
        var (dialogs, notices) = (context.RenderDialogs(), context.Render<MudBlazor.MudSnackbarProvider>());
        var page = context.At($"/rooms?pair={Pair}").Render<RoomsPage>();
        page.WaitForElement("tr[data-row]");
        await page.InvokeAsync(() => page.Find("thead input").ChangeAsync(new() { Value = true }));
        page.WaitForState(() => page.FindAll(".selection .left a").Count == 1);
        Assert.Equal("1 cannot be added: 1 room is already in a batch", page.Find(".selection .left").TextContent);
        Assert.Equal("1 room is already in a batch", page.Find(".selection .left a").TextContent);

        // The list of those, and back.
        Go(context, page.Find(".selection .left a").GetAttribute("href")!);
        page.WaitForState(() => Names(page) is ["Desk"]);
        Go(context, $"/rooms?pair={Pair}");
        page.WaitForState(() => Names(page).Count == 3);

        var add = page.Find(".selection button[data-key=a]");
        Assert.Equal("Add the 2 that can be added…", add.TextContent.Trim());
        var asked = page.InvokeAsync(() => page.Find(".selection button[data-key=a]").ClickAsync(new()));
        dialogs.WaitForState(() => dialogs.FindAll(".notice").Count == 1);
        Assert.Equal("Not added: 1 room is already in a batch.", dialogs.Find(".notice").TextContent);
        await dialogs.TypeAsync("input[type=text]", "Wave 2");
        await dialogs.SubmitAsync();
        await asked;

        notices.WaitForState(() => notices.Markup.Contains("2 rooms added to “Wave 2”. Not added: 1 room is already in a batch.", StringComparison.Ordinal));
        // What was left stays selected, with its reason.
        page.WaitForState(() => page.Find(".selection b").TextContent == "1 selected");
        Assert.Equal("true", page.Find(".selection button[data-key=a]").GetAttribute("aria-disabled"));
        await notices.InvokeAsync(() => notices.Find(".mud-snackbar-content-action button").ClickAsync(new()));
        Assert.EndsWith($"/batches/{wave + 1}?pair={Pair}", context.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exclude_OfSelected_IsUndoneFromTheNotice()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Petra);
        var (dialogs, notices) = (context.RenderDialogs(), context.Render<MudBlazor.MudSnackbarProvider>());
        var page = context.At($"/rooms?pair={Pair}&search=Repo").Render<RoomsPage>();
        page.WaitForElement("tr[data-row]");
        await page.InvokeAsync(() => page.Find("tr[data-row] input").ChangeAsync(new() { Value = true }));
        page.WaitForState(() => Button(page, "Exclude") is not null);
        var asked = page.InvokeAsync(() => Button(page, "Exclude")!.ClickAsync(new()));
        await dialogs.TypeAsync("form textarea", "Unused");
        await dialogs.SubmitAsync();
        await asked;
        page.WaitForState(() => page.Find("tr[data-row]").TextContent.Contains("Excluded", StringComparison.Ordinal));

        var notice = notices.WaitForElement(".mud-snackbar");
        Assert.Equal("polite", notice.GetAttribute("aria-live"));
        await notices.InvokeAsync(() => notices.Find(".mud-snackbar-content-action button").ClickAsync(new()));
        page.WaitForState(() => !page.Find("tr[data-row]").TextContent.Contains("Excluded", StringComparison.Ordinal));
        notices.WaitForState(() => notices.Markup.Contains("Undone", StringComparison.Ordinal));
        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*) from portal.rooms where left_out_at is not null"));
    }

    private static IElement? Button(IRenderedComponent<RoomsPage> page, string text) =>
        page.FindAll(".selection button.action").FirstOrDefault(x => x.TextContent.Contains(text, StringComparison.Ordinal));

    private static void Go(PageContext context, string url) => context.Services.GetRequiredService<NavigationManager>().NavigateTo(url);

    private static List<string> Names(IRenderedComponent<RoomsPage> page) => [.. page.FindAll("tr[data-row] td.t-name a").Select(x => x.TextContent.Trim())];
}
