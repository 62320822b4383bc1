using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

[Collection(PortalCollection.Name)]
public sealed class FrameTests(RunningPortal portal)
{
    /// <summary>The last is what a window of 720 has left at 200 % zoom.</summary>
    [Theory]
    [InlineData(1440)]
    [InlineData(1024)]
    [InlineData(720)]
    [InlineData(390)]
    [InlineData(360)]
    public async Task PersonMenu_AtAnyWidth_IsInReachAndThePageFits(int width)
    {
        var page = await portal.SignInAsync("planner", width: width);
        await page.GotoAsync("/rooms");
        await page.SettleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollHeight - innerHeight"));

        await page.Locator(".person button").ClickAsync();
        var leave = page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" });
        await Expect(leave).ToBeInViewportAsync();
        await page.KeepAsync($"frame-{width}");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task PersonMenu_WithTheKeyboardAlone_ReachesEachItemAndSignsOut()
    {
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync("/rooms");
        await page.SettleAsync();
        await page.Locator(".person button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var items = page.Locator(".person-sheet [role^=menuitem]");
        await Expect(page.Locator(".person-sheet [role^=menuitem]:focus")).ToHaveCountAsync(1);

        await page.Keyboard.PressAsync("Home");
        foreach (var item in await items.AllAsync())
        {
            await Expect(item).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await Expect(items.First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("dialog[open]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.Locator(".person button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".person-sheet [role^=menuitem]:focus")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("Enter");
        await page.IsAtAsync("/signin");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Link_FollowedBeforeTheCircuitIsUp_OpensItsPage()
    {
        var page = await portal.SignInAsync("viewer");
        // The circuit is asked for with the address of the first page; what it draws comes once the person is on the next.
        var circuit = await HeldCircuit.OfAsync(page);
        var asked = circuit.HoldAfterAsync("StartCircuit");
        await page.GotoAsync("/");
        await asked;
        await page.GetByRole(AriaRole.Link, new() { Name = "Rooms" }).First.ClickAsync();
        await page.IsAtAsync("/rooms");
        circuit.PassToPage();
        await Expect(page.Locator("tr[data-row]").First).ToBeVisibleAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Rooms");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Page_ReachedWithoutLoading_HasItsNameInTheTitleOfTheWindow()
    {
        var page = await portal.SignInAsync("viewer");
        await page.GotoAsync("/");
        await page.SettleAsync();
        await Expect(page).ToHaveTitleAsync("Migration status · MigrationPortal");
        await page.GetByRole(AriaRole.Link, new() { Name = "Rooms" }).First.ClickAsync();
        await Expect(page).ToHaveTitleAsync("Rooms · MigrationPortal");
        await page.GoBackAsync();
        await Expect(page).ToHaveTitleAsync("Migration status · MigrationPortal");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Title_DrawnAnewWhileItHasTheFocus_KeepsIt()
    {
        var page = await portal.SignInAsync("viewer");
        await page.GotoAsync("/rooms/1");
        await page.SettleAsync();
        await page.Locator("main h1").FocusAsync();

        // As it happens where a page was read after its title had the focus.
        await page.EvaluateAsync("() => { const title = document.querySelector('main h1'); title.replaceWith(title.cloneNode(true)); }");

        await Expect(page.Locator("main h1")).ToBeFocusedAsync();
        // Whoever has gone on is not led back.
        await page.Locator(".find input").FocusAsync();
        await page.EvaluateAsync("() => { document.activeElement.blur(); const title = document.querySelector('main h1'); title.replaceWith(title.cloneNode(true)); }");
        Assert.Equal("BODY", await page.EvaluateAsync<string>("() => new Promise(done => requestAnimationFrame(() => done(document.activeElement.tagName)))"));
    }

    [Fact]
    public async Task Network_Gone_IsSaidAndTakenBackWhenItReturns()
    {
        var page = await portal.SignInAsync("viewer");
        await page.GotoAsync("/");
        await page.SettleAsync();
        await Expect(page.Locator(".top .live")).ToBeVisibleAsync();
        await page.Context.SetOfflineAsync(true);
        await Expect(page.Locator(".top .lost")).ToBeVisibleAsync();
        await Expect(page.Locator(".circuit-banner")).ToContainTextAsync("Disconnected since");
        await page.Context.SetOfflineAsync(false);
        await Expect(page.Locator(".top .live")).ToBeVisibleAsync();
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Navigation_InANarrowWindow_OpensByItsButtonAndClosesWithThePage()
    {
        var page = await portal.SignInAsync("viewer", width: 720);
        await page.GotoAsync("/");
        await page.SettleAsync();
        var batches = page.GetByRole(AriaRole.Link, new() { Name = "Batches" });
        await Expect(batches).Not.ToBeInViewportAsync();
        await Ready(page).ClickAsync();
        await batches.ClickAsync();
        await page.IsAtAsync("/batches");
        await Expect(batches).Not.ToBeInViewportAsync();
        await page.Context.DisposeAsync();
    }

    private static ILocator Ready(IPage page) => page.Locator(".burger:not([aria-disabled])");
}
