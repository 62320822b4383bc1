using Bunit;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Engine.Verification;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Engine.Files;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Files;

/// <summary>A run moves the files that its rooms' messages link to, counts and proves them, and an undo takes them back.</summary>
public sealed class MoveFilesTests
{
    [Fact]
    public async Task Run_RoomWithFiles_CopiesCountsAndProvesThem_AndUndoLeavesTheTreeAsItWas()
    {
        using var stores = new StoreFolders();
        await using var world = await RunWorld.CreateAsync(LinkAll, stores.Settings);
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        StoreWorld.Put(stores.New, "other.txt", "not ours");
        var before = StoreWorld.Tree(stores.New);
        var batch = await world.ApprovedBatchAsync(ChatWorld.General, ChatWorld.Hall);

        var run = await world.EndAsync((await world.StartAsync(batch)).RunId);

        Assert.Equal((RunState.Completed, null), (run.State, run.Error));
        var answer = await op.GetAsync($"runs/{run.Id}");
        // The one that both rooms link to counts in both.
        Assert.Equal((4, 4), (answer.GetProperty("totals").GetProperty("copiedFileCount").GetInt32(), answer.GetProperty("totals").GetProperty("totalFileCount").GetInt32()));
        Assert.Equal(StoreWorld.Tree(stores.Legacy) + "\n", string.Concat(StoreWorld.Tree(stores.New).Split('\n').Where(x => !x.StartsWith("other", StringComparison.Ordinal)).Select(x => x + "\n")));
        var proof = (await op.GetAsync($"batches/{batch}/verification")).GetProperty("rooms").EnumerateArray().Select(x => x.GetProperty("rules").EnumerateArray().Last());
        Assert.All(proof, x => Assert.Equal(("Files", true), (x.GetProperty("name").GetString(), x.GetProperty("holds").GetBoolean())));

        var asked = await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" });
        Assert.Equal(3, asked.GetProperty("fileCount").GetInt32());
        // With each room the files that its messages link to.
        var lines = (await op.GetAsync($"batches/{batch}/undo-preview")).GetProperty("preview").GetProperty("rooms").EnumerateArray().ToList();
        Assert.Equal([3, 1], lines.Select(x => x.GetProperty("files").GetInt32()));
        Assert.All(lines, x => Assert.True(x.GetProperty("fileBytes").GetInt64() > 0));
        await using (var context = PageContext.As(world.Portal, "approver"))
        {
            var page = context.At($"/batches/{batch}?tab=undo").Render<BatchPage>(x => x.Add(p => p.Id, batch));
            page.WaitForAssertion(() => Assert.Contains(page.FindAll("tr[data-row] td.n"), x => x.TextContent.StartsWith("1 · ", StringComparison.Ordinal)));
        }

        await approver.ApproveUndoAsync(batch, asked);
        await op.PostAsync($"batches/{batch}/undo");
        await Eventually.IsAsync(() => world.BatchAsync(batch), x => x is BatchState.Undone or BatchState.Failed);

        Assert.Equal(BatchState.Undone, await world.BatchAsync(batch));
        Assert.Equal(before, StoreWorld.Tree(stores.New));
        Assert.Equal(3, (await op.GetAsync($"batches/{batch}/undo-preview")).GetProperty("request").GetProperty("removedFileCount").GetInt32());
        Assert.Equal(0, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.ledger_files"));
    }

    [Fact]
    public async Task Undo_OfTheFirstOfTwoBatchesThatLinkToOneFile_LeavesItToTheSecond()
    {
        using var stores = new StoreFolders();
        await using var world = await RunWorld.CreateAsync(LinkAll, stores.Settings);
        var before = StoreWorld.Tree(stores.New);
        var first = await world.RanAsync(ChatWorld.General);
        await world.ScanAsync();
        var second = await world.RanAsync(ChatWorld.Hall);

        await world.UndoneAsync(first);
        Assert.Contains(StoreWorld.First, StoreWorld.Tree(stores.New), StringComparison.Ordinal);
        Assert.DoesNotContain(StoreWorld.Second, StoreWorld.Tree(stores.New), StringComparison.Ordinal);
        await world.UndoneAsync(second);

        Assert.Equal(before, StoreWorld.Tree(stores.New));
    }

    [Fact]
    public async Task Delta_NewFileAndADeadLinkKnownBefore_MovesTheNewOneWithoutANewReview()
    {
        using var stores = new StoreFolders();
        await using var world = await RunWorld.CreateAsync(LinkAll, stores.Settings);
        using var op = new ApiTalk(world.Portal.Address, "operator");
        await StoreWorld.LinkAsync(world.Chat, ChatWorld.General, "ma-filelink:gone.pdf");
        await world.ScanAsync();
        var batch = await world.RanAsync(ChatWorld.General);
        const string Later = "6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b04.pdf";
        StoreWorld.Put(stores.Legacy, Later, "later");
        await StoreWorld.LinkAsync(world.Chat, ChatWorld.General, $"ma-filelink:{Later}");
        await world.ScanAsync();

        var started = await op.PostAsync($"batches/{batch}/delta", new { });

        Assert.Equal("Running", started.GetProperty("state").GetString());
        var run = await world.EndAsync(long.Parse(started.GetProperty("runId").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((RunState.Completed, null), (run.State, run.Error));
        Assert.Equal((4, 4), Assert.Single(await world.TransfersAsync(run.Id)) is var line ? (line.CopiedFileCount, line.TotalFileCount) : default);
        Assert.Equal("later", await File.ReadAllTextAsync(Path.Combine(stores.New, Later)));
        await world.UndoneAsync(batch);
        Assert.Empty(Directory.EnumerateFileSystemEntries(stores.New));
    }

    [Fact]
    public async Task Run_FileIsSomebodyElses_IsInvestigatedAndNamed()
    {
        using var stores = new StoreFolders();
        await using var world = await RunWorld.CreateAsync(LinkAll, stores.Settings);
        StoreWorld.Put(stores.New, StoreWorld.Second, "somebody else's");
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);

        var run = await world.EndAsync((await world.StartAsync(batch)).RunId);

        Assert.Equal(RunState.CompletedWithFindings, run.State);
        var line = Assert.Single(await world.TransfersAsync(run.Id));
        Assert.Equal((Grade.Investigate, 1, 2, 3), (line.Grade, line.FindingCount, line.CopiedFileCount, line.TotalFileCount));
        Assert.Equal("somebody else's", await File.ReadAllTextAsync(Path.Combine(stores.New, StoreWorld.Second)));
    }

    [Fact]
    public async Task Run_StoreIsAway_WaitsAndGoesOnWhenItIsBack()
    {
        using var stores = new StoreFolders();
        await using var world = await RunWorld.CreateAsync(LinkAll, stores.Settings);
        var batch = await world.ApprovedBatchAsync(ChatWorld.General);
        Directory.Move(stores.New, stores.New + "-away");

        var run = (await world.StartAsync(batch)).RunId;
        var waiting = await Eventually.IsAsync(() => world.RunAsync(run), x => x.Note is not null || x.State.IsFinal());
        Assert.Contains(stores.New, waiting.Note?.ToString(), StringComparison.Ordinal);
        Directory.Move(stores.New + "-away", stores.New);

        Assert.Equal(RunState.Completed, (await world.EndAsync(run)).State);
        Assert.Equal(StoreWorld.Tree(stores.Legacy), StoreWorld.Tree(stores.New));
    }

    // General has all three, Hall shares the first.
    private static void LinkAll(ChatWorld chat) => LinkAllAsync(chat).GetAwaiter().GetResult();

    private static async Task LinkAllAsync(ChatWorld chat)
    {
        await StoreWorld.LinkAsync(chat, ChatWorld.General, $"ma-filelink:{StoreWorld.First}", $"see ma-filelink:{StoreWorld.Second}.", $"ma-filelink:{Path.GetFileName(StoreWorld.Third)}");
        await StoreWorld.LinkAsync(chat, ChatWorld.Hall, $"ma-filelink:{StoreWorld.First}");
    }
}
