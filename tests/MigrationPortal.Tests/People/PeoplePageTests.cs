using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.People;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.People;

public sealed class PeoplePageTests
{
    [Fact]
    public async Task Page_BeforeTheCircuit_ShowsRowsThatWait()
    {
        await using var world = await StartAsync(PeopleQueriesTests.Pool());
        await using var context = new PageContext(world.Services, Vera, isInteractive: false);
        Assert.NotEmpty(context.At("/people").Render<PeoplePage>().FindAll(".grid[aria-busy=true] .skeleton"));
    }

    [Fact]
    public async Task Page_OfAnUnknownPair_NamesIt()
    {
        await using var world = await StartAsync(PeopleQueriesTests.Pool());
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At("/people?pair=fabrikam").Render<PeoplePage>();
        Assert.Contains("fabrikam", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_BeforeTheFirstScan_LeadsToTheRooms()
    {
        await using var world = await StartAsync(PeopleQueriesTests.Pool());
        await world.Database.ExecuteAsync("update portal.pool_pairs set current_scan_id = null");
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/people?pair={Pair}").Render<PeoplePage>();
        page.WaitForState(() => page.Markup.Contains("No people yet", StringComparison.Ordinal));
        Assert.Equal($"/rooms?pair={Pair}", page.Find(".state a.btn").GetAttribute("href"));
    }

    [Fact]
    public async Task Page_Filtered_ShowsThoseAndSaysWhenThereAreNone()
    {
        await using var world = await StartAsync(PeopleQueriesTests.Pool());
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/people?pair={Pair}&mark=Federated").Render<PeoplePage>();
        page.WaitForState(() => Names(page) is ["partner"]);
        Assert.Equal("true", page.FindAll(".filters a.chip").Single(x => x.TextContent.StartsWith("Federated", StringComparison.Ordinal)).GetAttribute("aria-current"));

        Go(context, $"/people?pair={Pair}&kind=Group");
        page.WaitForState(() => Names(page) is ["team"]);
        Go(context, $"/people?pair={Pair}&search=KI");
        page.WaitForState(() => Names(page) is ["kim"]);
        Go(context, $"/people?pair={Pair}&search=nobody");
        page.WaitForState(() => page.Markup.Contains("No results", StringComparison.Ordinal));
        Assert.Equal($"/people?pair={Pair}", page.Find(".state a.btn").GetAttribute("href"));
    }

    [Fact]
    public async Task List_SortedByLosses_BeginsWithWhoLosesMost()
    {
        await using var world = await StartAsync(PeopleQueriesTests.Pool());
        await world.SubmittedAsync("Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/people?pair={Pair}").Render<PeoplePage>();
        page.WaitForElement("tr[data-row]");
        Go(context, page.FindAll("th a.sort")[^1].GetAttribute("href")!);
        page.WaitForState(() => Names(page).FirstOrDefault() == "partner");
        Assert.Equal(("descending", "1"), (page.Find("th[aria-sort]").GetAttribute("aria-sort"), page.Find("tr[data-row] td.t-changes .bare").TextContent));
        Go(context, $"/people?pair={Pair}&sort=-address");
        page.WaitForState(() => Names(page) is [not "partner", ..] and { Count: > 3 });
    }

    [Fact]
    public async Task Row_InTheAddress_IsMarkedAndLeadsToThePerson()
    {
        await using var world = await StartAsync(PeopleQueriesTests.Pool());
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/people?pair={Pair}").Render<PeoplePage>();
        var person = page.WaitForElement("tr[data-row]").GetAttribute("data-row");
        context.At($"/people?pair={Pair}&person={person}");
        page.WaitForState(() => page.Find("tr[data-row]").GetAttribute("aria-selected") == "true");
        Assert.Equal(person, page.Find("tr[data-row] a[data-open]").GetAttribute("href")!.Split('/', '?')[2]);
    }

    [Fact]
    public async Task List_APlanCostsARight_ChangesTheCellInPlace()
    {
        await using var world = await StartAsync(PeopleQueriesTests.Pool());
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/people?pair={Pair}&mark=Federated").Render<PeoplePage>();
        page.WaitForState(() => Names(page) is ["partner"]);
        await world.SubmittedAsync("Wave 1", "Desk");
        world.Get<MigrationPortal.Live.LiveFeed>().Announce($"pair:{Pair}");
        page.WaitForState(() => page.Find("td.t-changes .bare").TextContent == "1");
        Assert.Empty(page.FindAll(".foot button"));
    }

    private static void Go(PageContext context, string url) => context.Services.GetRequiredService<NavigationManager>().NavigateTo(url);

    private static List<string> Names(IRenderedComponent<PeoplePage> page) => [.. page.FindAll("tr[data-row] a.name").Select(x => x.TextContent.Trim())];
}
