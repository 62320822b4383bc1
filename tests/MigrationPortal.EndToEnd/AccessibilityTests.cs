using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;

namespace MigrationPortal.EndToEnd;

/// <summary>Every page in both themes: no finding of axe that it calls serious or critical, and nothing in the browser's console.</summary>
[Collection(PortalCollection.Name)]
public sealed class AccessibilityTests(RunningPortal portal)
{
    private static readonly string[] _pages =
    [
        "/", "/rooms", "/rooms/1", "/rooms/1?tab=people", "/rooms/1?tab=messages", "/rooms/1?tab=comments", "/rooms/1?tab=history",
        "/people", "/batches", "/batches?view=board", "/inbox", "/runs", "/cutover", "/audit",
        "/administration", "/administration?tab=options", "/administration?tab=approvals", "/administration?tab=windows", "/administration?tab=limits", "/administration?tab=history",
        "/administration/roles", "/administration/sessions", "/administration/freeze", "/administration/jobs", "/administration/windows", "/administration/about", "/administration/mail", "/administration/webhooks",
        "/notifications", "/me/notifications", "/me",
    ];

    // What others read there, or are refused, has fields, buttons and rows for an administrator.
    private static readonly string[] _pagesOfAdministrators =
    [
        "/administration?tab=options", "/administration?tab=approvals", "/administration?tab=limits", "/administration/freeze", "/administration/roles", "/administration/sessions",
    ];

    [Fact]
    public async Task Pages_OpenedOneAfterTheOther_HaveNoSeriousFindingInEitherTheme()
    {
        using var api = portal.Api("planner");
        var person = (await portal.GetAsync(api, "/api/v1/pool-pairs/tiny/principals?take=1")).GetProperty("items")[0].GetProperty("guid").GetString();
        Axe.IsNothing([.. await WalkAsync("auditor", [.. _pages, $"/people/{person}?tab=account"]), .. await WalkAsync("administrator", _pagesOfAdministrators)]);
    }

    // In one browser: scripts and fonts are fetched and compiled once.
    private async Task<IReadOnlyList<string>> WalkAsync(string persona, string[] pages)
    {
        var page = await portal.SignInAsync(persona);
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Add($"{page.Url}: {message.Text}");
        };

        var found = new List<string>();
        foreach (var url in pages)
        {
            await page.GotoAsync(url);
            found.AddRange(await page.FindSeriousInBothThemesAsync());
            await page.KeepAsync($"{persona}-{url.Trim('/').Replace('/', '-').Replace('?', '-')}");
        }

        await page.Context.DisposeAsync();
        return [.. found.Concat(errors).Select(x => $"As {persona}, {x}")];
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Open_SignInPage_HasNoSeriousFinding(ColorScheme scheme)
    {
        await using var context = await portal.Browser.OpenAsync(new() { BaseURL = portal.Address, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/signin");

        Axe.IsNothing(await page.FindSeriousAsync());
        await page.KeepAsync($"signin-{scheme}");
    }
}
