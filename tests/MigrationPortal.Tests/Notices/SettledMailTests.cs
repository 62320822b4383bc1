using System.Globalization;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Rooms.Scanning;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Backups;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Notices;

/// <summary>Mails that waited for the mail server, each of something that is over by then or still is so.</summary>
public sealed class SettledMailTests
{
    [Theory]
    [InlineData("Sent", "")]
    [InlineData("Superseded", "withdrawn")]
    [InlineData("Superseded", "started")]
    public async Task Approved_NoLongerSoWhenItIsSent_IsLeftOut(string state, string since)
    {
        await using var world = await StartedAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp);
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        await node.HandOutAsync();
        if (since == "withdrawn")
            Done(await world.WithdrawAsync(id, Anna));
        if (since == "started")
            await world.Database.ExecuteAsync("update portal.reviews set state = 'Started'");
        await node.SendAsync();
        // Olga, and Petra whose batch it is.
        Assert.Equal(2, await CountAsync(world, "Approved", state));
    }

    [Theory]
    [InlineData("Sent", "")]
    [InlineData("Superseded", "withdrawn")]
    [InlineData("Superseded", "started")]
    [InlineData("Superseded", "expired")]
    public async Task ApprovalExpiring_CountsNoMoreOrItsRoundIsOver_IsLeftOut(string state, string since)
    {
        await using var world = await StartedAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp);
        await world.SetAsync(new ReviewPolicy { ExpiresAfterHours = 24 });
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Done(await world.ApproveAsync(id, Anna));
        Assert.Equal(1, await world.Get<DueNotices>().TellAsync(CancellationToken.None));
        await node.HandOutAsync();
        // As if she wanted it at once.
        await world.Database.ExecuteAsync("update portal.deliveries set state = 'Waiting' where state = 'Held'");
        if (since == "withdrawn")
            Done(await world.WithdrawAsync(id, Anna));
        if (since == "started")
            await world.Database.ExecuteAsync("update portal.reviews set state = 'Started'");
        if (since == "expired")
            await world.AgeAsync(TimeSpan.FromHours(25));
        await node.SendAsync();
        Assert.Equal(1, await CountAsync(world, "ApprovalExpiring", state));
    }

    [Theory]
    [InlineData("Sent", "Paused")]
    [InlineData("Superseded", "Running")]
    [InlineData("Superseded", "Completed")]
    public async Task RunPaused_GoesOnOrEndsBeforeItIsSent_IsLeftOut(string state, string now)
    {
        await using var world = await StartedAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp);
        var id = await RunAsync(world, "Paused");
        await TellAsync(world, "RunPaused", $"batch:{id.ToString(CultureInfo.InvariantCulture)}", null);
        await node.HandOutAsync();
        await world.Database.ExecuteAsync($"update portal.runs set state = '{now}'");
        await node.SendAsync();
        Assert.Equal(1, await CountAsync(world, "RunPaused", state));
    }

    [Theory]
    [InlineData("Sent", 20, "Running")]
    [InlineData("Superseded", 21, "Running")]
    [InlineData("Superseded", 20, "Completed")]
    public async Task RunStalled_MovesOrEndsBeforeItIsSent_IsLeftOut(string state, int copied, string now)
    {
        await using var world = await StartedAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp);
        await RunAsync(world, "Running");
        await SampleAsync(world, 300, 20);
        Assert.Equal(1, await world.Get<RunTroubleNotices>().TellAsync(CancellationToken.None));
        await node.HandOutAsync();
        await SampleAsync(world, 0, copied);
        await world.Database.ExecuteAsync($"update portal.runs set state = '{now}'");
        await node.SendAsync();
        // Olga who started it, and Petra whose batch it is.
        Assert.Equal(2, await CountAsync(world, "RunStalled", state));
    }

    [Theory]
    [InlineData("Sent", 1)]
    [InlineData("Superseded", -1)]
    public async Task WindowOpens_OpenBeforeItIsSent_IsLeftOut(string state, int hours)
    {
        await using var world = await StartedAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp);
        var opens = TimeProvider.System.GetUtcNow().AddHours(hours);
        await TellAsync(world, "WindowOpens", $"pool-pair:{Pair}", string.Create(CultureInfo.InvariantCulture, $"window-opens:{Pair}:{opens:O}"));
        await node.HandOutAsync();
        await node.SendAsync();
        Assert.Equal(1, await CountAsync(world, "WindowOpens", state));
    }

    [Theory]
    [InlineData("Sent", false)]
    [InlineData("Superseded", true)]
    public async Task PoolUnreachable_AScanCompletesBeforeItIsSent_IsLeftOut(string state, bool answers)
    {
        await using var world = await StartedAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp);
        await world.Database.ExecuteAsync($"""
            insert into portal.scans (pool_pair_id, state, requested_by, requested_at, finished_at, phase_done) values ('{Pair}', 'Failed', 'petra', now(), now(), 0)
            """);
        Assert.Equal(1, await world.Get<PoolNotices>().TellAsync(CancellationToken.None));
        await node.HandOutAsync();
        if (answers)
        {
            var scan = await world.ScanAsync(Trading());
            await world.Database.ExecuteAsync($"update portal.scans set finished_at = now() where id = {scan.ToString(CultureInfo.InvariantCulture)}");
        }

        await node.SendAsync();
        Assert.Equal(1, await CountAsync(world, "PoolUnreachable", state));
    }

    [Theory]
    [InlineData("Sent", false)]
    [InlineData("Superseded", true)]
    public async Task PoolUnreachable_TheRunThatMetItMovesBeforeItIsSent_IsLeftOut(string state, bool moves)
    {
        await using var world = await StartedAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp);
        await RunAsync(world, "Running");
        await world.Database.ExecuteAsync("""update portal.runs set note = '{"key":"Wait.Retry","args":["it does not answer",30]}'""");
        Assert.Equal(2, await world.Get<RunTroubleNotices>().TellAsync(CancellationToken.None));
        await node.HandOutAsync();
        if (moves)
        {
            await SampleAsync(world, 0, 1);
            await world.Database.ExecuteAsync("update portal.runs set note = null");
        }

        await node.SendAsync();
        Assert.Equal(1, await CountAsync(world, "PoolUnreachable", state));
    }

    [Theory]
    [InlineData("Sent", false)]
    [InlineData("Superseded", true)]
    public async Task BackupOld_ConfirmedAgainBeforeItIsSent_IsLeftOut(string state, bool isConfirmed)
    {
        await using var world = await StartedAsync();
        await using var smtp = new TestSmtpServer();
        var node = await MailNode.StartAsync(world, smtp);
        var chat = new ChatDatabase(ChatProduct.LyncPersistentChat2013, SqlProvider.SqlServer, "Server=new");
        world.Get<PoolPairCatalog>().Add(new(Pair, "Contoso", chat with { Product = ChatProduct.LyncGroupChat2010 }, chat));
        var id = await RunAsync(world, "Completed");
        Done(await world.ApproveAsync(id, Anna));
        await world.Database.ExecuteAsync("update portal.runs set confirmations = array['BackupTaken'], confirmed_at = now() - interval '25 hours'");
        Assert.Equal(1, await world.Get<BackupNotices>().TellAsync(CancellationToken.None));
        await node.HandOutAsync();
        if (isConfirmed)
            await world.Database.ExecuteAsync("update portal.runs set confirmed_at = now()");
        await node.SendAsync();
        Assert.Equal(1, await CountAsync(world, "BackupOld", state));
    }

    private static async Task<BatchWorld> StartedAsync()
    {
        var world = await StartAsync();
        await using var db = world.Database.OpenPortal();
        db.AddRange(new[] { PolicyWorld.Ada, Petra }.Select(Known));
        await db.SaveChangesAsync();
        return world;
    }

    private static async Task TellAsync(BatchWorld world, string kind, string subject, string? onceKey)
    {
        await using var db = world.Database.OpenPortal();
        db.Add(new NoticeEvent
        {
            Kind = kind, Subject = subject, PoolPairId = Pair, By = Caller.Portal.Name, At = TimeProvider.System.GetUtcNow(), Title = "Wave 1", Sentence = Wording.OfText("x"), Url = "/", OnceKey = onceKey,
        });
        await db.SaveChangesAsync();
    }

    private static async Task<long> RunAsync(BatchWorld world, string state)
    {
        var batch = await world.SubmittedAsync("Wave 1", "Desk");
        await world.Database.ExecuteAsync($"""
            insert into portal.runs (batch_id, plan_id, kind, state, started_by, started_at, confirmations, confirmed_at, fingerprint)
            select batch_id, max(id), 'Move', '{state}', 'olga', now() - interval '10 minutes', array[]::text[], now(), '' from portal.batch_plans where batch_id = {batch} group by batch_id
            """);
        return batch;
    }

    private static Task SampleAsync(BatchWorld world, int secondsAgo, long copied) => world.Database.ExecuteAsync($"""
        insert into portal.run_samples (run_id, at, copied_message_count, verified_message_count, copied_file_byte_count)
        select id, now() - interval '{secondsAgo} seconds', {copied}, 0, 0 from portal.runs
        """);

    private static Task<int> CountAsync(BatchWorld world, string kind, string state) => world.Database.ScalarAsync<int>(
        $"select count(*) from portal.deliveries d join portal.events e on e.id = d.event_id where e.kind = '{kind}' and d.state = '{state}'");
}
