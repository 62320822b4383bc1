using Bunit;
using Microsoft.AspNetCore.Components;
using MigrationPortal.App;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.App;

public sealed class MainLayoutTests
{
    [Fact]
    public async Task Page_OfAnotherBatchWhileThatIsRead_ShowsNothingOfTheOneBefore()
    {
        await using var world = await RunWorld.CreateAsync();
        var (first, second) = (await world.ApprovedBatchAsync(ChatWorld.Hall), await world.ApprovedBatchAsync(ChatWorld.General));
        await world.Portal.Database.ExecuteAsync($"update portal.batches set name = 'Second wave' where id = {second}");
        await using var context = PageContext.As(world.Portal, "planner");
        var frame = context.At($"/batches/{first}?pair=contoso").Render<MainLayout>(x => x.Add(p => p.Body, PageOf(first)));
        frame.WaitForState(() => frame.Find("main h1").TextContent.Contains("First wave", StringComparison.Ordinal));
        await using (await HeldTable.HoldAsync(world.Portal.Database, "portal.batches"))
        {
            context.At($"/batches/{second}?pair=contoso");
            frame.Render(x => x.Add(p => p.Body, PageOf(second)));
            Assert.DoesNotContain("First wave", frame.Find("main").TextContent, StringComparison.Ordinal);
        }

        frame.WaitForState(() => frame.Find("main h1").TextContent.Contains("Second wave", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_WhileTheFrameIsRead_BeginsOnce()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = PageContext.As(world.Portal, "planner");
        var begun = 0;
        IRenderedComponent<MainLayout> frame;
        await using (await HeldTable.HoldAsync(world.Portal.Database, "portal.pool_pairs"))
        {
            frame = context.At("/me").Render<MainLayout>(x => x.Add(p => p.Body, Begun(() => begun++)));
            Assert.Equal(1, begun);
        }

        frame.WaitForState(() => frame.FindAll(".side-nav, nav").Count > 0 && frame.Markup.Contains("Contoso", StringComparison.Ordinal));
        Assert.Equal(1, begun);
    }

    private static RenderFragment Begun(Action begun) => builder =>
    {
        builder.OpenComponent<Beginning>(0);
        builder.AddComponentParameter(1, nameof(Beginning.Begun), begun);
        builder.CloseComponent();
    };

    private sealed class Beginning : ComponentBase
    {
        [Parameter] public Action Begun { get; set; } = null!;

        protected override void OnInitialized() => Begun();
    }

    private static RenderFragment PageOf(long batch) => builder =>
    {
        builder.OpenComponent<BatchPage>(0);
        builder.AddComponentParameter(1, nameof(BatchPage.Id), batch);
        builder.CloseComponent();
    };
}
