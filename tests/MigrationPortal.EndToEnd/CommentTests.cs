using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>Two people talk about a batch: who is mentioned hears of it on whatever page they are.</summary>
[Collection(PortalCollection.Name)]
public sealed class CommentTests(RunningPortal portal)
{
    [Fact]
    public async Task Comment_WithAMention_RingsTheOthersBellAndLeadsToTheThread()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Discussed");
        var approver = await portal.SignInAsync("approver");
        await approver.GotoAsync("/rooms");
        await Expect(approver.Locator(".bell button")).ToBeVisibleAsync();

        var planner = await portal.SignInAsync("planner");
        await planner.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"/batches/{batch.Id}"));
        await planner.CommentOnBatchAsync("Please look at this,", "Approver", "approver");
        await planner.HasNoSeriousFindingAsync();

        // Nothing was reloaded there.
        await Expect(approver.Locator(".bell-count")).ToBeVisibleAsync();
        await approver.Locator(".bell button").ClickAsync();
        var item = approver.Locator(".bell-sheet .unread").Filter(new() { HasText = "mentioned you" }).Filter(new() { HasText = "Discussed" });
        await Expect(item).ToHaveCountAsync(1);
        await approver.HasNoSeriousFindingAsync();
        await item.ClickAsync();
        await Expect(approver).ToHaveURLAsync(Pattern($@"/batches/{batch.Id}\?thread=\d+"));
        await Expect(approver.Locator("#comments .thread")).ToContainTextAsync("Please look at this");

        await approver.Locator("#comments .thread").GetByRole(AriaRole.Button, new() { Name = "Reply" }).ClickAsync();
        var reply = approver.Locator("#comments .thread textarea");
        await reply.FillAsync("Looks **fine**.");
        await reply.SendByKeysAsync();
        await Expect(planner.Locator("#comments .thread .one")).ToHaveCountAsync(2);
        await approver.Locator("#comments .thread").GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await Expect(planner.Locator("#comments details.resolved > summary")).ToHaveTextAsync("1 resolved");

        await planner.GotoAsync("/notifications");
        await Expect(planner.Locator("tr.unread").Filter(new() { HasText = "replied" }).Filter(new() { HasText = "Discussed" })).ToHaveCountAsync(1);
        await planner.HasNoSeriousFindingAsync();
    }

    [Fact]
    public async Task Mention_ChosenByArrowsAndEnter_IsInTheTextAndTheFocusIsBackThere()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Mentioned by keys");
        // Whoever never signed in cannot be mentioned.
        foreach (var persona in new[] { "approver", "approver2" })
            await (await portal.SignInAsync(persona)).Context.DisposeAsync();
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/batches/{batch.Id}");
        var field = page.Locator("#comment[data-live]");
        await field.FillAsync("Please look,");
        await page.Locator("#comments").GetByRole(AriaRole.Button, new() { Name = "Mention" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var asked = page.Locator("input[aria-label='Person to mention']");
        await Expect(asked).ToBeFocusedAsync();
        // At once: a later search would choose its first person again.
        await asked.FillAsync("approver");
        await Expect(page.Locator(".mud-popover-open .mud-list-item")).ToHaveCountAsync(2);
        var chosen = page.Locator(".mud-popover-open .mud-selected-item");
        foreach (var (key, name) in new[] { ("ArrowDown", "Approver 2"), ("ArrowUp", "Approver"), ("ArrowDown", "Approver 2") })
        {
            await page.Keyboard.PressAsync(key);
            await Expect(chosen.Locator("bdi").First).ToHaveTextAsync(name);
        }

        await page.Keyboard.PressAsync("Enter");
        await Expect(field).ToHaveValueAsync(Pattern(@"^Please look, @\[Approver 2\]\(person:\d+\) $"));
        await Expect(field).ToBeFocusedAsync();
        // What is typed next is behind the name.
        await page.Keyboard.TypeAsync("today");
        await Expect(field).ToHaveValueAsync(Pattern(@"\(person:\d+\) today$"));
        await page.Context.DisposeAsync();
    }

    [Theory]
    [InlineData("/me/notifications", "viewer")]
    [InlineData("/administration/mail", "administrator")]
    [InlineData("/administration/webhooks", "administrator")]
    public async Task Page_OfNotices_HasNoSeriousFindingInEitherTheme(string url, string persona)
    {
        var page = await portal.SignInAsync(persona);
        await page.GotoAsync(url);
        await page.HasNoSeriousFindingInBothThemesAsync();
        await page.Context.DisposeAsync();
    }

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
}
