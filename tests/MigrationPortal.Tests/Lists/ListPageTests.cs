using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Audit;
using MigrationPortal.Batches.Browsing;
using MigrationPortal.Lists;
using MigrationPortal.People;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Lists;

/// <summary>What every list has in common: columns, page sizes and saved views in its address, and rows that keep their place.</summary>
public sealed class ListPageTests
{
    [Fact]
    public async Task List_OfEachKind_ShowsTheColumnsOfItsAddress_AndDrawsItsRowsAgainWithOthers()
    {
        await using var world = await RunWorld.CreateAsync();
        await world.RanAsync(ChatWorld.Hall, ChatWorld.General);
        await using var context = PageContext.As(world.Portal, "auditor");

        await ShowsAsync<BatchesPage>(context, "/batches", usual: 10, chosen: "messages,author", "Messages", "Author");
        await ShowsAsync<PeoplePage>(context, "/people", usual: 8, chosen: "rooms", "Rooms");
        await ShowsAsync<RunsPage>(context, "/runs", usual: 8, chosen: "user", "User");
        await ShowsAsync<AuditPage>(context, "/audit", usual: 7, chosen: "subject,details", "Subject", "Details");
    }

    [Fact]
    public async Task Runs_MoreThanAPage_AreOnPagesOfTheSizeThatTheAddressNames()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.Hall);
        await world.Portal.Database.ExecuteAsync($"""
            insert into portal.runs (batch_id, plan_id, state, started_by, started_at, confirmed_at, fingerprint, confirmations, kind, revision)
            select batch_id, plan_id, state, started_by, started_at, confirmed_at, fingerprint, confirmations, kind, revision from portal.runs, generate_series(1, 219) where batch_id = {batch}
            """);
        await using var context = PageContext.As(world.Portal, "viewer");
        var page = context.At("/runs?pair=contoso&skip=100").Render<RunsPage>();
        page.WaitForState(() => page.FindAll("tr[data-row]").Count == 50);
        Assert.Equal(["First", "Previous", "Next", "Last"], page.FindAll(".pager a").Select(x => x.TextContent));

        await page.InvokeAsync(() => page.Find(".pager select").ChangeAsync(new() { Value = "100" }));
        page.WaitForState(() => page.FindAll("tr[data-row]").Count == 100);
        Assert.EndsWith("/runs?pair=contoso&take=100", context.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_AnotherBegins_KeepsItsRowsUntilAsked_AndWhatIsKnownOfThemIsNew()
    {
        await using var world = await RunWorld.CreateAsync();
        await world.RanAsync(ChatWorld.Hall);
        await using var context = PageContext.As(world.Portal, "viewer");
        var page = context.At("/runs?pair=contoso").Render<RunsPage>();
        page.WaitForState(() => page.FindAll("tr[data-row]").Count == 1);

        await world.Portal.Database.ExecuteAsync("update portal.runs set state = 'Failed', revision = revision + 1");
        await world.RanAsync(ChatWorld.General);
        page.WaitForState(() => page.FindAll(".foot button").Count == 1 && page.Find("tr[data-row]").TextContent.Contains("Failed", StringComparison.Ordinal));
        Assert.Single(page.FindAll("tr[data-row]"));

        await page.InvokeAsync(() => page.Find(".foot button").ClickAsync());
        page.WaitForState(() => page.FindAll("tr[data-row]").Count == 2 && page.FindAll(".foot button").Count == 0);
    }

    [Fact]
    public void Columns_OfTwoStatesThatShowTheSame_AreEqual()
    {
        ChosenColumns Of(string? chosen) => ChosenColumns.Of(new ListState { Columns = chosen }, ("a", "A"), ("b", "B"));

        Assert.Equal(Of(null), Of("a,b"));
        Assert.Equal(Of("b,a"), Of("a,b"));
        Assert.NotEqual(Of("a"), Of("a,b"));
        Assert.Equal((2, 1, 0), (Of(null).Count, Of("b,unknown").Count, Of("").Count));
    }

    private static async Task ShowsAsync<TPage>(PageContext context, string url, int usual, string chosen, params string[] titles)
        where TPage : IComponent
    {
        var page = context.At($"{url}?pair=contoso").Render<TPage>();
        page.WaitForState(() => page.FindAll("tr[data-row]").Count > 0 && page.FindAll(".list-menu button:not([disabled])").Count == 3);
        Assert.Equal((usual, usual), (page.FindAll("thead th").Count, page.FindAll("tr[data-row]")[0].Children.Length));

        await page.InvokeAsync(() => context.At($"{url}?pair=contoso&columns={chosen}"));
        var left = usual - ((IRenderedComponent<IComponent>)page).FindComponent<ColumnsMenu>().Instance.Columns.Count + titles.Length;
        page.WaitForAssertion(() => Assert.Equal((left, left), (page.FindAll("thead th").Count, page.FindAll("tr[data-row]")[0].Children.Length)));
        Assert.Equal(titles, page.FindAll("thead th").Select(x => x.TextContent.Trim()).Where(titles.Contains));
    }
}
