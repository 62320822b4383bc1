using Microsoft.EntityFrameworkCore;
using MigrationPortal.Batches;
using MigrationPortal.Data;
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
    public async Task Delta_PortalDatabaseCutAndAway_CompletesWithWhatCame()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync("""
            insert into tblChat select 10, i, 636000000000000000 + i, 2 + i % 2, false, 'later ' || i from generate_series(301, 800) i;
            update tblLastChatId set lastChatID = 800 where nodeID = 10
            """);
        var run = (await op.PostAsync($"batches/{batch}/delta")).GetProperty("runId").GetString();

        await DisturbAsync(world, TimeSpan.FromSeconds(0.05));

        await world.EndsAsync($"select state from portal.runs where id = {run}", "Completed");
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
        await op.PostAsync($"batches/{batch}/undo");

        await DisturbAsync(world, TimeSpan.FromSeconds(0.05));

        await world.EndsAsync($"select state from portal.batches where id = {batch}", "Undone");
        Assert.Equal(before, await ChatWorld.HashAsync(world.Chat.NewDatabase));
        Assert.Equal(343, await world.Portal.Database.ScalarAsync<int>("select removed_message_count from portal.undos"));
    }

    [Fact]
    public async Task Scan_PortalDatabaseCutAndAway_CompletesAndIsNeverReportedAsFailed()
    {
        await using var world = await RunWorld.CreateAsync();
        ChatWorld.Done(await world.Portal.Get<RequestScanHandler>().HandleAsync(new RequestScan("contoso"), Caller.Portal, CancellationToken.None));

        await DisturbAsync(world, TimeSpan.FromSeconds(0.05));

        await world.EndsAsync("select state from portal.scans order by id desc limit 1", "Completed");
        Assert.True(await world.Portal.Database.ScalarAsync<bool>("select current_scan_id = (select max(id) from portal.scans) from portal.pool_pairs"));
    }

    [Fact]
    public async Task Verify_PortalDatabaseCutAndAway_VerifiesEveryRoomOnce()
    {
        await using var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Deep, ChatWorld.Hall);
        Assert.Null(await op.TryPostAsync($"batches/{batch}/verify"));

        await DisturbAsync(world, TimeSpan.FromSeconds(0.05));

        await world.EndsAsync("select state from portal.verifications", "Completed");
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

    // Cut a few times at moments that the seed decides, then away until something waits for it.
    private async Task DisturbAsync(RunWorld world, TimeSpan longest)
    {
        var random = new Random(TestSeed.Draw(output));
        for (var i = 0; i < Cuts; i++)
        {
            await Task.Delay(random.NextDouble() * longest, TimeProvider.System);
            await world.Portal.Database.CutAllAsync();
        }

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
