using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.App;
using MigrationPortal.Freezes;
using MigrationPortal.PoolPairs;
using MigrationPortal.SignIn.Development;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.App;

public sealed class FrameTests
{
    [Fact]
    public async Task Navigation_OnABatch_MarksBatchesAndCountsWhatIsThere()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = PageContext.As(portal, "planner");
        var nav = context.At("/batches/7").Render<SideNav>(x => x.Add(p => p.Pair, null).Add(p => p.Counts, new Dictionary<string, long>(StringComparer.Ordinal) { ["Inbox"] = 5, ["Rooms"] = 52640 }));

        var current = Assert.Single(nav.FindAll("[aria-current=page]"));
        Assert.Equal("/batches", current.GetAttribute("href"));
        Assert.Equal(["Overview", "Inbox", "Rooms", "People", "Batches", "Runs", "Cutover", "Audit log", "Administration"], nav.FindAll("a").Select(x => x.GetAttribute("title")!));
        Assert.Equal("5", nav.Find(".hot").TextContent);
    }

    [Fact]
    public async Task PersonMenu_Opened_HasLanguagesAppearanceAndSignOut()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = PageContext.As(portal, "planner");
        var popovers = context.RenderPopovers();
        var menu = context.At("/rooms").Render<PersonMenu>();
        menu.WaitForState(() => menu.Markup.Contains("Planner", StringComparison.Ordinal));

        await menu.InvokeAsync(() => menu.Find("button").ClickAsync());
        popovers.WaitForElement("form[action='/signout']");
        Assert.Equal(["English", "español", "Deutsch"], popovers.FindAll("[lang]").Select(x => x.TextContent), StringComparer.OrdinalIgnoreCase);
        Assert.Equal("true", popovers.Find("[lang=en]").GetAttribute("aria-checked"));
        Assert.Equal(["light", "dark", "system"], popovers.FindAll("[data-theme-choice-of]").Select(x => x.GetAttribute("data-theme-choice-of")!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ScanAge_OfAPairWithoutScan_SaysSoOnceItIsRead(bool isInteractive)
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = PageContext.As(portal, "planner");
        context.SetRendererInfo(new RendererInfo(isInteractive ? "Server" : "Static", isInteractive));

        var age = context.Render<ScanAge>(x => x.Add(p => p.Pair, Pair()));

        if (isInteractive)
            age.WaitForState(() => age.Markup.Contains("Not scanned yet", StringComparison.Ordinal));
        else
            Assert.Equal("", age.Markup.Trim());
    }

    [Fact]
    public async Task Links_OfTheFrameWithAPoolPair_KeepIt()
    {
        await using var portal = await PortalApp.StartAsync();
        await using (var db = portal.Database.OpenPortal())
        {
            // Who never signed in has no bell.
            db.Add(BatchWorld.Known(Persona.Find("planner")!.ToCaller()));
            await db.SaveChangesAsync();
        }

        await portal.Database.ExecuteAsync("update portal.freezes set is_frozen = true, by = 'olga', at = now(), reason = 'storage' where scope = '*'");
        var pair = Pair();
        await using var context = PageContext.As(portal, "planner");
        var popovers = context.RenderPopovers();
        var bar = context.At("/rooms?pair=contoso").Render<TopBar>(x => x.Add(p => p.Pairs, [pair]).Add(p => p.Pair, pair));
        await OpensAsync(".person button", "/me?pair=contoso");
        await OpensAsync(".bell button", "/notifications?pair=contoso", "/me/notifications?pair=contoso");
        var banner = context.Render<FreezeBanner>(x => x.Add(p => p.Pair, pair));
        Assert.Equal("/administration/freeze?pair=contoso", banner.WaitForElement(".banner a").GetAttribute("href"));

        async Task OpensAsync(string menu, params string[] links)
        {
            bar.WaitForElement(menu);
            await bar.InvokeAsync(() => bar.Find(menu).ClickAsync());
            popovers.WaitForState(() => links.All(link => popovers.FindComponents<MudBlazor.MudMenuItem>().Any(x => x.Instance.Href == link)));
        }
    }

    [Fact]
    [Shows<KeysDialog>(PartState.Filled)]
    public async Task Keys_Dialog_NamesEachKeyWithWhatItDoes()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = PageContext.As(portal, "viewer");
        var keys = context.Render<KeysDialog>();
        Assert.All(keys.FindAll("dd"), x => Assert.NotEmpty(x.TextContent));
        Assert.Contains("j", keys.FindAll("kbd").Select(x => x.TextContent));
    }

    [Fact]
    public async Task MenuButton_BeforeTheWidthIsKnown_WaitsAndDoesNothing()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = PageContext.As(portal, "planner");
        var presses = 0;
        var bar = context.At("/rooms").Render<TopBar>(x => x.Add(p => p.Pairs, []).Add(p => p.Pair, null).Add(p => p.OnMenu, () => presses++));
        await bar.InvokeAsync(() => bar.Find(".burger").ClickAsync());
        Assert.Equal(("true", 0), (bar.Find(".burger").GetAttribute("aria-disabled"), presses));

        bar.Render(x => x.Add(p => p.IsMenuReady, true));
        await bar.InvokeAsync(() => bar.Find(".burger").ClickAsync());
        Assert.Equal((null, 1), (bar.Find(".burger").GetAttribute("aria-disabled"), presses));
    }

    [Fact]
    public async Task PoolPair_BeforePairsAreRead_IsNotSaidToBeMissing()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var context = PageContext.As(portal, "planner");
        var pair = context.At("/rooms").Render<PairSwitch>(x => x.Add(p => p.Pairs, null).Add(p => p.Pair, null));
        Assert.Equal("", pair.Find(".pair").TextContent.Trim());
        pair.Render(x => x.Add(p => p.Pairs, []));
        Assert.Equal("No pool pair", pair.Find(".pair").TextContent);
    }

    [Fact]
    public async Task Find_APageByItsName_LeadsThere()
    {
        await using var portal = await PortalApp.StartAsync();
        await using var scope = portal.Services.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<FindQueries>().FindAsync(null, "inb", CancellationToken.None);
        Assert.Equal([new Found("Inbox", "Page", "/inbox")], found);
    }

    private static PoolPair Pair() =>
        new() { Id = "contoso", Name = "Contoso", LegacyName = "LYNC10", NewName = "PC01", LegacyProduct = "LyncGroupChat2010", NewProduct = "LyncPersistentChat2013" };
}
