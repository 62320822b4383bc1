using Bunit;
using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Batches.Viewing;
using MigrationPortal.Data;
using MigrationPortal.Live;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;
using Npgsql;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Runs;

/// <summary>The portal's own database cuts its connections at random moments of every kind of work, and then is away for a while.</summary>
public sealed class PortalOutageTests(ITestOutputHelper output)
{
    private const int Cuts = 30;

    [Fact]
    public async Task Copy_PortalDatabaseCutAndAway_CompletesWithNothingLostOrTwice()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:MessagesPerSecond", "60"));
        var batch = await world.ApprovedBatchAsync(ChatWorld.General, ChatWorld.Deep);
        var run = (await world.StartAsync(batch)).RunId;

        await DisturbAsync(world, TimeSpan.FromSeconds(0.2));

        await world.EndsAsync($"select state from portal.runs where id = {run}", "Completed");
        Assert.Equal(341, await world.Chat.NewDatabase.ScalarAsync<int>(
            $"select count(distinct (channelId, chatId)) from tblChat join tblNode on nodeID = channelId where nodeGuid in ('{ChatWorld.General}', '{ChatWorld.Deep}')"));
        Assert.Equal(0, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.ledger_pages where confirmed_at is null"));
    }

    [Fact]
    public async Task Pages_ReadingWhilePortalDatabaseIsCutAndAway_ShowTheEndByThemselves()
    {
        await using var world = await RunWorld.CreateAsync(null, ("Runs:MessagesPerSecond", "60"));
        var batch = await world.ApprovedBatchAsync(ChatWorld.General, ChatWorld.Deep);
        var run = (await world.StartAsync(batch)).RunId;
        await using var context = PageContext.As(world.Portal, "operator");
        var ofRun = context.Render<RunPage>(x => x.Add(p => p.RunId, run));
        await using var other = PageContext.As(world.Portal, "operator");
        var ofBatch = other.At($"/batches/{batch}?pair=contoso").Render<BatchPage>(x => x.Add(p => p.Id, batch));
        ofRun.WaitForState(() => ofRun.Find("h1").TextContent.Contains("Running", StringComparison.Ordinal));
        ofBatch.WaitForState(() => ofBatch.Find("h1").TextContent.Contains("Running", StringComparison.Ordinal));

        var feed = world.Portal.Get<LiveFeed>();
        await DisturbAsync(world, TimeSpan.FromSeconds(0.2), () =>
        {
            feed.Announce($"run:{run}");
            feed.Announce($"batch:{batch}");
        });

        await world.EndsAsync($"select state from portal.runs where id = {run}", "Completed");
        ofRun.WaitForState(() => ofRun.Find("h1").TextContent.Contains("Completed", StringComparison.Ordinal));
        ofRun.WaitForState(() => ofRun.Markup.Replace("<small>", "", StringComparison.Ordinal).Contains("341 of 341", StringComparison.Ordinal));
        ofBatch.WaitForState(() => ofBatch.Find("h1").TextContent.Contains("Completed", StringComparison.Ordinal));
        Assert.Empty(ofRun.FindAll(".state.failed"));
        ofBatch.WaitForState(() => ofBatch.FindAll(".state.failed, .skeleton").Count == 0);
    }

    [Fact]
    public async Task Delta_PortalDatabaseCutAndAway_CompletesWithWhatCame()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync("""
            insert into tblChat select 10, i, 636000000000000000 + i, 2 + i % 2, false, 'later ' || i from generate_series(301, 800) i;
            update tblLastChatId set lastChatID = 800 where nodeID = 10
            """);
        const string state = "select state from portal.runs order by id desc limit 1";

        await DisturbHeldAsync(world, "tblChat", "share", state, () => op.PostAsync($"batches/{batch}/delta"));

