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
        await page.WaitForFunctionAsync("() => !document.querySelector('.is-waiting, [aria-busy=true]')");
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollHeight - innerHeight"));

        await page.Locator(".person button").ClickAsync();
        var leave = page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" });
        await Expect(leave).ToBeInViewportAsync();
        await page.KeepAsync($"frame-{width}");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Network_Gone_IsSaidAndTakenBackWhenItReturns()
    {
        var page = await portal.SignInAsync("viewer");
        await page.GotoAsync("/");
        await page.WaitForFunctionAsync("() => !document.querySelector('.is-waiting')");
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
        await page.WaitForFunctionAsync("() => !document.querySelector('.is-waiting')");
        var batches = page.GetByRole(AriaRole.Link, new() { Name = "Batches" });
        await Expect(batches).Not.ToBeInViewportAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open navigation" }).ClickAsync();
        await batches.ClickAsync();
        await page.WaitForURLAsync("**/batches**");
        await Expect(batches).Not.ToBeInViewportAsync();
        await page.Context.DisposeAsync();
    }
}
