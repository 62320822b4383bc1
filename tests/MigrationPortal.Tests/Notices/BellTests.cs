using System.Net.Http.Json;
using System.Text.Json;
using Bunit;
using MigrationPortal.Notices.Bell;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Shared;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Notices;

public sealed class BellTests
{
    [Fact]
    public async Task Bell_Told_CountsAndForgetsOnceAllAreRead()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Anna);
        context.RenderPopovers();
        var bell = context.Render<NotificationBell>();
        bell.WaitForState(() => bell.FindAll(".bell").Count == 1);
        Assert.Empty(bell.FindAll(".bell-count"));

        await world.SubmittedAsync("Wave 1", "Desk");
        await OutboxTests.HandOutAsync(world);
        bell.WaitForState(() => bell.FindAll(".bell-count").Count == 1);
        Assert.Equal("1 unread notification", bell.Find("[role=status]").TextContent);
        Assert.Contains(bell.FindAll("button"), x => x.GetAttribute("aria-label") == "1 unread notification");

        Done(await world.Get<ReadNotificationsHandler>().HandleAsync(new ReadNotifications(null), Anna, CancellationToken.None));
        bell.WaitForState(() => bell.FindAll(".bell-count").Count == 0);
    }

    [Fact]
    public async Task Page_ListsWhatHappenedAndMarksItAsRead()
    {
        await using var world = await StartAsync();
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        await OutboxTests.HandOutAsync(world);
        await using var context = new PageContext(world.Services, Anna);
        var page = context.At("/notifications").Render<NotificationsPage>();
        page.WaitForState(() => page.FindAll("tr.unread").Count == 1);
        Assert.Contains("petra submitted the batch", page.Find("tr.unread").TextContent, StringComparison.Ordinal);
        Assert.StartsWith($"/batches/{id}", page.Find("tr.unread a").GetAttribute("href"), StringComparison.Ordinal);
        await page.InvokeAsync(() => page.FindAll("tr.unread button").Single().ClickAsync(new()));
        page.WaitForState(() => page.FindAll("tr.unread").Count == 0);
    }

    [Fact]
    public async Task Page_OfWhoNeverSignedIn_SaysWhy()
    {
        await using var world = await StartAsync();
        await using var context = new PageContext(world.Services, Vera);
        var page = context.Render<NotificationsPage>();
        page.WaitForState(() => page.Markup.Contains("No notifications for this account", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Api_ListsInTheReadersLanguage_AndRefusesWhatIsNoId()
    {
        await using var portal = await PortalApp.StartAsync();
        using var client = portal.ClientFor("approver");
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");
        var list = await client.GetFromJsonAsync<JsonElement>("api/v1/notifications");
        Assert.Equal(0, list.GetProperty("total").GetInt32());
        Assert.Equal(0, list.GetProperty("unread").GetInt32());
        foreach (var id in new[] { "x", null })
        {
            using var refused = await client.PostAsJsonAsync("api/v1/notifications/read", new { ids = new[] { id } });
            Assert.Equal("ids-invalid", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        }
    }
}
