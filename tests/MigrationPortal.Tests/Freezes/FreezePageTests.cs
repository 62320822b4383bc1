using Bunit;
using MigrationPortal.Freezes;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Freezes;

public sealed class FreezePageTests
{
    private static readonly Caller Olga = new("olga", "olga", new HashSet<Role> { Role.Operator });

    [Fact]
    public async Task Page_BeforeTheCircuit_ShowsRowsThatWait()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera, isInteractive: false);
        Assert.NotEmpty(context.Render<FreezePage>().FindAll("[aria-busy=true] .skeleton"));
    }

    [Fact]
    public async Task Page_ForAViewer_ShowsTheStateAndWhoMayChangeIt()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var page = context.Render<FreezePage>();
        page.WaitForState(() => page.FindAll("button.action").Count == 2);
        Assert.All(page.FindAll("button.action"), x => Assert.Equal("true", x.GetAttribute("aria-disabled")));
        Assert.All(page.FindAll("button.action"), x => Assert.NotEmpty(x.GetAttribute("title")!));
    }

    [Fact]
    public async Task Page_ForAnOperatorOfOnePair_OffersThatPairAlone()
    {
        await using var world = await StartAsync();
        var olga = Caller.Of("olga", "olga", [new Grant(Role.Operator, Pair)]);
        await using var context = new PageContext(world.Services, olga);
        var page = context.Render<FreezePage>();
        page.WaitForState(() => page.FindAll("button.action").Count == 2);
        var buttons = page.FindAll("button.action");
        Assert.Equal(SetFreezeHandler.Refuse(null, olga)!.Message, buttons[0].GetAttribute("title"));
        Assert.Equal(("true", null), (buttons[0].GetAttribute("aria-disabled"), buttons[1].GetAttribute("aria-disabled")));
    }

    [Fact]
    public async Task Banner_OfOnePair_SaysItsName()
    {
        await using var world = await StartAsync();
        Done(await world.Get<SetFreezeHandler>().HandleAsync(new SetFreeze(Pair, IsFrozen: true, "Storage is being replaced"), Olga, world.Get<FreezeQueries>(), CancellationToken.None));
        await using var context = new PageContext(world.Services, Vera);
        var banner = context.Render<FreezeBanner>();
        banner.WaitForAssertion(() => Assert.Equal("Starts are frozen for Contoso", banner.Find(".banner b").TextContent));
    }

    [Fact]
    [Shows<FreezeDialog>(PartState.Filled)]
    public async Task Set_ForOnePair_ShowsReasonAndPersonUntilItIsLifted()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Olga);
        var dialogs = context.RenderDialogs();
        var page = context.Render<FreezePage>();
        page.WaitForState(() => page.FindAll("button.action").Count == 2);
        await AnswerAsync("Freeze starts: Contoso", "Storage is being replaced", "2099-12-24T08:00");
        page.WaitForState(() => page.FindAll("tbody tr")[1].TextContent.Contains("Storage is being replaced", StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains("olga", page.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal));
        Assert.Equal(new DateTimeOffset(2099, 12, 24, 8, 0, 0, TimeSpan.Zero), Assert.Single((await world.Get<FreezeQueries>().FindAsync(CancellationToken.None)).Pairs).Until);
        await AnswerAsync("Lift the freeze for Contoso?", "The storage is there");
        page.WaitForState(() => !page.Markup.Contains("Storage is being replaced", StringComparison.Ordinal));

        async Task AnswerAsync(string title, string reason, string? until = null)
        {
            var asked = page.InvokeAsync(() => page.FindAll("button.action")[1].ClickAsync(new()));
            await dialogs.TypeAsync("form textarea", reason);
            Assert.Equal(title, dialogs.Find(".mud-dialog-title").TextContent.Trim());
            if (until is not null)
            {
                // One that has passed is refused where it was typed.
                await dialogs.TypeAsync("input[type=datetime-local]", "2001-01-01T00:00");
                await dialogs.SubmitAsync();
                dialogs.WaitForState(() => dialogs.Markup.Contains("Enter a time in the future", StringComparison.Ordinal));
                await dialogs.TypeAsync("input[type=datetime-local]", until);
            }

            await dialogs.SubmitAsync();
            await asked;
        }
    }
}
