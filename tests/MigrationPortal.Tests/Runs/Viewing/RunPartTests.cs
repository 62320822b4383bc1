using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Batches;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Viewing;
using MigrationPortal.Runs.Watching;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Runs.Viewing;

/// <summary>A run of many small rooms on its page: what moves is shown at once, what waits keeps still long enough to be read.</summary>
public sealed class RunPartTests
{
    private const int Rooms = 200;

    [Fact]
    public async Task Part_WaitingRoomsBegin_ListsTheMovingAtOnceAndOtherWaitingOnesEveryTwoSeconds()
    {
        await using var portal = await PortalApp.StartAsync();
        var run = await CreateRunAsync(portal);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var context = PageContext.As(portal, "viewer", time);
        var part = context.Render<RunPart>(x => x.Add(p => p.RunId, run));
        part.WaitForState(() => Names(part).Count == 50);
        Assert.Equal("Room 0", Names(part)[0]);

        await BeginAsync(portal, run, 40);
        part.WaitForState(() => Names(part).Count == 90);
        Assert.Equal("Room 0", Names(part)[40]);

        time.Advance(TimeSpan.FromSeconds(1));
        await part.InvokeAsync(() => { });
        Assert.Equal("Room 0", Names(part)[40]);

        time.Advance(TimeSpan.FromSeconds(1));
        part.WaitForState(() => string.Equals(Names(part)[40], "Room 40", StringComparison.Ordinal));
        Assert.Equal((90, "Room 89"), (Names(part).Count, Names(part)[^1]));
    }

