using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Viewing;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Rooms.Viewing;

/// <summary>A transcript that is open while its room changes.</summary>
public sealed class RoomMessagesTabTests
{
    [Fact]
    public async Task Transcript_RoomChangesAfterSomebodyWentToTheNextPage_StaysThereWithoutAnotherLineInTheAudit()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = PageContext.As(world.Portal, "auditor");
        var general = await GeneralAsync(world);
        var tab = await OpenAsync(context.At($"/rooms/{general.Row.Id}?tab=messages&message=120&pair=contoso"), general);
        Assert.Equal("120", First(tab));
        await tab.InvokeAsync(() => tab.Find(".foot button").ClickAsync(new()));
        tab.WaitForState(() => First(tab) == "170");

        // As the page does it when it hears of a change; ends when all that follows from it has been read.
        var changed = new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(RoomMessagesTab.View)] = general with { } };
        await tab.InvokeAsync(() => tab.Instance.SetParametersAsync(ParameterView.FromDictionary(changed)));

        Assert.Equal("170", First(tab));
        await using var db = world.Portal.Database.OpenPortal();
        Assert.Equal(2, await db.Set<AuditEntry>().CountAsync(x => x.Action == "TranscriptOpened"));
    }

    [Fact]
    public async Task Transcript_ReadBeforeTheRoomWasMigrated_CallsNothingMissingOnceItIs()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = PageContext.As(world.Portal, "auditor");
        var general = await GeneralAsync(world);
        var tab = await OpenAsync(context.At($"/rooms/{general.Row.Id}?tab=messages&pair=contoso"), general);

        tab.Render(x => x.Add(p => p.View, general with { Row = general.Row with { New = general.Row.Legacy } }));

        Assert.NotEmpty(tab.FindAll(".transcript .line"));
        Assert.Empty(tab.FindAll(".transcript .absent, .transcript .gap"));
    }

    private static async Task<RoomView> GeneralAsync(RunWorld world)
    {
        var id = await world.Portal.Database.ScalarAsync<long>($"select id from portal.rooms where guid = '{ChatWorld.General}'");
        return (await world.Portal.Get<RoomQueries>().FindAsync(id, CancellationToken.None))!;
    }

    private static async Task<IRenderedComponent<RoomMessagesTab>> OpenAsync(PageContext context, RoomView view)
    {
        var dialogs = context.RenderDialogs();
        var tab = context.Render<RoomMessagesTab>(x => x.Add(p => p.View, view));
        tab.WaitForState(() => tab.FindAll("figure").Count > 0);
        var opening = tab.InvokeAsync(() => tab.FindAll("header button.action")[^1].ClickAsync(new()));
        await dialogs.TypeAsync("textarea", "a complaint is looked into");
        await dialogs.SubmitAsync();
        await opening;
        tab.WaitForState(() => tab.FindAll(".transcript").Count == 1);
        return tab;
    }

    private static string First(IRenderedComponent<RoomMessagesTab> tab) => tab.Find(".transcript .line .mono").TextContent;
}
