using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;

namespace MigrationPortal.EndToEnd;

/// <summary>Every page in both themes: no finding of axe that it calls serious or critical, and nothing in the browser's console.</summary>
[Collection(PortalCollection.Name)]
public sealed class AccessibilityTests(RunningPortal portal)
{
    public static TheoryData<string> Pages { get; } =
    [
        "/", "/rooms", "/rooms/1", "/rooms/1?tab=people", "/rooms/1?tab=messages", "/rooms/1?tab=comments",
        "/people", "/batches", "/batches?view=board", "/inbox", "/runs", "/cutover", "/audit",
        "/administration", "/administration?tab=options", "/administration?tab=approvals", "/administration?tab=windows", "/administration?tab=limits", "/administration?tab=history",
        "/administration/roles", "/administration/sessions", "/administration/freeze", "/administration/jobs", "/administration/windows", "/administration/about", "/administration/mail", "/administration/webhooks",
        "/notifications", "/me/notifications", "/me",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Open_Page_HasNoSeriousFindingInEitherTheme(string url)
    {
        var page = await portal.SignInAsync("auditor");
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Add(message.Text);
        };

        await page.GotoAsync(url);
        await page.HasNoSeriousFindingInBothThemesAsync();
        Assert.Empty(errors);
        await page.KeepAsync(url.Trim('/').Replace('/', '-').Replace('?', '-'));
        await page.Context.DisposeAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Open_SignInPage_HasNoSeriousFinding(ColorScheme scheme)
    {
        await using var context = await portal.Browser.NewContextAsync(new() { BaseURL = portal.Address, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/signin");

        var result = await page.RunAxe();

        Assert.DoesNotContain(result.Violations, v => v.Impact is "serious" or "critical");
        await page.KeepAsync($"signin-{scheme}");
    }
}
