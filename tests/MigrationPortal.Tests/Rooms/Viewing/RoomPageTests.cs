using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Viewing;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Rooms.Viewing;

public sealed class RoomPageTests
{
    [Fact]
    public async Task Page_BeforeTheCircuit_ShowsRowsThatWait()
    {
        await using var world = await BatchWorld.StartAsync();
        await using var context = new PageContext(world.Services, BatchWorld.Vera, isInteractive: false);
        Assert.NotEmpty(context.Render<RoomPage>(x => x.Add(p => p.Id, 1)).FindAll(".skeleton"));
    }

    [Fact]
    public async Task Page_OfNoRoom_SaysSoAndLeadsToTheRooms()
    {
        await using var world = await BatchWorld.StartAsync();
        await using var context = new PageContext(world.Services, BatchWorld.Vera);
        var page = context.Render<RoomPage>(x => x.Add(p => p.Id, 999));
        page.WaitForState(() => page.Markup.Contains("Room not found", StringComparison.Ordinal));
        Assert.Equal("/rooms", page.Find(".state a.btn").GetAttribute("href"));
    }

    [Fact]
    public async Task Page_OfALegacyRoom_ShowsBothSidesAndWhatAViewerMayNotDo()
    {
        await using var world = await BatchWorld.StartAsync();
        var id = await IdAsync(world, "Desk");
        await using var context = new PageContext(world.Services, BatchWorld.Vera);
        var page = context.At($"/rooms/{id}").Render<RoomPage>(x => x.Add(p => p.Id, id));
        page.WaitForElement("td");
        Assert.Contains("Not in this pool", page.WaitForElement(".new-side").TextContent, StringComparison.Ordinal);
        Assert.All(page.FindAll(".actions button"), x => Assert.Equal("true", x.GetAttribute("aria-disabled")));
        // Neither an enumeration's name nor a reason code reaches a person.
        Assert.DoesNotContain(page.FindAll("td").Select(x => x.TextContent.Trim()), x => x is "OnlyLegacy" or "NameKept" or "NamePrefixed" or "PrivacyResolved");
    }

    [Fact]
    public async Task Page_ForAPlannerOfOneCategory_OffersItsRoomsAlone()
    {
        await using var world = await BatchWorld.StartAsync();
        var (desk, swaps) = (await IdAsync(world, "Desk"), await IdAsync(world, "Swaps"));
        var planner = Caller.Of("petra", "petra", [new Grant(Role.Planner, BatchWorld.Pair, "Trading / Rates")]);
        var reason = Rights.RequireThere(planner, "plan-rooms", [Role.Planner], BatchWorld.Pair, ["Trading"])!.Message;
        await using var context = new PageContext(world.Services, planner);
        var page = context.At($"/rooms/{desk}").Render<RoomPage>(x => x.Add(p => p.Id, desk));
        page.WaitForElement(".new-side");
        Assert.Equal([("true", reason), ("true", reason)], page.FindAll(".actions button").Select(x => (x.GetAttribute("aria-disabled"), x.GetAttribute("title"))));
        page.Render(x => x.Add(p => p.Id, swaps));
        page.WaitForState(() => page.FindAll(".actions button").Count(x => x.GetAttribute("aria-disabled") is null) == 2);
    }

    [Theory]
    [InlineData("people", ".scroller, .state")]
    [InlineData("messages", "[role=alert]")]
    [InlineData("files", ".state")]
    [InlineData("history", ".state")]
    public async Task Page_EachTab_ShowsWhatItHasOrWhyNot(string tab, string shown)
    {
        await using var world = await BatchWorld.StartAsync();
        var id = await IdAsync(world, "Desk");
        await using var context = new PageContext(world.Services, BatchWorld.Petra);
        var page = context.At($"/rooms/{id}?tab={tab}").Render<RoomPage>(x => x.Add(p => p.Id, id));
        Assert.NotEmpty(page.WaitForElement(shown).TextContent.Trim());
        Assert.Equal("page", page.FindAll(".tabs a").Single(x => x.GetAttribute("href")!.Contains($"tab={tab}", StringComparison.Ordinal)).GetAttribute("aria-current"));
    }

    [Fact]
    public async Task Page_ForAGermanReader_SpeaksGerman()
    {
        await using var world = await BatchWorld.StartAsync();
        var id = await IdAsync(world, "Desk");
        await using var context = new PageContext(world.Services, BatchWorld.Petra);
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
        try
        {
            var page = context.At($"/rooms/{id}").Render<RoomPage>(x => x.Add(p => p.Id, id));
            page.WaitForState(() => page.Markup.Contains("Eigenschaften", StringComparison.Ordinal) && page.FindAll("td").Count > 0);
            Assert.Contains("Ausschließen…", page.Markup, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static async Task<long> IdAsync(BatchWorld world, string name)
    {
        await using var db = world.Database.OpenPortal();
        return await db.Set<RoomPair>().Where(x => x.LegacyName == name).Select(x => x.RoomId).FirstAsync();
    }
}
