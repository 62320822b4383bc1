using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd.Shared;

/// <summary>What people do on pages in more than one journey.</summary>
internal static partial class PageSteps
{
    /// <summary>Waits until the page's address matches. The browser is asked again and again: WaitForURLAsync looks and then listens, and never hears of what came in between (microsoft/playwright-dotnet#3364).</summary>
    public static Task IsAtAsync(this IPage page, [StringSyntax(StringSyntaxAttribute.Regex)] string address) =>
        Expect(page).ToHaveURLAsync(new Regex(address, RegexOptions.None, TimeSpan.FromSeconds(1)));

    /// <summary>From the list of rooms to the new batch's page, whose address it gives.</summary>
    public static async Task<string> CreateBatchAsync(this IPage planner, string room, string name)
    {
        await planner.GotoAsync($"/rooms?comparison=OnlyLegacy&search={Uri.EscapeDataString(room)}");
        await planner.GetByLabel($"Select {room}").First.CheckAsync();
        await planner.GetByRole(AriaRole.Button, new() { NameRegex = AddToBatch() }).ClickAsync();
        await planner.Locator(".mud-dialog input").FillAsync(name);
        await planner.GetByRole(AriaRole.Button, new() { Name = "Create batch" }).ClickAsync();
        var link = planner.Locator("td.edge a", new() { HasText = name }).First;
        await Expect(link).ToBeVisibleAsync();
        await link.ClickAsync();
        await planner.IsAtAsync("//[^/]+/batches/");
        return new Uri(planner.Url).PathAndQuery;
    }

    /// <summary>Each rule's warnings, with a reason; then the plan can be submitted.</summary>
    public static async Task AcknowledgeAllAsync(this IPage planner, string reason)
    {
        await Expect(planner.Locator("#findings")).ToBeVisibleAsync();
        // How many there are is known once the page is not reading any more.
        await planner.WaitForFunctionAsync("() => !document.querySelector('.is-waiting, [aria-busy=true]')");
        var open = planner.Locator("#findings .open");
        for (var left = await open.CountAsync(); left > 0; left--)
        {
            await planner.GetByRole(AriaRole.Button, new() { Name = "Acknowledge…" }).First.ClickAsync();
            await planner.Locator(".mud-dialog textarea:visible").First.FillAsync(reason);
            await planner.ConfirmAsync();
            await Expect(open).ToHaveCountAsync(left - 1);
        }
    }

    public static async Task SubmitAsync(this IPage planner)
    {
        var submit = planner.GetByRole(AriaRole.Button, new() { Name = "Submit for review" });
        await Expect(submit).ToBeEnabledAsync();
        await submit.ClickAsync();
        await Expect(planner.GetByText("outstanding").First).ToBeVisibleAsync();
    }

    /// <summary>A dialog says in one sentence what will happen; its last button does it.</summary>
    public static async Task ConfirmAsync(this IPage page) => await page.Locator(".mud-dialog button[type=submit]").Last.ClickAsync();

    /// <param name="account">Of somebody who can read the batch.</param>
    public static async Task CommentOnBatchAsync(this IPage page, string text, string name, string account)
    {
        await page.Locator("#comment[data-live]").FillAsync(text);
        await page.Locator("#comments").GetByRole(AriaRole.Button, new() { Name = "Mention" }).ClickAsync();
        await page.Locator("input[aria-label='Person to mention']").FillAsync(account);
        await page.Locator(".mud-popover-open .mud-list-item").Filter(new() { HasTextRegex = new Regex($@"^\s*{name}\s+{account}\s*$", RegexOptions.None, TimeSpan.FromSeconds(1)) }).ClickAsync();
        await Expect(page.Locator("#comment")).ToHaveValueAsync(new Regex(@"\(person:\d+\) $", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.Locator("#comment").PressAsync("Control+Enter");
        await Expect(page.Locator("#comments .mention").First).ToBeVisibleAsync();
    }

    [GeneratedRegex("^Add .* to a batch", RegexOptions.None, 1000)]
    private static partial Regex AddToBatch();
}
