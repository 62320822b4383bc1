using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using MigrationPortal.EndToEnd.SignIn;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>From an empty portal to the first scan, or to the configuration that it needs.</summary>
[Collection(PortalCollection.Name)]
public sealed class FirstRunTests(RunningPortal browsers)
{
    [Fact]
    public async Task FirstRun_ThatKeepsThePair_EndsWithItsRooms()
    {
        await using var portal = await SignInPortal.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Administration:EditPoolPairs"] = "true" });
        var page = await SignInAsync(portal);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Set up", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Rooms" })).ToHaveCountAsync(0);
        await page.HasNoSeriousFindingAsync();
        await page.KeepAsync("first-run-products");
        await FillAsync(page);
        await page.HasNoSeriousFindingAsync();
        await page.KeepAsync("first-run-connections");

        // What was typed, and no password among it, comes back after a reload, and is tested again.
        await page.ReloadAsync();
        await Expect(page.Locator("#legacy-database")).ToHaveValueAsync("sample_tiny_legacy");
        await Expect(page.Locator(".side-new .check").First).ToBeVisibleAsync();
        await ContinueAsync(page, "Continue to file stores", "files");
        await page.HasNoSeriousFindingAsync();
        await ContinueAsync(page, "Continue to options", "options");
        await page.HasNoSeriousFindingAsync();
        await ContinueAsync(page, "Continue to first scan", "scan");
        await page.HasNoSeriousFindingAsync();
        await page.KeepAsync("first-run-scan");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and scan" }).ClickAsync();
        await page.IsAtAsync(@"/\?pair=contoso$");
        await page.GotoAsync("/rooms?pair=contoso");
        await Expect(page.Locator("tr[data-row]").First).ToBeVisibleAsync();
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task FirstRun_ByConfiguration_ShowsTheBlockAndKeepsNothing()
    {
        await using var portal = await SignInPortal.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal));
        var page = await SignInAsync(portal);
        await FillAsync(page);
        await ContinueAsync(page, "Continue to file stores", "files");
        await ContinueAsync(page, "Continue to configuration", "configuration");
        await Expect(page.Locator("#configuration-text")).ToContainTextAsync("\"Product\": \"LyncGroupChat2010\"");
        await page.HasNoSeriousFindingAsync();
        await page.KeepAsync("first-run-configuration");
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        // It says so for two seconds, in which a busy machine may not ask.
        var copied = page.WaitForFunctionAsync("() => [...document.querySelectorAll('button')].some(x => x.innerText.includes('Copied'))");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        await copied;
        Assert.Contains("\"PoolPairs\"", await page.EvaluateAsync<string>("navigator.clipboard.readText()"), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Look for the pair" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "has no pool pair contoso yet" })).ToBeVisibleAsync();
        await page.Context.DisposeAsync();
    }

    private async Task<IPage> SignInAsync(SignInPortal portal)
    {
        var page = await portal.PageAsync(browsers);
        await page.GotoAsync("/signin");
        await page.Locator("button[value=administrator]").ClickAsync();
        await page.IsAtAsync("/setup$");
        await page.SettleAsync();
        return page;
    }

    private async Task FillAsync(IPage page)
    {
        await page.GetByLabel("Name of the pool pair").FillAsync("Contoso");
        await ContinueAsync(page, "Continue to connections", "connections");
        foreach (var side in new[] { "legacy", "new" })
        {
            await page.Locator($"#{side}-provider").SelectOptionAsync("PostgreSql");
            await page.Locator($"#{side}-login").SelectOptionAsync("user");
            await page.Locator($"#{side}-user").FillAsync("portal");
            await page.Locator($"#{side}-server").FillAsync(browsers.Socket);
            await page.Locator($"#{side}-database").FillAsync($"sample_tiny_{side}");
        }

        await Expect(page.Locator(".side-new .check").Filter(new() { HasText = "May write the tables that a run writes" })).ToBeVisibleAsync();
        // As many as the sample has with those that journeys added.
        var rooms = await browsers.SqlAsync("sample_tiny_legacy", "select count(*) from tblnode where not nodetype");
        await Expect(page.Locator(".side-legacy .check").Filter(new() { HasText = $"{rooms} rooms" })).ToBeVisibleAsync();
    }

    private static async Task ContinueAsync(IPage page, string button, string step)
    {
        var next = page.GetByRole(AriaRole.Button, new() { Name = button });
        await Expect(next).Not.ToHaveAttributeAsync("aria-disabled", "true");
        await next.ClickAsync();
        await page.IsAtAsync($@"/setup\?step={step}$");
    }
}
