using System.Text.Json;
using Bunit;
using MigrationPortal.Files;
using MigrationPortal.Rooms;
using MigrationPortal.Rooms.Viewing;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Engine.Files;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Files;

/// <summary>What a scan finds out about files: preflight names it, and the room shows it.</summary>
public sealed class ScanFilesTests
{
    private static readonly string[] _links =
    [
        $"ma-filelink:{StoreWorld.First.ToUpperInvariant()}", $"<a href=\"ma-filelink:{StoreWorld.First}\">again</a>", $"ma-filelink:{Path.GetFileName(StoreWorld.Third)}",
        "ma-filelink:6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b99.pdf", "ma-filelink:../../etc/passwd", "ma-filelink:leads-out",
    ];

    [Fact]
    public async Task Scan_LinksAndFiles_AreMatchedAndShownPerRoom()
    {
        using var stores = Stores();
        await using var world = await RunWorld.CreateAsync(LinkAll, stores.Settings);
        using var viewer = new ApiTalk(world.Portal.Address, "viewer");
        var room = await world.Portal.Database.ScalarAsync<long>($"select id from portal.rooms where guid = '{ChatWorld.General}'");

        var files = await FilesAsync(viewer, room);

        Assert.Equal(
            [
                ("../../etc/passwd", 1, "LeavesStore"), ("leads-out", 1, "LeavesStore"), ("6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b99.pdf", 1, "Missing"),
                (StoreWorld.First, 2, "Waits"), (StoreWorld.Third, 1, "Waits"),
            ],
            files.OrderBy(x => x.State, StringComparer.Ordinal).ThenBy(x => x.Name, StringComparer.Ordinal));
        Assert.Equal(2, (await viewer.GetAsync($"rooms/{room}/files?take=2")).GetProperty("items").GetArrayLength());

        var batch = await world.ApprovedBatchAsync(ChatWorld.General);
        await world.EndAsync((await world.StartAsync(batch)).RunId);
        Assert.Equal(2, (await FilesAsync(viewer, room)).Count(x => x.State == "Copied"));
    }

    [Fact]
    public async Task Preflight_MissingAndOrphanedFiles_AreNamedAndTheStartAgrees()
    {
        using var stores = Stores();
        await using var world = await RunWorld.CreateAsync(LinkAll, stores.Settings);
        using var viewer = new ApiTalk(world.Portal.Address, "viewer");
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);

        var findings = (await viewer.GetAsync($"batches/{batch}/preflight")).GetProperty("items").EnumerateArray().Where(x => x.GetProperty("ruleId").GetString() == "P18")
            .Select(x => x.GetProperty("message").GetString()!).ToList();

        Assert.Equal(2, findings.Count);
        var moved = (await viewer.GetAsync($"batches/{batch}/plan?kind=Files")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(("2", "10 bytes"), (moved.GetProperty("new").GetString(), moved.GetProperty("source").GetString()));
        Assert.Contains(findings, x => x.StartsWith("3 files that its messages link to are not in the file store: ", StringComparison.Ordinal) && x.Contains("../../etc/passwd (outside the file store)", StringComparison.Ordinal));
        Assert.Contains(findings, x => x.StartsWith("No message links to 1 file (", StringComparison.Ordinal));
        // What is missing on the legacy side was announced: the room is proven as planned.
        Assert.Equal(RunState.Completed, (await world.EndAsync((await world.StartAsync(batch)).RunId)).State);
    }

    [Fact]
    public async Task Preflight_NewStoreNotConfigured_SaysThatFilesStay()
    {
        using var stores = Stores();
        await using var world = await RunWorld.CreateAsync(LinkAll, stores.Settings[0]);
        using var viewer = new ApiTalk(world.Portal.Address, "viewer");
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);

        Assert.Contains((await viewer.GetAsync($"batches/{batch}/preflight")).GetProperty("items").EnumerateArray(),
            x => x.GetProperty("message").GetString()!.Contains("New:FileStore is not configured", StringComparison.Ordinal));
        Assert.Equal(RunState.Completed, (await world.EndAsync((await world.StartAsync(batch)).RunId)).State);
        Assert.Empty(Directory.EnumerateFileSystemEntries(stores.New));
    }

    [Fact]
    public async Task Scan_StoreIsAway_FailsWithOneSentenceAndKeepsTheInventory()
    {
        using var stores = Stores();
        await using var world = await RunWorld.CreateAsync(LinkAll, stores.Settings);
        using var planner = new ApiTalk(world.Portal.Address, "planner");
        Directory.Move(stores.Legacy, stores.Legacy + "-away");

        await planner.PostAsync("pool-pairs/contoso/scans");
        var scan = await Eventually.IsAsync(() => planner.GetAsync("pool-pairs/contoso/scans/latest"), x => x.GetProperty("state").GetString() is "Failed" or "Completed");

        Assert.Contains($"The file store {stores.Legacy} cannot be reached", scan.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(6, (await planner.GetAsync("pool-pairs/contoso/rooms")).GetProperty("total").GetInt32() - 1);
    }

    [Fact]
    [Shows<RoomFilesTab>(PartState.Filled)]
    public async Task Tab_RoomWithFiles_ShowsBothSidesAndWhatHappens()
    {
        using var stores = Stores();
        await using var world = await RunWorld.CreateAsync(LinkAll, stores.Settings);
        var room = await world.Portal.Database.ScalarAsync<long>($"select id from portal.rooms where guid = '{ChatWorld.General}'");
        await using var context = new PageContext(world.Portal.Services, world.Operator);

        var page = context.At($"/rooms/{room}?tab=files").Render<RoomPage>(x => x.Add(p => p.Id, room));

        page.WaitForState(() => page.FindAll("tbody tr code").Count == 5);
        Assert.Contains("5 files", page.Markup, StringComparison.Ordinal);
        Assert.Equal("outside the file store", page.FindAll("tbody tr").First(x => x.TextContent.Contains("passwd", StringComparison.Ordinal)).QuerySelector("td:last-child")!.TextContent.Trim().TrimStart('!').Trim());
        Assert.Contains("copied with the room", page.Markup, StringComparison.Ordinal);
    }

    private static StoreFolders Stores()
    {
        var stores = new StoreFolders();
        File.CreateSymbolicLink(Path.Combine(stores.Legacy, "leads-out"), "/etc/hostname");
        return stores;
    }

    private static void LinkAll(ChatWorld chat) => StoreWorld.LinkAsync(chat, ChatWorld.General, _links).GetAwaiter().GetResult();

    private static async Task<List<(string Name, int Links, string State)>> FilesAsync(ApiTalk talk, long room) =>
        [.. (await talk.GetAsync($"rooms/{room}/files")).GetProperty("items").EnumerateArray().Select(Line)];

    private static (string, int, string) Line(JsonElement x) => (x.GetProperty("name").GetString()!, x.GetProperty("links").GetInt32(), x.GetProperty("state").GetString()!);
}
