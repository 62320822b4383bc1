using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Batches.Viewing.BatchOptions;
using MigrationPortal.Batches.Viewing.BatchRooms;
using MigrationPortal.Batches.Viewing.Deciding;
using MigrationPortal.Batches.Viewing.Histories;
using MigrationPortal.Batches.Viewing.Plans;
using MigrationPortal.Engine;
using MigrationPortal.PoolPairs;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Batches.Viewing;

/// <summary>The tabs of a batch while they load, where they have nothing, and where something is refused.</summary>
public sealed class BatchTabsTests
{
    [Fact]
    [Shows<BatchPlanTab>(PartState.Loading, PartState.Filled)]
    public Task Plan_WhileItsItemsAreRead_WaitsAndThenShowsThem() => LoadsAsync<BatchPlanTab>("portal.plan_items", "Trading - Rates - Swaps");

    [Fact]
    [Shows<BatchRightsTab>(PartState.Loading)]
    public Task Rights_WhileTheyAreRead_WaitAndThenShow() => LoadsAsync<BatchRightsTab>("portal.plan_right_changes", "Changes in rights");

    [Fact]
    [Shows<BatchHistoryTab>(PartState.Loading, PartState.Filled)]
    public Task History_WhileItIsRead_WaitsAndThenShowsIt() => LoadsAsync<BatchHistoryTab>("portal.batch_events", "petra submitted the batch");

    [Fact]
    [Shows<BatchRoomsTab>(PartState.Loading, PartState.Filled)]
    public Task Rooms_WhileTheyAreRead_WaitAndThenShow() => LoadsAsync<BatchRoomsTab>("portal.batch_rooms", "Trading - Rates - Swaps");

    [Fact]
    [Shows<BatchOptionsTab>(PartState.Loading, PartState.Filled)]
    public Task Options_WhileTheyAreRead_WaitAndThenShow() => LoadsAsync<BatchOptionsTab>("portal.batches", "A topic, which new rooms do not have,");