    [Fact]
    public async Task Part_MoreRoomsThanAPage_ShowsThePageOfItsAddress_WhoseRowsStayWhileRoomsBegin()
    {
        await using var portal = await PortalApp.StartAsync();
        var run = await CreateRunAsync(portal);
        await using var context = PageContext.As(portal, "viewer", new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        var part = context.At($"/runs/{run}?waiting-skip=50").Render<RunPart>(x => x.Add(p => p.RunId, run));
        part.WaitForState(() => Names(part) is ["Room 50", ..]);
        Assert.Equal(["Previous", "Next", "Last"], part.FindAll(".pager a").Select(x => x.TextContent));
        Assert.Equal([$"/runs/{run}", $"/runs/{run}?waiting-skip=100", $"/runs/{run}?waiting-skip=150"], part.FindAll(".pager a").Select(x => x.GetAttribute("href")));
        Assert.Equal("Pages: Waiting", part.Find(".pager").GetAttribute("aria-label"));
        Assert.Equal("Rows per page: Waiting", part.Find(".pager select").GetAttribute("aria-label"));

        await BeginAsync(portal, run, 40);
        part.WaitForState(() => Names(part).Count == 90);
        Assert.Equal(("Room 0", "Room 50", "Room 99"), (Names(part)[0], Names(part)[40], Names(part)[^1]));

        await part.InvokeAsync(() => part.Find(".pager select").ChangeAsync(new() { Value = "100" }));
        part.WaitForState(() => Names(part).Count == 140);
        Assert.EndsWith($"/runs/{run}?take=100", Address(context), StringComparison.Ordinal);

        // Other rooms begin with their first page.
        await part.InvokeAsync(() => context.At($"/runs/{run}?waiting-skip=50"));
        part.WaitForState(() => string.Equals(Names(part)[40], "Room 90", StringComparison.Ordinal));
        await part.InvokeAsync(() => part.FindAll(".filters .chip").First(x => x.TextContent.StartsWith("Waiting", StringComparison.Ordinal)).ClickAsync(new()));
        part.WaitForState(() => Names(part) is { Count: 50 } names && string.Equals(names[0], "Room 40", StringComparison.Ordinal));
        Assert.EndsWith($"/runs/{run}?group=waiting", Address(context), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Part_APageOfFinishedRooms_IsOpen_AndBeginsWithTheFirstWhenItIsOpenedAgain()
    {
        await using var portal = await PortalApp.StartAsync();
        var run = await CreateRunAsync(portal);
        await portal.Database.ExecuteAsync($"update portal.room_transfers set state = 'Done', grade = 'Perfect' where run_id = {run}");
        await using var context = PageContext.As(portal, "viewer");
        var part = context.At($"/runs/{run}?done-skip=150").Render<RunPart>(x => x.Add(p => p.RunId, run));
        part.WaitForState(() => Names(part) is ["Room 150", ..]);
        Assert.Equal(["First", "Previous"], part.FindAll(".pager a").Select(x => x.TextContent));

        await part.InvokeAsync(() => context.At($"/runs/{run}"));
        part.WaitForState(() => Names(part) is ["Room 0", ..]);
        await part.InvokeAsync(() => context.At($"/runs/{run}?done-skip=50"));
        part.WaitForState(() => Names(part) is ["Room 50", ..]);
        await part.InvokeAsync(() => part.Find("button.toggle").ClickAsync(new()));
        part.WaitForState(() => Names(part).Count == 0);
        Assert.EndsWith($"/runs/{run}", Address(context), StringComparison.Ordinal);
        await part.InvokeAsync(() => part.Find("button.toggle").ClickAsync(new()));
        part.WaitForState(() => Names(part) is ["Room 0", ..]);
    }

    [Fact]
    public async Task Part_FailedRoomsClosed_ForgetsThePagesOfAllGroupsThatAreClosedWithThem()
    {
        await using var portal = await PortalApp.StartAsync();
        var run = await CreateRunAsync(portal);
        await portal.Database.ExecuteAsync($"update portal.room_transfers set state = 'Failed' where run_id = {run} and ordinal < 60");
        await portal.Database.ExecuteAsync($"update portal.room_transfers set state = 'Skipped' where run_id = {run} and ordinal between 60 and 119");
        await using var context = PageContext.As(portal, "viewer");
        var part = context.At($"/runs/{run}?failed-skip=50&skipped-skip=50&waiting-skip=50").Render<RunPart>(x => x.Add(p => p.RunId, run));
        part.WaitForState(() => Names(part) is { Count: 50 } names && string.Equals(names[0], "Room 50", StringComparison.Ordinal));

        await part.InvokeAsync(() => part.Find("button.toggle").ClickAsync(new()));
        part.WaitForState(() => Names(part) is ["Room 170", ..]);
        Assert.EndsWith($"/runs/{run}?waiting-skip=50", Address(context), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Part_RoomsSelected_OffersWhatCanBeDoneWithThem_AndAllThatTheFiltersLeave()
    {
        await using var portal = await PortalApp.StartAsync();
        var run = await CreateRunAsync(portal);
        await using var context = PageContext.As(portal, "viewer");
        var part = context.Render<RunPart>(x => x.Add(p => p.RunId, run));
        part.WaitForState(() => Names(part).Count == 50);
        Assert.Empty(part.FindAll(".selection"));

        await part.InvokeAsync(() => part.Find("input[aria-label='Select Room 0']").ChangeAsync(new() { Value = true }));
        part.WaitForState(() => part.FindAll(".selection b").Count == 1 && part.Find(".selection b").TextContent == "1 room selected");
        part.WaitForState(() => part.FindAll(".selection button.action.off").Count == 3);
        Assert.Equal(["Planner", "Planner", "Operator"], part.FindAll(".selection button.action.off").Select(x => x.GetAttribute("title")!.Contains("Planner", StringComparison.Ordinal) ? "Planner" : x.GetAttribute("title")!.Contains("Operator", StringComparison.Ordinal) ? "Operator" : x.GetAttribute("title")));
        await part.InvokeAsync(() => part.FindAll(".selection button").First(x => x.TextContent.Contains("Select all 200", StringComparison.Ordinal)).ClickAsync(new()));
        part.WaitForState(() => part.Find(".selection b").TextContent == "200 rooms selected");
        Assert.All(part.FindAll("td.t-box input"), x => Assert.True(x.HasAttribute("checked")));

        await part.InvokeAsync(() => part.Find(".selection button[data-key=Escape]").ClickAsync(new()));
        part.WaitForState(() => part.FindAll(".selection").Count == 0);
    }

    [Fact]
    public async Task Part_LoadedAgain_HasTheRoomsThatWereSelected_AndKeepsWhatIsSelectedNext()
    {
        await using var portal = await PortalApp.StartAsync();
        var run = await CreateRunAsync(portal);
        await using var context = PageContext.As(portal, "viewer");
        context.JSInterop.Setup<string?>("portalDrafts.selected", $"run/{run}").SetResult("1+2");
        var part = context.Render<RunPart>(x => x.Add(p => p.RunId, run));
        part.WaitForState(() => part.FindAll(".selection b").Count == 1 && part.Find(".selection b").TextContent == "3 rooms selected");

        await part.InvokeAsync(() => part.Find("input[aria-label='Select Room 9']").ChangeAsync(new() { Value = true }));
        part.WaitForState(() => part.Find(".selection b").TextContent == "4 rooms selected");
        part.WaitForAssertion(() => Assert.Equal($"run/{run} 1+2,6", string.Join(' ', context.JSInterop.Invocations.Last(x => x.Identifier == "portalDrafts.select").Arguments)));
    }

    [Fact]
    public async Task Part_LoadedAgain_HasRoomsAsTheyDifferedWhenTheyWereSelected()
    {
        await using var portal = await PortalApp.StartAsync();
        var run = await CreateRunAsync(portal);
        await using var context = PageContext.As(portal, "planner");
        context.JSInterop.Setup<string?>("portalDrafts.selected", $"run/{run}").SetResult("1+2");
        context.JSInterop.Setup<string?>("portalDrafts.selected", $"run/{run}/seen").SetResult("0123456789abcdef:2");
        var part = context.Render<RunPart>(x => x.Add(p => p.RunId, run));
        part.WaitForAssertion(() => Assert.Equal(3, part.FindComponent<RunSelection>().Instance.Seen.Count));
        // Today nothing differs: what was seen then stands all the same.
        Assert.Equal([(1, null), (2, "0123456789abcdef"), (3, null)], part.FindComponent<RunSelection>().Instance.Seen.OrderBy(x => x.Key).Select(x => (x.Key, x.Value)));

        await part.InvokeAsync(() => part.Find("input[aria-label='Select Room 2']").ChangeAsync(new() { Value = false }));
        part.WaitForAssertion(() => Assert.Equal($"run/{run}/seen ", string.Join(' ', context.JSInterop.Invocations.Last(x => x.Identifier == "portalDrafts.select" && $"{x.Arguments[0]}".EndsWith("/seen", StringComparison.Ordinal)).Arguments)));
    }

    [Fact]
    public async Task Part_RoomsThatDiffer_AreFilteredByWhatDiffers_AndItsFileHasTheSameOnes()
    {
        await using var portal = await PortalApp.StartAsync();
        var run = await CreateRunAsync(portal);
        await portal.Database.ExecuteAsync($"""
            update portal.room_transfers set state = 'DoneWithFindings', grade = 'Investigate', finding_count = 1,
                differences = case when ordinal < 3 then array['Messages', 'Member'] else array['Member'] end where run_id = {run} and ordinal < 5
            """);
        await using var context = PageContext.As(portal, "viewer");
        var part = context.At($"/runs/{run}?difference=Messages").Render<RunPart>(x => x.Add(p => p.RunId, run));
        part.WaitForAssertion(() => Assert.Equal(["Room 0", "Room 1", "Room 2"], Names(part).Order(StringComparer.Ordinal)));
        Assert.Equal(["All differences", "Member (5)", "Messages (3)"], part.FindAll("select[aria-label=Difference] option").Select(x => x.TextContent));
        Assert.EndsWith("/transfers/export?difference=Messages", part.FindComponent<MigrationPortal.Lists.ExportMenu>().Instance.Url, StringComparison.Ordinal);

        await part.InvokeAsync(() => part.Find("select[aria-label=Difference]").ChangeAsync(new() { Value = "Member" }));
        part.WaitForState(() => Names(part).Count == 5);
        Assert.EndsWith($"/runs/{run}?difference=Member", context.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);

        using var client = portal.ClientFor("viewer");
        var file = await Lists.ExportApiTests.CsvAsync(client, $"runs/{run}/transfers/export?difference=Messages");
        Assert.Equal(3, file.Count - 1);
        var column = Array.IndexOf(file[0], "Differences");
        Assert.All(file.Skip(1), x => Assert.Equal("Messages, Member", x[column]));
    }

    private static string Address(PageContext context) => context.Services.GetRequiredService<NavigationManager>().Uri;

    private static List<string> Names(IRenderedComponent<RunPart> part) => [.. part.FindAll("tr[data-row] a.name").Select(x => x.TextContent.Trim())];

    private static async Task BeginAsync(PortalApp portal, long run, int count)
    {
        var picture = (await portal.Get<RunPictures>().FindAsync(run, CancellationToken.None))!;
        portal.Get<RunFeed>().Publish(run, null, [.. picture.Transfers.Take(count).Select(x => x with { State = TransferState.Copying, Revision = x.Revision + 1 })]);
    }

    private static async Task<long> CreateRunAsync(PortalApp portal)
    {
        await using var db = portal.Database.OpenPortal();
        var batch = new Batch { PoolPairId = "contoso", Name = "Wave 1", State = BatchState.Paused, Author = "planner", CreatedAt = DateTimeOffset.UnixEpoch };
        db.Add(batch);
        await db.SaveChangesAsync();
        var run = new Run { BatchId = batch.Id, PlanId = 0, State = RunState.Paused, StartedBy = "operator", StartedAt = DateTimeOffset.UnixEpoch };
        db.Add(run);
        await db.SaveChangesAsync();
        await portal.Database.ExecuteAsync($"""
            insert into portal.room_transfers (run_id, room_id, guid, ordinal, room_name, state, copied_message_count, total_message_count, verified_message_count, copied_byte_count,
                copied_file_count, total_file_count, copied_file_byte_count, finding_count, revision, changed_at)
            select {run.Id}, i, gen_random_uuid(), i, 'Room ' || i, 'Pending', 0, 1000 - i, 0, 0, 0, 0, 0, 0, 0, now() from generate_series(0, {Rooms - 1}) i
            """);
        return run.Id;
    }
}
