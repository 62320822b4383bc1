using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MigrationPortal.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd.Shared;

/// <summary>What people do on pages in more than one journey.</summary>
internal static partial class PageSteps
{
    /// <summary>Waits until the page's address matches. The browser is asked again and again: WaitForURLAsync looks and then listens, and never hears of what came in between (microsoft/playwright-dotnet#3364).</summary>
    public static Task IsAtAsync(this IPage page, [StringSyntax(StringSyntaxAttribute.Regex)] string address) =>
        Expect(page).ToHaveURLAsync(new Regex(address, RegexOptions.None, TimeSpan.FromSeconds(1)));

    /// <summary>
    /// Waits until the page's circuit has drawn it and nothing is read any more: what is done before that is done to a page that is about to be replaced. The button that
    /// opened a dialog is busy until that closes.
    /// </summary>
    public static Task SettleAsync(this IPage page) => page.WaitForFunctionAsync("""
        () => document.title && document.querySelector("main h1") && !document.querySelector(".frame.is-waiting")
          && !(document.querySelector(".mud-dialog") ?? document).querySelector("[aria-busy=true]")
        """);

    /// <summary>Listens from now on for the page to load itself again, as it does when the portal is back; to be awaited once it was started again.</summary>
    public static Task LoadsAgainAsync(this IPage page) => page.WaitForRequestAsync(x => x.IsNavigationRequest, new() { Timeout = 3 * OpenedPages.PatienceMilliseconds });

    /// <summary>Waits until a draft has the text, in the browser or in the portal: the circuit gives what no single field holds to the browser a moment after it is drawn.</summary>
    public static Task HasDraftAsync(this IPage page, string text) => page.AnswersYesAsync("""
        async text => {
          const texts = Object.keys(localStorage).filter(x => x.startsWith("draft:")).map(x => JSON.parse(localStorage[x]).text ?? "");
          const { items } = await (await fetch("/api/v1/drafts")).json();
          return [...texts, ...items.map(x => x.text)].some(x => x.includes(text));
        }
        """, text);

    /// <summary>Waits until the promise that the function returns is kept with true: to WaitForFunctionAsync any promise is true.</summary>
    public static Task AnswersYesAsync(this IPage page, string function, object argument) => Eventually.TrueAsync(() => page.EvaluateAsync<bool>(function, argument));

    /// <summary>Waits until the tab has what is selected in a list, which is told to it a moment after it is drawn.</summary>
    /// <param name="written">As its ids are written: two of them have a comma or a plus.</param>
    public static Task HasSelectionAsync(this IPage page, [StringSyntax(StringSyntaxAttribute.Regex)] string written) =>
        page.WaitForFunctionAsync("written => Object.entries(sessionStorage).some(([name, ids]) => name.endsWith(':selection') && new RegExp(written).test(ids))", written);

    /// <summary>Closes the dialog by its key, once it hears keys: it has the focus and the library's listener a moment after it is seen.</summary>
    public static async Task CloseByEscapeAsync(this IPage page)
    {
        await page.WaitForFunctionAsync("() => document.activeElement.closest('.mud-dialog')?.closest('.mud-dialog-container').mudKeyInterceptor");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".mud-dialog")).ToHaveCountAsync(0);
    }

    /// <summary>Ctrl+Enter in the field, once the portal has its text: the key presses a button that is off until then.</summary>
    public static async Task SendByKeysAsync(this ILocator field)
    {
        await Expect(field.Locator("xpath=ancestor::*[@data-sends][1]").Locator(".send")).Not.ToHaveAttributeAsync("aria-disabled", "true");
        await field.FocusAsync();
        await field.Page.Keyboard.PressAsync("Control+Enter");
    }

    /// <summary>From the list of rooms to the new batch's page, whose address it gives.</summary>
    public static async Task<string> CreateBatchAsync(this IPage planner, string room, string name)
    {
        await planner.GotoAsync($"/rooms?comparison=OnlyLegacy&search={Uri.EscapeDataString(room)}");
        await planner.SettleAsync();
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
        await planner.SettleAsync();
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

    /// <summary>Writes the text with the name of somebody who can read the batch behind it, and sends it.</summary>
    public static async Task CommentOnBatchAsync(this IPage page, string text, string name, string account)
    {
        var field = page.Locator("#comment[data-live]");
        await field.FillAsync(text);
        await page.Locator("#comments").GetByRole(AriaRole.Button, new() { Name = "Mention" }).ClickAsync();
        await page.Locator("input[aria-label='Person to mention']").FillAsync(account);
        // The list of everybody comes first: under the pointer it would give way to those whom the search finds.
        await page.WaitForFunctionAsync("account => { const all = [...document.querySelectorAll('.mud-popover-open .mud-list-item')]; return all.length > 0 && all.every(x => x.textContent.toLowerCase().includes(account)); }", account);
        await page.Locator(".mud-popover-open .mud-list-item").Filter(new() { HasTextRegex = new Regex($@"^\s*{name}\s+{account}\s*$", RegexOptions.None, TimeSpan.FromSeconds(1)) }).ClickAsync();
        await Expect(field).ToHaveValueAsync(new Regex($@"^{Regex.Escape(text)} @\[{name}\]\(person:\d+\) $", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await field.SendByKeysAsync();
        await Expect(page.Locator("#comments .mention").First).ToHaveTextAsync($"@{name}");
    }

    [GeneratedRegex("^Add .* to a batch", RegexOptions.None, 1000)]
    private static partial Regex AddToBatch();
}