        await world.EndsAsync(state, "Completed");
        Assert.Equal(800, await world.Chat.NewDatabase.ScalarAsync<int>($"select count(distinct chatId) from tblChat join tblNode on nodeID = channelId where nodeGuid = '{ChatWorld.General}'"));
    }

    [Fact]
    public async Task Undo_PortalDatabaseCutAndAway_LeavesTheNewPoolAsBefore()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var before = await ChatWorld.HashAsync(world.Chat.NewDatabase);
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Deep, ChatWorld.Hall);
        var asked = await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" });
        await approver.ApproveUndoAsync(batch, asked);
        var state = $"select state from portal.batches where id = {batch}";

        // Every message is gone by then, and the rows of the rooms are not.
        await DisturbHeldAsync(world, "tblNode", "share", state, () => op.PostAsync($"batches/{batch}/undo"));

        await world.EndsAsync(state, "Undone");
        Assert.Equal(before, await ChatWorld.HashAsync(world.Chat.NewDatabase));
        Assert.Equal(343, await world.Portal.Database.ScalarAsync<int>("select removed_message_count from portal.undos"));
    }

    [Fact]
    public async Task Scan_PortalDatabaseCutAndAway_CompletesAndIsNeverReportedAsFailed()
    {
        await using var world = await RunWorld.CreateAsync();
        const string state = "select state from portal.scans order by id desc limit 1";

        await DisturbHeldAsync(world, "tblChat", "access exclusive", state, async () =>
            ChatWorld.Done(await world.Portal.Get<RequestScanHandler>().HandleAsync(new RequestScan("contoso"), Caller.Portal, CancellationToken.None)));

        await world.EndsAsync(state, "Completed");
        Assert.True(await world.Portal.Database.ScalarAsync<bool>("select current_scan_id = (select max(id) from portal.scans) from portal.pool_pairs"));
    }

    [Fact]
    public async Task Verify_PortalDatabaseCutAndAway_VerifiesEveryRoomOnce()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Deep, ChatWorld.Hall);
        const string state = "select state from portal.verifications";

        await DisturbHeldAsync(world, "tblChat", "access exclusive", state, async () => Assert.Null(await op.TryPostAsync($"batches/{batch}/verify")));

        await world.EndsAsync(state, "Completed");
        Assert.Equal(6, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.room_verifications"));
        Assert.Equal("Perfect", (await op.GetAsync($"batches/{batch}/verification")).GetProperty("grade").GetString());
    }

    [Fact]
    public async Task ScanProgress_CannotBeWritten_ScanGoesOn()
    {
        await using var world = await RunWorld.CreateAsync();
        await using var nowhere = await TestDatabase.CreatePortalAsync();
        var databases = new Portals(nowhere);
        await nowhere.CloseAsync();
        var progress = new ScanProgress(databases, world.Portal.Get<MigrationPortal.Live.LiveFeed>(), TimeProvider.System, 1, "contoso");

        var done = await progress.WatchAsync(
            async () =>
            {
                progress.Report("Files");
                await databases.Asked.Task;
                return true;
            },
            CancellationToken.None);

        Assert.True(done);
        await nowhere.ReopenAsync();
    }

    [Theory]
    [InlineData("57P01", true)]
    [InlineData("55000", true)]
    [InlineData("40P01", true)]
    [InlineData("23505", false)]
    [InlineData("08P01", false)]
    [InlineData("42703", false)]
    public void Outage_OfAServersAnswer_IsToldFromAMistakeHoweverItIsWrapped(string state, bool isOutage)
    {
        var failure = new PostgresException("message", "FATAL", "FATAL", state);

        Assert.Equal(isOutage, Outage.Is(failure));
        Assert.Equal(isOutage, Outage.Is(new InvalidOperationException("likely due to a transient failure", new DbUpdateException("saving", failure))));
        Assert.False(Outage.Is(new InvalidOperationException("a bug")));
    }

    private async Task DisturbAsync(RunWorld world, TimeSpan longest, Action? beforeCut = null)
    {
        var random = new Random(TestSeed.Draw(output));
        await CutAsync(world, random, Cuts, longest, beforeCut);
        await AwayAsync(world, random, longest);
    }

    // The work comes to a table of the new pool that is held, and is cut there, on its way to it, and on its way to the end.
    private async Task DisturbHeldAsync(RunWorld world, string table, string mode, string state, Func<Task> start)
    {
        var (random, longest) = (new Random(TestSeed.Draw(output)), TimeSpan.FromSeconds(0.05));
        await using (await HeldTable.HoldAsync(world.Chat.NewDatabase, table, mode))
        {
            await start();
            await CutAsync(world, random, Cuts / 3, longest);
            await Eventually.TrueAsync(() => world.Chat.NewDatabase.IsWaitingAsync());
            await CutAsync(world, random, Cuts / 3, longest);
            // Not over before the last of these: each met the work.
            var found = await world.StateAsync(state);
            Assert.True(found is "Running" or "Undoing", found);
        }

        await CutAsync(world, random, Cuts / 3, longest);
        await AwayAsync(world, random, longest);
    }

    // At moments that the seed decides.
    private static async Task CutAsync(RunWorld world, Random random, int times, TimeSpan longest, Action? beforeCut = null)
    {
        for (var i = 0; i < times; i++)
        {
            await Task.Delay(random.NextDouble() * longest, TimeProvider.System);
            beforeCut?.Invoke();
            await world.Portal.Database.CutAllAsync();
        }
    }

    // Until something waits for it.
    private static async Task AwayAsync(RunWorld world, Random random, TimeSpan longest)
    {
        await world.Portal.Database.CloseAsync();
        await Task.Delay(random.NextDouble() * longest, TimeProvider.System);
        await world.Portal.Database.ReopenAsync();
    }

    private sealed class Portals(TestDatabase database) : IDbContextFactory<PortalDbContext>
    {
        public TaskCompletionSource Asked { get; } = new();

        public PortalDbContext CreateDbContext()
        {
            Asked.TrySetResult();
            return database.OpenPortal();
        }
    }
}
