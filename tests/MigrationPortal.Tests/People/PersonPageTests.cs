using Bunit;
using MigrationPortal.People;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine.Planning;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.People;

public sealed class PersonPageTests
{
    [Fact]
    public async Task Page_BeforeTheCircuit_ShowsRowsThatWait()
    {
        await using var world = await StartAsync(PeopleQueriesTests.Pool());
        await using var context = new PageContext(world.Services, Vera, isInteractive: false);
        Assert.NotEmpty(Open(context, "kim").FindAll(".grid[aria-busy=true] .skeleton"));
    }

    [Fact]
    public async Task Page_OfNobody_SaysSoAndLeadsToTheList()
    {
        await using var world = await StartAsync(PeopleQueriesTests.Pool());
        await using var context = new PageContext(world.Services, Vera);
        var page = Open(context, "nobody");
        page.WaitForState(() => page.Markup.Contains("Person not found", StringComparison.Ordinal));
        Assert.Equal($"/people?pair={Pair}", page.Find(".state a.btn").GetAttribute("href"));
    }

    [Fact]
    public async Task Page_OfAnUnknownPair_NamesIt()
    {
        await using var world = await StartAsync(PeopleQueriesTests.Pool());
        await using var context = new PageContext(world.Services, Vera);
        var page = context.At($"/people/{PoolBuilder.Guids("principal kim")}?pair=fabrikam").Render<PersonPage>(x => x.Add(p => p.Guid, PoolBuilder.Guids("principal kim")));
        Assert.Contains("fabrikam", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_OfEachBatch_StandUnderItsNameWithTheReason()
    {
        await using var world = await StartAsync(PeopleQueriesTests.Pool());
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Vera);
        var page = Open(context, "partner");
        page.WaitForElement("tr.group");
        Assert.Equal(($"/batches/{id}?tab=gains&pair={Pair}", "Wave 1"), (page.Find("tr.group a").GetAttribute("href"), page.Find("tr.group a").TextContent));
        Assert.Equal(["Loses", "Member", "Desk", "Federated users have no access to the new pool"], page.FindAll("tbody td").Select(x => x.TextContent.Trim()));
        Assert.Equal("1", page.Find(".tabs a[aria-current] b").TextContent);
    }

    [Fact]
    public async Task Changes_OfAPersonThatNoPlanConcerns_AreSaidToBeNone()
    {
        await using var world = await StartAsync(PeopleQueriesTests.Pool());
        await using var context = new PageContext(world.Services, Vera);
        var page = Open(context, "kim");
        page.WaitForState(() => page.Markup.Contains("No changes in rights", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rooms_WithRightsThroughAGroup_NameTheGroup()
    {
        await using var world = await StartAsync(PeopleQueriesTests.Pool());
        await using var context = new PageContext(world.Services, Vera);
        var page = Open(context, "kim", "rooms");
        page.WaitForElement("td.t-legacy");
        Assert.Equal(["Member (through team)", "Member (through team)"], page.FindAll("td.t-legacy").Select(x => x.TextContent));
        Assert.Equal(["Has posted", "—"], page.FindAll("td.t-wrote").Select(x => x.TextContent.Trim()));
    }

    [Fact]
    public async Task Rooms_OfAPersonWithoutAny_SayThereAreNone()
    {
        await using var world = await StartAsync(PeopleQueriesTests.Pool());
        await using var context = new PageContext(world.Services, Vera);
        var page = Open(context, "lee 2", "rooms");
        page.WaitForState(() => page.Markup.Contains("No rights, no messages", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Account_OfBothPools_MarksWhatDiffers()
    {
        await using var world = await StartAsync(PeopleQueriesTests.Pool());
        await world.ScanAsync(PeopleQueriesTests.Pool(), PeopleQueriesTests.Pool().Build());
        await world.Database.ExecuteAsync("update portal.inventory_principals set name = 'Kim Moved', display_name = 'Kim Moved' where not is_legacy and name = 'kim'");
        await using var context = new PageContext(world.Services, Vera);
        var page = Open(context, "kim", "account");
        page.WaitForElement("mark");
        Assert.Equal(["Kim Moved"], page.FindAll("mark").Select(x => x.TextContent.Trim()));
    }

    private static IRenderedComponent<PersonPage> Open(PageContext context, string name, string? tab = null)
    {
        var guid = PoolBuilder.Guids("principal " + name);
        return context.At($"/people/{guid}?pair={Pair}{(tab is null ? "" : $"&tab={tab}")}").Render<PersonPage>(x => x.Add(p => p.Guid, guid));
    }
}