    [Fact]
    [Shows<BatchPlanTab>(PartState.Empty)]
    public async Task Plan_SearchedForWhatItLacks_SaysSo()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Swaps");
        await using var context = new PageContext(world.Services, Vera);
        var view = await ViewAsync(world, id, Vera);
        var tab = context.Render<BatchPlanTab>(x => x.AddCascadingValue(view).Add(p => p.Search, "nothing of that name"));
        tab.WaitForState(() => tab.FindAll(".state").Count == 1);
        Assert.Empty(tab.FindAll("tbody tr"));
    }

    [Fact]
    public async Task Plan_SearchIsTyped_IsShownWithoutEnterAndStaysInTheAddress()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Swaps");
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/batches/{id}?tab=plan&pair={Pair}").Render<BatchPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement("input.find");
        await page.InvokeAsync(() => page.Find("input.find").InputAsync("nothing of that name"));
        page.WaitForState(() => page.FindAll(".state").Count == 1 && page.FindAll("tbody tr[data-row]").Count == 0);
        Assert.Equal("nothing of that name", page.Find("input.find").GetAttribute("value"));
        Assert.Contains("search=nothing", context.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    [Shows<BatchRightsTab>(PartState.Filled, PartState.Empty)]
    public async Task Rights_OfAPlan_NameWhoGainsAndWhoLosesAndWhereNobodyDoes()
    {
        await using var world = await StartAsync(Trading().Principal("partner", PrincipalType.FederatedUser).Member("Desk", "partner"));
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Vera);
        var view = await ViewAsync(world, id, Vera);
        var losses = context.Render<BatchRightsTab>(x => x.AddCascadingValue(view).Add(p => p.Kind, "losses"));
        losses.WaitForState(() => losses.FindAll("tbody tr[data-row]").Count > 0);
        Assert.Contains("partner", losses.Find("tbody tr").TextContent, StringComparison.Ordinal);
        var gains = context.Render<BatchRightsTab>(x => x.AddCascadingValue(view).Add(p => p.Kind, "gains"));
        gains.WaitForState(() => gains.FindAll(".state").Count == 1);
    }

    [Fact]
    [Shows<BatchHistoryTab>(PartState.Empty)]
    public async Task History_OfABatchWithoutEvents_SaysSo()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await world.Database.ExecuteAsync("delete from portal.batch_events");
        await using var context = new PageContext(world.Services, Vera);
        var view = await ViewAsync(world, id, Vera);
        var tab = context.Render<BatchHistoryTab>(x => x.AddCascadingValue(view));
        tab.WaitForState(() => tab.FindAll(".state").Count == 1);
    }

    [Fact]
    [Shows<BatchReviewTab>(PartState.Loading, PartState.Error, PartState.Refused)]
    [Shows<BatchPlanTab>(PartState.Error, PartState.Refused)]
    public async Task Review_WithoutAPlan_WaitsOrSaysWhyThereIsNone()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Petra);
        var view = (await world.Get<BatchViewQueries>().FindAsync(id, Petra, computes: false, CancellationToken.None))! with { Plan = null };
        Assert.NotEmpty(context.Render<BatchReviewTab>(x => x.AddCascadingValue(view)).FindAll("[aria-busy=true] .skeleton"));

        var readings = 0;
        var failed = view with { PlanProblem = "The pool pair was never scanned.", ReadAgainAsync = Again };
        var review = context.Render<BatchReviewTab>(x => x.AddCascadingValue(failed));
        Assert.Empty(review.FindAll(".skeleton"));
        Assert.Contains("The pool pair was never scanned.", review.Find(".state").TextContent, StringComparison.Ordinal);
        review.ShowsItsError("The pool pair was never scanned.");
        var plan = context.Render<BatchPlanTab>(x => x.AddCascadingValue(failed));
        plan.ShowsItsError("The pool pair was never scanned.");
        await plan.InvokeAsync(() => plan.Find(".state.failed button").ClickAsync());
        Assert.Equal(1, readings);

        Task Again()
        {
            readings++;
            return Task.CompletedTask;
        }
    }

    [Fact]
    [Shows<BatchRoomsTab>(PartState.Refused)]
    public async Task Rooms_NamedAlike_SayWhyTheNameIsNotTaken()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Petra);
        var (dialogs, notices) = (context.RenderDialogs(), context.Render<MudBlazor.MudSnackbarProvider>());
        var view = await ViewAsync(world, id, Petra);
        var tab = context.Render<BatchRoomsTab>(x => x.AddCascadingValue(view));
        tab.WaitForElement("tr[data-row] button");
        await world.Database.ExecuteAsync($"delete from portal.batch_rooms where batch_id = {id}");
        var asked = tab.InvokeAsync(() => tab.Find("tr[data-row] .acts button").ClickAsync(new()));
        await dialogs.TypeAsync("form input", "Desk London");
        await dialogs.SubmitAsync();
        await asked;
        notices.WaitForElement(".mud-snackbar");
    }

    [Fact]
    [Shows<BatchOptionsTab>(PartState.Refused)]
    [Shows<PlanOptionsForm>(PartState.Refused)]
    public async Task Options_SavedAfterAnotherPersonChangedTheBatch_SayWhy()
    {
        await using var world = await StartAsync();
        var id = await world.CreateAsync(Petra, "Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Petra);
        var view = await ViewAsync(world, id, Petra);
        var tab = context.Render<BatchOptionsTab>(x => x.AddCascadingValue(view));
        tab.WaitForElement("#option-batch-CutOff");
        await tab.InvokeAsync(() => tab.Find("#option-batch-CutOff").InputAsync("the day after"));
        await tab.InvokeAsync(() => tab.Find("form").SubmitAsync());
        tab.WaitForState(() => tab.Find("form [role=alert]").TextContent.Length > 0);
        Assert.Equal(0, await world.Database.ScalarAsync<int>("select count(*)::int from portal.batches where options is not null"));
    }

    private static async Task<BatchView> ViewAsync(BatchWorld world, long id, Caller caller) =>
        (await world.Get<BatchViewQueries>().FindAsync(id, caller, computes: true, CancellationToken.None))!;

    private static async Task LoadsAsync<T>(string table, string text)
        where T : IComponent
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Swaps");
        await using var context = new PageContext(world.Services, Vera);
        var view = await ViewAsync(world, id, Vera);
        IRenderedComponent<T> tab;
        await using (await HeldTable.HoldAsync(world.Database, table))
        {
            tab = context.Render<T>(x => x.AddCascadingValue(view));
            Assert.NotEmpty(tab.FindAll("[aria-busy=true] .skeleton"));
        }

        tab.WaitForState(() => tab.FindAll(".skeleton").Count == 0 && tab.Markup.Contains(text, StringComparison.Ordinal));
    }
}
