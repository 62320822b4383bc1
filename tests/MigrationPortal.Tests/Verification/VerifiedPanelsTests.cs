using Bunit;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using MigrationPortal.Verification;

namespace MigrationPortal.Tests.Verification;

public sealed class VerifiedPanelsTests
{
    private const int Rooms = 61;

    [Fact]
    public async Task Panel_OpenWithMoreThanItsFirstRooms_KeepsThemWhileAsManyAreReadAgain()
    {
        await using var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.General);
        // The same room again and again, under other numbers.
        await world.Portal.Database.ExecuteAsync($"""
            insert into portal.rooms select (jsonb_populate_record(r, jsonb_build_object('id', 100000 + i, 'guid', gen_random_uuid()))).* from portal.rooms r, generate_series(2, {Rooms}) i where r.guid = '{ChatWorld.General}';
            insert into portal.room_verifications select (jsonb_populate_record(v, jsonb_build_object('room_id', 100000 + i, 'id', 100000 + i))).* from portal.room_verifications v, generate_series(2, {Rooms}) i where v.batch_id = {batch}
            """);
        await using var context = PageContext.As(world.Portal, "viewer");
        var panels = context.Render<VerifiedPanels>(x => x.Add(p => p.BatchId, batch).Add(p => p.PairId, "contoso").Add(p => p.Accepted, 0).Add(p => p.Clean, Rooms).Add(p => p.Reading, new object()));
        await panels.InvokeAsync(() => panels.FindAll(".mud-expand-panel-header")[1].ClickAsync());
        panels.WaitForState(() => Grades(panels).Count == 50);
        await panels.InvokeAsync(() => panels.Find("button.action").ClickAsync(new()));
        panels.WaitForState(() => Grades(panels).Count == Rooms);

        await world.Portal.Database.ExecuteAsync("update portal.room_verifications set grade = 'Good'");
        await using (await HeldTable.HoldAsync(world.Portal.Database, "portal.room_verifications"))
        {
            panels.Render(x => x.Add(p => p.Reading, new object()));
            Assert.Equal(Enumerable.Repeat("Perfect", Rooms), Grades(panels));
        }

        panels.WaitForState(() => Grades(panels).Contains("Good"));
        Assert.Equal(Enumerable.Repeat("Good", Rooms), Grades(panels));
    }

    private static List<string> Grades(IRenderedComponent<VerifiedPanels> panels) => [.. panels.FindAll(".lines .badge").Select(x => x.TextContent.Trim())];
}
