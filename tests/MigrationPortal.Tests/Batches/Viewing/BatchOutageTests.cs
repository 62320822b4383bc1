using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Data;
using MigrationPortal.Tests.Shared;
using MudBlazor;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Viewing;

/// <summary>Somebody goes on working on an open batch while the portal's own database is away.</summary>
public sealed class BatchOutageTests
{
    [Theory]
    [InlineData("rooms", "Trading - Rates - Swaps")]
    [InlineData("plan", "named with its path as prefix")]
    [InlineData("gains", "Changes in rights")]
    [InlineData("options", "A topic, which new rooms do not have,")]
    [InlineData("history", "petra submitted the batch")]
    public async Task Tab_OpenedWhileTheDatabaseIsAway_WaitsAndIsShownAfterwards(string tab, string text)
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Swaps");
        await using var context = new PageContext(world.Services, Anna);
        var page = context.At($"/batches/{id}?tab=review&pair={Pair}").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => page.Markup.Contains("What will be written to", StringComparison.Ordinal));

        await world.Database.CloseAsync();
        try
        {
            await page.InvokeAsync(() => context.Services.GetRequiredService<NavigationManager>().NavigateTo($"/batches/{id}?tab={tab}&pair={Pair}"));
            await Eventually.TrueAsync(() => Task.FromResult(world.Get<WaitOut>().IsPortalAway));
            // One that is left while it waits takes nothing with it.
            foreach (var other in new[] { "options", "history", tab })
                await page.InvokeAsync(() => context.Services.GetRequiredService<NavigationManager>().NavigateTo($"/batches/{id}?tab={other}&pair={Pair}"));
        }
        finally
        {
            await world.Database.ReopenAsync();
        }

        page.WaitForState(() => page.Markup.Contains(text, StringComparison.Ordinal));
        Assert.Contains($"tab={tab}", page.Find(".tabs a[aria-current]").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Button_ClickedWhileTheDatabaseIsAway_SaysSoAndWorksAfterwards()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Swaps");
        await using var context = new PageContext(world.Services, Anna);
        var notices = context.Render<MudSnackbarProvider>();
        var page = context.Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForState(() => Approve(page) is not null);

        await world.Database.CloseAsync();
        try
        {
            await page.InvokeAsync(() => Approve(page)!.ClickAsync());
            notices.WaitForState(() => notices.Markup.Contains("This may not have been saved", StringComparison.Ordinal));
            Assert.NotNull(Approve(page));
            await Eventually.TrueAsync(() => Task.FromResult(world.Get<WaitOut>().IsPortalAway));
        }
        finally
        {
            await world.Database.ReopenAsync();
        }

        await Eventually.TrueAsync(() => Task.FromResult(!world.Get<WaitOut>().IsPortalAway));
        await page.InvokeAsync(() => Approve(page)!.ClickAsync());
        page.WaitForState(() => page.Markup.Contains("approved by anna", StringComparison.Ordinal));
    }

    private static AngleSharp.Dom.IElement? Approve(IRenderedComponent<BatchPage> page) => page.FindAll("button.action.p").FirstOrDefault(x => x.TextContent.Trim() == "Approve");
}
