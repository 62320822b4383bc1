using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Files;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Viewing;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Files;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Rooms.Viewing;

/// <summary>The tabs of a room with what they have, while they load, where they have nothing, and where something is refused.</summary>
public sealed class RoomTabsTests
{
    [Fact]
    [Shows<RoomPeopleTab>(PartState.Loading, PartState.Filled, PartState.Empty)]
    public async Task People_OfARoom_WaitThenShowTheirRightsOrThatNobodyHasAny()
    {
        await using var world = await StartAsync(Trading().Room("Alone", "Trading"));
        await using var context = new PageContext(world.Services, Vera);
        var (desk, alone) = (await ViewAsync(world, "Desk"), await ViewAsync(world, "Alone"));
        var tab = await LoadsAsync<RoomPeopleTab>(world, context, "portal.room_people", desk);
        Assert.Contains("kim", tab.Find("tbody tr[data-row] a").TextContent, StringComparison.Ordinal);
        var none = context.Render<RoomPeopleTab>(x => x.Add(p => p.View, alone));
        none.WaitForState(() => none.FindAll(".state").Count == 1);
    }

    [Fact]
    public async Task People_OfACrowdedRoom_ComeInPagesOfTheSizeThatTheAddressNames_AndAllInAFile()
    {
        var pool = Trading();
        for (var i = 0; i < 230; i++)
            pool.Principal($"p{i:000}").Member("Desk", $"p{i:000}");
        await using var world = await StartAsync(pool);
        var desk = await ViewAsync(world, "Desk");
        await using var context = new PageContext(world.Services, Vera);
        var tab = context.At($"/rooms/{desk.Row.Id}?tab=people&pair={Pair}").Render<RoomPeopleTab>(x => x.Add(p => p.View, desk));
        tab.WaitForState(() => tab.FindAll("tbody tr[data-row]").Count == 50);
        Assert.Equal(["Next", "Last"], tab.FindAll(".pager a").Select(x => x.TextContent));
        Assert.Equal($"/rooms/{desk.Row.Id}?tab=people&pair={Pair}&skip=200", tab.FindAll(".pager a")[1].GetAttribute("href"));

        context.Services.GetRequiredService<NavigationManager>().NavigateTo($"/rooms/{desk.Row.Id}?tab=people&pair={Pair}&skip=200&take=100");
        tab.Render(x => x.Add(p => p.View, desk));
        tab.WaitForState(() => tab.FindAll("tbody tr[data-row]").Count == 31);
        Assert.Equal(["First", "Previous"], tab.FindAll(".pager a").Select(x => x.TextContent));
        Assert.Contains("201 – 231 of 231", tab.Find(".pager").TextContent, StringComparison.Ordinal);

        var people = world.Get<RoomPeople>();
        var rows = new List<RoomPerson>();
        await foreach (var row in MigrationPortal.Lists.RowsInPages.ReadAsync(x => people.ListAsync(desk, x with { Take = Math.Min(x.Take, 1000) }, CancellationToken.None)))
            rows.Add(row);
        Assert.Equal(231, rows.Select(x => x.Guid).Distinct().Count());
    }

    [Fact]
    [Shows<RoomHistoryTab>(PartState.Loading, PartState.Filled, PartState.Empty)]
    public async Task History_OfARoom_WaitsThenNamesTheBatchOrSaysThatThereIsNone()
    {
        await using var world = await StartAsync();
        await world.SubmittedAsync("Wave 1", "Desk");
        await using var context = new PageContext(world.Services, Vera);
        var (desk, repo) = (await ViewAsync(world, "Desk"), await ViewAsync(world, "Repo"));
        var tab = await LoadsAsync<RoomHistoryTab>(world, context, "portal.batch_events", desk);
        Assert.Contains("Wave 1", tab.Find("tbody tr[data-row] a").TextContent, StringComparison.Ordinal);
        var none = context.Render<RoomHistoryTab>(x => x.Add(p => p.View, repo));
        none.WaitForState(() => none.FindAll(".state").Count == 1);
    }

