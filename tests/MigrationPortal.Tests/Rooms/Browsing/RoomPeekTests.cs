using Bunit;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Browsing;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Rooms.Browsing;

/// <summary>The pane beside the list: what differs first, what is the same in short, the months, and what can be done.</summary>
public sealed class RoomPeekTests
{
    [Fact]
    public async Task Peek_OfARoomThatDiffers_ShowsThatFirstAndLeadsToThePeople()
    {
        await using var world = await RunWorld.CreateAsync();
        await world.RanAsync(ChatWorld.Hall);
        var room = await DifferAsync(world);
        await using var context = PageContext.As(world.Portal, "planner");
        var accepted = false;
        var peek = context.At("/rooms?pair=contoso").Render<RoomPeek>(x => x.Add(y => y.RoomId, room).Add(y => y.CloseUrl, "/rooms").Add(y => y.Position, 6).Add(y => y.Total, 55).Add(y => y.OnAccept, _ => accepted = true));

        Assert.Equal("Members", peek.WaitForElement(".kv .k").TextContent);
        Assert.Equal("4,711", peek.Find(".kv mark").TextContent.Trim().Replace('\u00a0', ','));
        Assert.Contains($"/rooms/{room}?tab=people", peek.Find(".kv a.where").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("6 of 55", peek.Find("header").TextContent, StringComparison.Ordinal);
        Assert.Contains("Same on both sides", peek.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Members", peek.Find(".same").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(peek.WaitForElement(".messages-chart").Children);

        await peek.InvokeAsync(() => peek.Find("button:contains('Accept difference')").ClickAsync());
        Assert.True(accepted);
    }

    [Fact]
    public async Task Peek_OfARoomThatIsOnlyLegacy_OffersABatchAndSaysWhoMay()
    {
        await using var world = await RunWorld.CreateAsync();
        long room;
        await using (var db = world.Portal.Database.OpenPortal())
            room = await db.Set<RoomPair>().Where(x => x.Comparison == Comparison.OnlyLegacy).Select(x => x.RoomId).FirstAsync();
        await using var context = PageContext.As(world.Portal, "viewer");
        var peek = context.At("/rooms?pair=contoso").Render<RoomPeek>(x => x.Add(y => y.RoomId, room).Add(y => y.CloseUrl, "/rooms").Add(y => y.PlanDisabledReason, "Planners only"));

        Assert.Equal(("Planners only", "true"), (peek.WaitForElement("button:contains('Add to batch')").GetAttribute("title"), peek.Find("button:contains('Add to batch')").GetAttribute("aria-disabled")));
        Assert.Empty(peek.FindAll("button:contains('Accept difference')"));
        Assert.DoesNotContain(" of ", peek.Find("header").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "(no name)")]
    [InlineData(" ", "[U+0020]")]
    public async Task Peek_OfARoomWhoseNameNobodyCanSee_HasALabel(string name, string label)
    {
        await using var world = await RunWorld.CreateAsync();
        long room;
        await using (var db = world.Portal.Database.OpenPortal())
        {
            room = await db.Set<RoomPair>().Where(x => x.Comparison == Comparison.OnlyLegacy).Select(x => x.RoomId).FirstAsync();
            await db.Set<RoomPair>().Where(x => x.RoomId == room).ExecuteUpdateAsync(set => set.SetProperty(x => x.LegacyName, name));
        }

        await using var context = PageContext.As(world.Portal, "viewer");
        var peek = context.At("/rooms?pair=contoso").Render<RoomPeek>(x => x.Add(y => y.RoomId, room).Add(y => y.CloseUrl, "/rooms"));

        peek.WaitForElement("button:contains('Add to batch')");
        Assert.Equal(label, peek.Find("aside").GetAttribute("aria-label"));
    }

    // As a verification leaves a room whose members are others than planned.
    private static async Task<long> DifferAsync(RunWorld world)
    {
        await using var db = world.Portal.Database.OpenPortal();
        var pair = await db.Set<RoomPair>().SingleAsync(x => x.LegacyName == "Hall" && x.NewName != null);
        var lines = await db.Set<RoomPairProperties>().SingleAsync(x => x.ScanId == pair.ScanId && x.RoomId == pair.RoomId);
        (pair.Comparison, pair.Differences, pair.DifferenceCount) = (Comparison.Different, ["Members"], 1);
        lines.Lines = [.. lines.Lines.Select(x => x.Property == "Members" ? x with { New = "4711", Differs = true } : x)];
        await db.SaveChangesAsync();
        return pair.RoomId;
    }
}
