using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Batches.Browsing;
using MigrationPortal.Lists.Views;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Lists;

public sealed class ViewsMenuTests
{
    [Fact]
    [Shows<SaveViewDialog>(PartState.Filled)]
    public async Task Menu_OfAList_SavesWhatItShowsAndLeadsToTheViewsOfAll()
    {
        await using var world = await StartAsync();
        await world.CreateAsync(Petra, "First", "Desk");
        Done(await world.Get<SaveViewHandler>().HandleAsync(new(Pair, "batches", "Everybody’s", "state=Draft", IsShared: true), Anna, CancellationToken.None));
        Done(await world.Get<SaveViewHandler>().HandleAsync(new(Pair, "batches", "Anna’s own", "state=Draft", IsShared: false), Anna, CancellationToken.None));
        await using var context = new PageContext(world.Services, Petra);
        var (popovers, dialogs) = (context.RenderPopovers(), context.RenderDialogs());
        var page = context.At($"/batches?pair={Pair}&state=Draft&sort=-name&batch=1&take=100").Render<BatchesPage>();
        page.WaitForState(() => page.FindAll(".list-menu button").Count > 0 && page.FindAll("tr[data-row]").Count == 1);

        await page.InvokeAsync(() => page.Find(".list-menu button").ClickAsync());
        popovers.WaitForElement(".mud-menu-item");
        Assert.Equal([$"/batches?state=Draft&saved=1&pair={Pair}"], popovers.FindAll("a.mud-menu-item").Select(x => x.GetAttribute("href")!));
        Assert.DoesNotContain("Anna’s own", popovers.Markup, StringComparison.Ordinal);
        var click = popovers.InvokeAsync(() => popovers.FindAll(".mud-menu-item")[^1].ClickAsync());
        dialogs.WaitForElement(".mud-dialog input[type=text], .mud-dialog input:not([type=checkbox])");
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog input:not([type=checkbox])").InputAsync("My drafts"));
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog form").SubmitAsync());
        await click;
        var uri = context.Services.GetRequiredService<NavigationManager>().Uri;
        Assert.Contains("/batches?state=Draft&sort=-name&take=100&saved=", uri, StringComparison.Ordinal);
        page.WaitForState(() => page.Find(".list-menu button").TextContent.Contains("My drafts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pager_WithMoreRowsThanAPage_OffersPageSizesThatTheAddressKeeps()
    {
        await using var world = await StartAsync();
        await world.Database.ExecuteAsync($"insert into portal.batches (pool_pair_id, name, state, author, created_at, version) select '{Pair}', 'Batch ' || n, 'Draft', 'petra', now(), 1 from generate_series(1, 120) n");
        await using var context = new PageContext(world.Services, Petra);
        var page = context.At($"/batches?pair={Pair}").Render<BatchesPage>();
        page.WaitForState(() => page.FindAll("tr[data-row]").Count == 50);
        await page.InvokeAsync(() => page.Find(".pager select").ChangeAsync(new() { Value = "100" }));
        page.WaitForState(() => page.FindAll("tr[data-row]").Count == 100);
        Assert.Contains("take=100", context.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Contains("take=100", page.FindAll(".pager a")[^1].GetAttribute("href"), StringComparison.Ordinal);
    }
}