    [Fact]
    [Shows<RoomPropertiesTab>(PartState.Filled, PartState.Empty)]
    public async Task Properties_OfALegacyRoom_ShowBothSides_AndOfANewRoomSayWhyNot()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var desk = await ViewAsync(world, "Desk");
        Assert.NotEmpty(context.Render<RoomPropertiesTab>(x => x.Add(p => p.View, desk)).FindAll("tbody tr[data-row]"));
        var bare = desk with { Properties = [] };
        Assert.Single(context.Render<RoomPropertiesTab>(x => x.Add(p => p.View, bare)).FindAll(".state"));
    }

    [Fact]
    [Shows<RoomFilesTab>(PartState.Loading, PartState.Empty, PartState.Refused)]
    public async Task Files_OfARoom_SayWhyNobodyLookedOrThatThereAreNone()
    {
        using var stores = new StoreFolders();
        await using var world = await RunWorld.CreateAsync(null, stores.Settings);
        var id = await world.Portal.Database.ScalarAsync<long>($"select id from portal.rooms where guid = '{ChatWorld.Hall}'");
        var hall = (await world.Portal.Get<RoomQueries>().FindAsync(id, CancellationToken.None))!;
        await using var context = PageContext.As(world.Portal, "viewer");
        IRenderedComponent<RoomFilesTab> tab;
        await using (await HeldTable.HoldAsync(world.Portal.Database, "portal.inventory_file_links"))
        {
            tab = context.Render<RoomFilesTab>(x => x.Add(p => p.View, hall));
            tab.WaitForState(() => tab.FindAll(".skeleton").Count > 0);
        }

        tab.WaitForState(() => tab.FindAll(".state").Count == 1);
        var none = tab.Find(".state").TextContent;

        await using var bare = await StartAsync();
        await using var other = new PageContext(bare.Services, Vera);
        var desk = await ViewAsync(bare, "Desk");
        var why = other.Render<RoomFilesTab>(x => x.Add(p => p.View, desk));
        why.WaitForState(() => why.FindAll(".state").Count == 1);
        Assert.NotEqual(none, why.Find(".state").TextContent);
    }

    [Fact]
    [Shows<RoomMessagesTab>(PartState.Loading, PartState.Filled, PartState.Empty, PartState.Error, PartState.Refused, PartState.Viewer)]
    public async Task Messages_OfARoom_ShowMonthsOrWhyNot_AndAViewerSeesWhoMayOpenThem()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var context = PageContext.As(world.Portal, "viewer");
        var queries = world.Portal.Get<RoomQueries>();
        var id = await world.Portal.Database.ScalarAsync<long>($"select id from portal.rooms where guid = '{ChatWorld.General}'");
        var general = (await queries.FindAsync(id, CancellationToken.None))!;
        IRenderedComponent<RoomMessagesTab> tab;
        await using (await HeldTable.HoldAsync(world.Chat.LegacyDatabase, "tblChat"))
        {
            tab = context.Render<RoomMessagesTab>(x => x.Add(p => p.View, general));
            Assert.NotEmpty(tab.FindAll("[aria-busy=true]"));
        }

        tab.WaitForState(() => tab.FindAll("figure").Count > 0);
        Assert.Contains(tab.FindAll("header button"), x => x.GetAttribute("title")?.Contains("Auditor", StringComparison.Ordinal) == true);

        await world.Chat.LegacyDatabase.ExecuteAsync("delete from tblChat");
        var empty = context.Render<RoomMessagesTab>(x => x.Add(p => p.View, general));
        empty.WaitForState(() => empty.FindAll(".state").Count == 1);

        await world.Chat.LegacyDatabase.DisposeAsync();
        var away = context.Render<RoomMessagesTab>(x => x.Add(p => p.View, general));
        away.WaitForState(() => away.FindAll("[role=alert]").Count == 1);
        away.ShowsItsError("The server");
    }

    private static async Task<IRenderedComponent<T>> LoadsAsync<T>(BatchWorld world, PageContext context, string table, RoomView view)
        where T : IComponent
    {
        IRenderedComponent<T> tab;
        await using (await HeldTable.HoldAsync(world.Database, table))
        {
            tab = context.Render<T>((RenderFragment)(builder =>
            {
                builder.OpenComponent(0, typeof(T));
                builder.AddComponentParameter(1, nameof(RoomPeopleTab.View), view);
                builder.CloseComponent();
            }));
            Assert.NotEmpty(tab.FindAll(".skeleton"));
        }

        tab.WaitForState(() => tab.FindAll(".skeleton").Count == 0 && tab.FindAll("tbody tr[data-row]").Count > 0);
        return tab;
    }

    private static async Task<RoomView> ViewAsync(BatchWorld world, string room) =>
        (await world.Get<RoomQueries>().FindAsync(await world.RoomAsync(room), CancellationToken.None))!;
}
