using Bunit;
using MigrationPortal.PoolPairs;
using MigrationPortal.PoolPairs.Viewing;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using MigrationPortal.Tests.Shared;
using MudBlazor;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.PoolPairs;

/// <summary>The tabs of a pool pair while they load, where they have nothing, and where something is refused.</summary>
public sealed class PairTabsTests
{
    [Fact]
    [Shows<ConnectionsTab>(PartState.Loading, PartState.Empty, PartState.Refused, PartState.Viewer)]
    public async Task Connections_OfAPairThatIsNoLongerConfigured_SayThatNothingIsChecked()
    {
        await using var world = await StartAsync();
        var pair = await PairAsync(world);
        await using var early = new PageContext(world.Services, Vera, isInteractive: false);
        Assert.NotEmpty(early.Render<ConnectionsTab>(x => x.AddCascadingValue(pair)).FindAll(".skeleton"));
        await using var context = new PageContext(world.Services, Vera);
        var tab = context.Render<ConnectionsTab>(x => x.AddCascadingValue(pair));
        tab.WaitForState(() => tab.FindAll(".state").Count == 1);
        Assert.All(tab.FindAll("button.action"), x => Assert.Equal("true", x.GetAttribute("aria-disabled")));
    }

    [Fact]
    [Shows<OptionsTab>(PartState.Refused)]
    public async Task Options_ThatAnotherPersonChanged_AreRefusedWithTheReason()
    {
        await using var world = await StartAsync();
        var pair = await PairAsync(world);
        await using var context = new PageContext(world.Services, PolicyWorld.Ada);
        context.RenderDialogs();
        var tab = context.Render<OptionsTab>(x => x.AddCascadingValue(pair));
        tab.WaitForElement("#option-contoso-CutOff");
        await tab.InvokeAsync(() => tab.Find("#option-contoso-CutOff").InputAsync("the day after"));
        await tab.InvokeAsync(() => tab.Find("form").SubmitAsync());
        tab.WaitForState(() => tab.Find("form [role=alert]").TextContent.Length > 0);
    }

    [Fact]
    [Shows<PairHistoryTab>(PartState.Loading, PartState.Empty)]
    public async Task History_WhileItIsRead_WaitsAndThenSaysThatThereIsNone()
    {
        await using var world = await StartAsync();
        var pair = await PairAsync(world);
        await using var context = new PageContext(world.Services, Vera);
        IRenderedComponent<PairHistoryTab> tab;
        await using (await HeldTable.HoldAsync(world.Database, "portal.audit_entries"))
        {
            tab = context.Render<PairHistoryTab>(x => x.AddCascadingValue(pair));
            Assert.NotEmpty(tab.FindAll("[aria-busy=true] .skeleton"));
        }

        tab.WaitForState(() => tab.FindAll(".skeleton").Count == 0 && tab.FindAll(".state").Count == 1);
    }

    [Fact]
    [Shows<PolicyTab>(PartState.Loading, PartState.Filled, PartState.Viewer)]
    [Shows<PolicyForm>(PartState.Filled, PartState.Viewer)]
    public async Task Approvals_OfAViewer_WaitThenShowAndDoNotChange()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        context.At($"/administration?tab=approvals&pair={Pair}");
        IRenderedComponent<PolicyTab> tab;
        await using (await HeldTable.HoldAsync(world.Database, "portal.review_policies"))
        {
            tab = context.Render<PolicyTab>();
            Assert.NotEmpty(tab.FindAll("[aria-busy=true] .skeleton"));
        }

        tab.WaitForState(() => tab.FindComponents<PolicyForm>().Count == 1);
        Assert.NotEmpty(tab.FindAll("form select, .card table"));
        // What may not be changed can be read and reached, below who may change it.
        Assert.Contains("Only administrators", tab.Find(".settings > .notice").TextContent, StringComparison.Ordinal);
        Assert.True(tab.Find("#policy-approvals").HasAttribute("readonly"));
        Assert.Empty(tab.FindAll(".settings input[disabled], .settings fieldset[disabled]"));
        Assert.Contains("Only administrators", tab.FindAll("button.action")[^1].GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    [Shows<PolicyTab>(PartState.Refused)]
    public async Task Approvals_SavedWithoutAReason_SayThatItIsNeeded()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, PolicyWorld.Ada);
        var tab = context.At($"/administration?tab=approvals&pair={Pair}").Render<PolicyTab>();
        tab.WaitForState(() => tab.FindComponents<PolicyForm>().Count == 1);
        await tab.InvokeAsync(() => tab.FindAll("button.action")[^1].ClickAsync());
        tab.WaitForState(() => tab.FindAll("[aria-invalid=true]").Count == 1);
    }

    [Fact]
    [Shows<PolicyTab>(PartState.Empty)]
    public async Task Approvals_WithoutAPoolPair_SaySo()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var tab = context.At("/administration?tab=approvals&pair=nowhere").Render<PolicyTab>();
        tab.WaitForState(() => tab.FindAll(".state").Count == 1);
    }

    private static async Task<PoolPair> PairAsync(BatchWorld world) => (await world.Get<PoolPairQueries>().FindAsync(Pair, CancellationToken.None))!;
}
