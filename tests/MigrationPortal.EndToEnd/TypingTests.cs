using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Shared;
using static Microsoft.Playwright.Assertions;

namespace MigrationPortal.EndToEnd;

/// <summary>Nobody's letters are lost on a slow line: what the portal answers to one key arrives when more have been pressed.</summary>
[Collection(PortalCollection.Name)]
public sealed class TypingTests(RunningPortal portal)
{
    [Fact]
    public async Task Comment_TypedBeforeTheFirstKeyIsAnswered_KeepsEachLetter()
    {
        using var api = portal.Api("planner");
        await using var batch = await portal.MovableBatchAsync(api, "Typed on a slow line");
        var page = await portal.SignInAsync("planner");
        await KeepsEachLetterAsync(page, $"/batches/{batch.Id}", "#comment[data-live]", HoldAsync);
    }

    [Fact]
    public async Task Field_TypedBeforeTheFirstKeyIsAnswered_KeepsEachLetter()
    {
        var page = await portal.SignInAsync("auditor");
        await KeepsEachLetterAsync(page, "/me", "input[name=label]", HoldAsync);
    }

    [Theory]
    [InlineData("/rooms")]
    [InlineData("/people")]
    [InlineData("/batches")]
    public async Task Search_TypedWhileTheAddressFollows_KeepsEachLetter(string url)
    {
        var page = await portal.SignInAsync("planner");
        await KeepsEachLetterAsync(page, url, "main input.find", circuit => circuit.HoldAfterAsync("search=d"));
    }

    private static Task HoldAsync(HeldCircuit circuit)
    {
        circuit.HoldToPage();
        return Task.CompletedTask;
    }

    /// <param name="hold">Begins to hold back what the portal sends, by the first key at the latest.</param>
    private static async Task KeepsEachLetterAsync(IPage page, string url, string selector, Func<HeldCircuit, Task> hold)
    {
        var circuit = await HeldCircuit.OfAsync(page);
        await page.GotoAsync(url);
        await page.SettleAsync();
        var field = page.Locator(selector);
        await field.FocusAsync();

        var holding = hold(circuit);
        await page.Keyboard.TypeAsync("d");
        await holding;
        await circuit.HasHeldAsync();
        circuit.HoldToPortal();
        await page.Keyboard.TypeAsync("es");
        // The page says when it has drawn what came.
        var drawn = circuit.DrawnAsync();
        circuit.PassToPage();
        await drawn;
        await page.Keyboard.TypeAsync("k");
        circuit.PassToPortal();

        await Expect(field).ToHaveValueAsync("desk");
        await page.SettleAsync();
        await Expect(field).ToHaveValueAsync("desk");
        await page.Context.DisposeAsync();
    }
}
