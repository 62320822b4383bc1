using System.Text;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>What the browser adds: a tint on what changed, what is on paper, and the focus in the first wrong field.</summary>
[Collection(PortalCollection.Name)]
public sealed class BrowserPartsTests(RunningPortal portal)
{
    private const string Closed = "[data-prints] .mud-expand-panel-header:has(.mud-expand-panel-icon:not(.mud-transform))";

    [Theory]
    [InlineData(ReducedMotion.NoPreference)]
    [InlineData(ReducedMotion.Reduce)]
    public async Task List_WhoseCellChanges_TintsThatCellUnlessMotionIsReduced(ReducedMotion motion)
    {
        using var planner = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(planner, $"Tinted {motion}");
        var page = await portal.SignInAsync("viewer");
        await page.EmulateMediaAsync(new() { ReducedMotion = motion });
        await page.GotoAsync("/batches");
        await Expect(page.Locator(".grid tbody td", new() { HasText = $"Tinted {motion}" })).ToBeVisibleAsync();
        await page.SettleAsync();
        await page.EvaluateAsync("""
            () => {
              window.tinted = [];
              const animate = Element.prototype.animate;
              Element.prototype.animate = function (...args) { if (this.matches(".grid tbody td")) window.tinted.push(this.textContent); return animate.apply(this, args); };
            }
            """);

        using var body = new StringContent($$"""{"name":"Renamed {{motion}}"}""", Encoding.UTF8, "application/json");
        using var answer = await planner.PatchAsync($"/api/v1/batches/{batch.Id}", body);
        Assert.True(answer.IsSuccessStatusCode);
        await Expect(page.Locator(".grid tbody td", new() { HasText = $"Renamed {motion}" })).ToBeVisibleAsync();

        var tinted = await page.EvaluateAsync<string[]>("window.tinted");
        Assert.Equal(motion == ReducedMotion.NoPreference, tinted.Any(x => x.Contains($"Renamed {motion}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Verification_Printed_OpensItsClosedPanelsFirst()
    {
        var (id, room) = await portal.ApprovedBatchAsync("On paper");
        using var api = portal.Api("operator");
        await portal.RunAsync(api, id);
        var page = await portal.SignInAsync("viewer");
        await page.GotoAsync($"/batches/{id}?tab=verification");
        await Expect(page.Locator(Closed).First).ToBeVisibleAsync();
        await page.SettleAsync();
        await page.EvaluateAsync("closed => { window.print = () => { window.closed = document.querySelectorAll(closed).length; }; }", Closed);

        await page.Locator("[data-print]").ClickAsync();
        await page.WaitForFunctionAsync("() => window.closed !== undefined");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal(0, await page.EvaluateAsync<int>("window.closed"));
        await Expect(page.Locator("[data-prints] .lines li").Filter(new() { HasText = room }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Findings_Printed_AreReadAndOpenedFirst()
    {
        var (id, _) = await portal.ApprovedBatchAsync("Findings on paper");
        var page = await portal.SignInAsync("viewer");
        await page.GotoAsync($"/batches/{id}?tab=review");
        await Expect(page.Locator("#findings details").First).ToBeVisibleAsync();
        await page.SettleAsync();
        await page.EvaluateAsync("() => { window.print = () => { window.unread = document.querySelectorAll('#findings [data-unread]').length; }; }");
        Assert.NotEqual(0, await page.Locator("#findings [data-unread]").CountAsync());

        await page.Locator("[data-print]").ClickAsync();
        await page.WaitForFunctionAsync("() => window.unread !== undefined");

        Assert.Equal(0, await page.EvaluateAsync<int>("window.unread"));
        await Expect(page.Locator("#findings details[open] .found li").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Rooms_OfABatchPrinted_HaveTheWidthOfBoxesAndButtons_AndNoFormBelow()
    {
        using var planner = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(planner, "Rooms on paper");
        var page = await portal.SignInAsync("planner");
        await page.GotoAsync($"/batches/{batch.Id}?tab=rooms");
        await Expect(page.Locator(".rooms tr[data-row]")).ToHaveCountAsync(1);
        await page.SettleAsync();

        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(page.Locator("#comments")).ToBeHiddenAsync();
        Assert.Equal(0, await page.EvaluateAsync<double>("[...document.querySelector('.rooms tr[data-row]').cells].filter(x => x.matches('.t-box, .acts')).reduce((sum, x) => sum + x.offsetWidth, 0)"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Form_ThatIsRefused_FocusesItsFirstWrongField(bool isLate)
    {
        var page = await portal.SignInAsync("operator");
        // The second that the page waits is over before the answer comes, as it is where a portal is slow.
        if (isLate)
            await page.AddInitScriptAsync("const real = setTimeout; window.setTimeout = (act, pause, ...more) => real(act, pause === 1000 ? 0 : pause, ...more);");
        await page.GotoAsync("/cutover");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan cutover…" }).Or(page.GetByRole(AriaRole.Button, new() { Name = "Change…" })).First.ClickAsync();
        await page.Locator(".mud-dialog input").Nth(0).FillAsync("2030-01-05T22:00");
        await page.Locator(".mud-dialog input").Nth(1).FillAsync("2030-01-05T21:00");
        await page.Locator(".mud-dialog button[type=submit]").ClickAsync();

        await Expect(page.Locator(".mud-dialog input").Nth(1)).ToBeFocusedAsync();
        await Expect(page.Locator(".mud-dialog input").Nth(1)).ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Fact]
    public async Task Decision_WithoutTheCommentThatItNeeds_FocusesIt()
    {
        using var planner = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(planner, "Sent back without a word");
        await portal.PostAsync(planner, $"/api/v1/batches/{batch.Id}/submit", """{"acknowledgeWarnings":true}""");
        var page = await portal.SignInAsync("approver");
        await page.GotoAsync($"/batches/{batch.Id}?tab=review");
        await page.SettleAsync();

        // Not the primary button of its card.
        await page.GetByRole(AriaRole.Button, new() { Name = "Send back" }).ClickAsync();

        await Expect(page.Locator("#decision")).ToBeFocusedAsync();
        await Expect(page.Locator("#decision")).ToHaveAttributeAsync("aria-invalid", "true");
    }
}
