using Bunit;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Shared;
using Npgsql;

namespace MigrationPortal.Tests.Runs;

/// <summary>
/// The portal's own database is away for more than a minute in the middle of a copy, a delta, an undo, a verification and a scan, each in
/// a portal of its own, with a page open: all of them wait and go on, and every count is right.
/// </summary>
public sealed class LongOutageTests
{
    // Longer than any lock, lease or retry of one database that is to be outlived.
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(61);

    [Fact]
    public async Task Work_PortalDatabaseAwayForAMinute_GoesOnWithEveryCountRight()
    {
        var cases = await Task.WhenAll(CopyAsync(), DeltaAsync(), UndoAsync(), VerifyAndScanAsync());
        try
        {
            await Task.WhenAll(cases.Select(x => x.World.Portal.Database.CloseAsync()));
            await Task.WhenAll(cases.Select(x => x.ReleaseAsync()));
            // The outage itself: nothing that could be waited for happens in it.
            await Task.Delay(Away, TimeProvider.System);
            await Task.WhenAll(cases.Select(x => x.World.Portal.Database.ReopenAsync()));

            await Task.WhenAll(cases.Select(x => x.ProveAsync()));
        }
        finally
        {
            foreach (var one in cases) await one.World.DisposeAsync();
        }
    }

    private static async Task<Case> CopyAsync()
    {
        var world = await RunWorld.CreateAsync(null, ("Runs:MessagesPerSecond", "2"));
        var batch = await world.ApprovedBatchAsync(ChatWorld.General, ChatWorld.Deep);
        var run = (await world.StartAsync(batch)).RunId;
        var context = PageContext.As(world.Portal, "operator");
        var page = context.Render<RunPage>(x => x.Add(p => p.RunId, run));
        page.WaitForState(() => page.Markup.Contains("Running", StringComparison.Ordinal));
        await Eventually.TrueAsync(async () => await world.Chat.NewDatabase.ScalarAsync<int>(CountOf(ChatWorld.General)) > 0);
        return new(world, () => Task.CompletedTask, async () =>
        {
            using var op = new ApiTalk(world.Portal.Address, "operator");
            await Eventually.TrueAsync(async () => await op.TryPostAsync($"batches/{batch}/throttle") is null);
            await world.EndsAsync($"select state from portal.runs where id = {run}", "Completed");
            Assert.Equal((300, 41), (await world.Chat.NewDatabase.ScalarAsync<int>(CountOf(ChatWorld.General)), await world.Chat.NewDatabase.ScalarAsync<int>(CountOf(ChatWorld.Deep))));
            Assert.Equal(341, await world.Portal.Database.ScalarAsync<int>($"select sum(copied_message_count) from portal.room_transfers where run_id = {run}"));
            Assert.Equal(0, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.ledger_pages where confirmed_at is null"));
            // The page that was open all the time shows the end by itself.
            page.WaitForState(() => page.Markup.Contains("Completed", StringComparison.Ordinal));
            await context.DisposeAsync();
        });
    }

    private static async Task<Case> DeltaAsync()
    {
        var world = await RunWorld.CreateAsync();
        var batch = await world.RanAsync(ChatWorld.General);
        await world.Chat.LegacyDatabase.ExecuteAsync("""
            insert into tblChat select 10, i, 636000000000000000 + i, 2 + i % 2, false, 'later ' || i from generate_series(301, 800) i;
            update tblLastChatId set lastChatID = 800 where nodeID = 10
            """);
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var release = await HoldAsync(world.Chat.NewDatabase, "share");
        var run = (await op.PostAsync($"batches/{batch}/delta")).GetProperty("runId").GetString();
        await WaitedForAsync(world.Chat.NewDatabase, 1);
        return new(world, release, async () =>
        {
            await world.EndsAsync($"select state from portal.runs where id = {run}", "Completed");
            Assert.Equal(800, await world.Chat.NewDatabase.ScalarAsync<int>(CountOf(ChatWorld.General)));
        });
    }

    private static async Task<Case> UndoAsync()
    {
        var world = await RunWorld.CreateAsync();
        var before = await ChatWorld.HashAsync(world.Chat.NewDatabase);
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Deep, ChatWorld.Hall);
        using var op = new ApiTalk(world.Portal.Address, "operator");
        using var approver = new ApiTalk(world.Portal.Address, "approver");
        var asked = await op.PostAsync($"batches/{batch}/undo", new { reason = "Wrong" });
        await approver.ApproveUndoAsync(batch, asked);
        var release = await HoldAsync(world.Chat.NewDatabase, "share");
        await op.PostAsync($"batches/{batch}/undo");
        await WaitedForAsync(world.Chat.NewDatabase, 1);
        return new(world, release, async () =>
        {
            await world.EndsAsync($"select state from portal.batches where id = {batch}", "Undone");
            Assert.Equal(before, await ChatWorld.HashAsync(world.Chat.NewDatabase));
            Assert.Equal(343, await world.Portal.Database.ScalarAsync<int>("select removed_message_count from portal.undos"));
        });
    }

    private static async Task<Case> VerifyAndScanAsync()
    {
        var world = await RunWorld.CreateAsync();
        using var op = new ApiTalk(world.Portal.Address, "operator");
        var batch = await world.RanAsync(ChatWorld.General, ChatWorld.Deep, ChatWorld.Hall);
        var release = await HoldAsync(world.Chat.LegacyDatabase, "access exclusive");
        Assert.Null(await op.TryPostAsync($"batches/{batch}/verify"));
        ChatWorld.Done(await world.Portal.Get<RequestScanHandler>().HandleAsync(new RequestScan("contoso"), Caller.Portal, CancellationToken.None));
        await WaitedForAsync(world.Chat.LegacyDatabase, 2);
        return new(world, release, async () =>
        {
            await world.EndsAsync("select state from portal.scans order by id desc limit 1", "Completed");
            Assert.True(await world.Portal.Database.ScalarAsync<bool>("select current_scan_id = (select max(id) from portal.scans) from portal.pool_pairs"));
            await world.EndsAsync("select state from portal.verifications", "Completed");
            Assert.Equal(6, await world.Portal.Database.ScalarAsync<int>("select count(*) from portal.room_verifications"));
            using var again = new ApiTalk(world.Portal.Address, "operator");
            Assert.Equal("Perfect", (await again.GetAsync($"batches/{batch}/verification")).GetProperty("grade").GetString());
        });
    }

    private static string CountOf(string room) => $"select count(distinct (channelId, chatId)) from tblChat join tblNode on nodeID = channelId where nodeGuid = '{room}'";

    /// <summary>Holds the messages of a chat database, so that whoever needs them stands in the middle of its work.</summary>
    private static async Task<Func<Task>> HoldAsync(TestDatabase database, string mode)
    {
        var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand($"begin; lock table tblChat in {mode} mode", connection);
        await command.ExecuteNonQueryAsync();
        return async () => await connection.DisposeAsync();
    }

    private static Task WaitedForAsync(TestDatabase database, int waiting) => Eventually.TrueAsync(async () =>
        await database.ScalarAsync<int>("select count(*) from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())") >= waiting);

    /// <param name="ReleaseAsync">Lets the work go on in its chat database, while the portal's is away.</param>
    private sealed record Case(RunWorld World, Func<Task> ReleaseAsync, Func<Task> ProveAsync);
}
