using Bunit;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Reviews;

public sealed class PolicyPageTests
{
    [Fact]
    public async Task Page_BeforeTheCircuit_ShowsRowsThatWait()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera, isInteractive: false);
        Assert.NotEmpty(context.Render<PolicyPage>().FindAll("[aria-busy=true] .skeleton"));
    }

    [Fact]
    public async Task Page_ForAViewer_ShowsThePolicyAndWhoMayChangeIt()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/administration/approvals?pair={Pair}").Render<PolicyPage>();
        var save = page.WaitForElement("button.action.p");
        Assert.Equal("true", save.GetAttribute("aria-disabled"));
        Assert.Contains("administrators", save.GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_WithoutAReason_SaysThatOneIsNeeded()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, PolicyWorld.Ada);
        var page = context.At($"/administration/approvals?pair={Pair}").Render<PolicyPage>();
        await page.WaitForElement("button.action.p:not(.off)").ClickAsync(new());
        page.WaitForElement(".mud-input-error");
    }

    [Fact]
    public async Task Page_WithAnOlderVersion_NamesItAndItsReason()
    {
        await using var world = await StartAsync();
        await world.SetAsync(new ReviewPolicy { Approvals = 2 });
        await using var context = new PageContext(world.Services, PolicyWorld.Ada);
        var page = context.At($"/administration/approvals?pair={Pair}").Render<PolicyPage>();
        page.WaitForState(() => page.Markup.Contains("because of the audit", StringComparison.Ordinal));
    }
}
