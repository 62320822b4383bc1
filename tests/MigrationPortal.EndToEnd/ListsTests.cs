using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>What a list shows is downloaded, comes back as a batch's rooms, and is saved under a name.</summary>
[Collection(PortalCollection.Name)]
public sealed class ListsTests(RunningPortal portal)
{
    [Fact]
    public async Task Rooms_ExportedAndAddedFromTheFile_AreJudgedRowByRow()
    {
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync("/rooms?comparison=OnlyLegacy");
        await page.SettleAsync();
        await Expect(page.Locator("[data-rows] [data-row]").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Menuitem, new() { Name = "CSV file" }).ClickAsync());
        Assert.Matches("""^rooms-tiny-\d{8}-\d{6}\.csv$""", download.SuggestedFilename);
        var file = Path.GetTempFileName();
        await download.SaveAsAsync(file);
        Assert.StartsWith("Room ID,Room GUID,Comparison", await File.ReadAllTextAsync(file), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Add from CSV" }).ClickAsync();
        // The field is seen before the framework listens to it.
        await page.WaitForFunctionAsync("() => document.querySelector('.mud-dialog input[type=file]')?._blazorInputFileNextFileId === 0");
        await page.Locator(".mud-dialog input[type=file]").SetInputFilesAsync(file);
        await Expect(page.Locator(".mud-dialog .rows tbody tr").First).ToBeVisibleAsync();
        await Expect(page.GetByText("Can be added").First).ToBeVisibleAsync();
        await page.HasNoSeriousFindingAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        File.Delete(file);
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task View_SavedAndShared_ShowsAColleagueTheSameRowsAndColumns()
    {
        var planner = await portal.SignInAsync("planner");
        await planner.GotoAsync("/rooms?comparison=OnlyLegacy&sort=-messages&columns=privacy");
        await planner.SettleAsync();
        await Expect(planner.Locator("[data-rows] [data-row]").First).ToBeVisibleAsync();
        await planner.GetByRole(AriaRole.Button, new() { Name = "Views" }).ClickAsync();
        await planner.GetByRole(AriaRole.Menuitem, new() { Name = "Save view" }).ClickAsync();
        await planner.Locator(".mud-dialog input[type=text]").FillAsync("Largest first");
        await planner.Locator(".mud-dialog input[type=checkbox]").CheckAsync();
        await planner.HasNoSeriousFindingInBothThemesAsync(".mud-dialog");
        await planner.Locator(".mud-dialog button[type=submit]").ClickAsync();
        await Expect(planner.GetByRole(AriaRole.Button, new() { Name = "Views: Largest first" })).ToBeVisibleAsync();

        var viewer = await portal.SignInAsync("viewer");
        await viewer.GotoAsync("/rooms");
        await viewer.SettleAsync();
        await Expect(viewer.Locator("[data-rows] [data-row]").First).ToBeVisibleAsync();
        await viewer.GetByRole(AriaRole.Button, new() { Name = "Views" }).ClickAsync();
        await viewer.GetByRole(AriaRole.Menuitem, new() { Name = "Largest first" }).ClickAsync();
        await Expect(viewer.Locator("thead th", new() { HasText = "Privacy" })).ToBeVisibleAsync();
        await Expect(viewer.Locator("th[aria-sort=descending]")).ToContainTextAsync("Messages");
        await planner.Context.DisposeAsync();
        await viewer.Context.DisposeAsync();
    }
}
