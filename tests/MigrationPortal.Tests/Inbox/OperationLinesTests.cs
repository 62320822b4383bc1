using Microsoft.Extensions.Options;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Inbox;
using MigrationPortal.Live;
using MigrationPortal.Notices;
using MigrationPortal.Notices.Deliveries;
using MigrationPortal.Notices.Outbox;
using MigrationPortal.PoolPairs;
using MigrationPortal.Runs.Backups;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Inbox;

/// <summary>What administrators have to know of: channels that do not deliver, backups, and runs that wait for a pool.</summary>
public sealed class OperationLinesTests
{
    [Fact]
    public async Task Mail_AwayForLongerThanAQuarterOfAnHour_CallsTheAdministrators()
    {
        await using var world = await StartAsync();
        world.Get<IOptions<NotificationsOptions>>().Value.Smtp.Host = "127.0.0.1";
        await world.Get<ChannelStates>().FailAsync(Delivery.Mail, new("Mail.Away.Silent"), CancellationToken.None);
        Assert.Empty(await ListAsync(world));
        await world.Database.ExecuteAsync("update portal.notice_channels set down_since = down_since - interval '20 minutes'");

        var line = Assert.Single(await ListAsync(world));
        Assert.Equal(("channel:mail", InboxClass.Now), (line.Key, line.Class));
        Assert.Contains("did not answer in time", line.Reason, StringComparison.Ordinal);
        Assert.NotNull(await world.Get<InboxQueries>().FindAsync(line.Key, PolicyWorld.Ada, CancellationToken.None));
        await world.Get<ChannelStates>().ComeBackAsync(Delivery.Mail, CancellationToken.None);
        Assert.Empty(await ListAsync(world));
    }

    [Fact]
    public async Task Backup_UnknownThenFreshThenOld_IsSaidAndToldOnce()
    {
        await using var world = await StartAsync();
        var chat = new ChatDatabase(ChatProduct.LyncPersistentChat2013, SqlProvider.SqlServer, "Server=new");
        world.Get<PoolPairCatalog>().Add(new(Pair, "Contoso", chat with { Product = ChatProduct.LyncGroupChat2010 }, chat));
        var id = await world.SubmittedAsync("Wave 1", "Desk");
        Assert.Empty(await ListAsync(world));
        Done(await world.ApproveAsync(id, Anna));

        var unknown = Assert.Single(await ListAsync(world));
        Assert.Equal(($"backup:{Pair}", InboxClass.Do), (unknown.Key, unknown.Class));
        Assert.StartsWith("No backup", unknown.Title, StringComparison.Ordinal);
        Assert.Equal(0, await world.Get<BackupNotices>().TellAsync(CancellationToken.None));

        await world.Database.ExecuteAsync($"""
            insert into portal.runs (batch_id, plan_id, kind, state, started_by, started_at, confirmations, confirmed_at, fingerprint)
            select batch_id, max(id), 'Move', 'Completed', 'olga', now(), array['BackupTaken'], now(), '' from portal.batch_plans where batch_id = {id} group by batch_id
            """);
        Assert.Empty(await ListAsync(world));
        await world.Database.ExecuteAsync("update portal.runs set confirmed_at = now() - interval '25 hours'");

        Assert.StartsWith("The last confirmed backup", Assert.Single(await ListAsync(world)).Title, StringComparison.Ordinal);
        Assert.Equal(1, await world.Get<BackupNotices>().TellAsync(CancellationToken.None));
        Assert.Equal(0, await world.Get<BackupNotices>().TellAsync(CancellationToken.None));
        await world.Database.ExecuteAsync($"update portal.batches set state = 'Draft' where id = {id}");
        Assert.Empty(await ListAsync(world));
    }

    [Fact]
    public async Task Run_WaitsForAPool_CallsTheAdministratorsAsWell()
    {
        await using var world = await StartAsync();
        var batch = await world.SubmittedAsync("Wave 1", "Desk");
        await world.Database.ExecuteAsync($$"""
            insert into portal.runs (batch_id, plan_id, kind, state, started_by, started_at, confirmations, confirmed_at, fingerprint, note)
            select batch_id, max(id), 'Move', 'Running', 'olga', now() - interval '10 minutes', '{}', now(), '', '{"key":"Wait.Retry","args":["it does not answer",30]}'
            from portal.batch_plans where batch_id = {{batch}} group by batch_id
            """);

        var line = Assert.Single(await ListAsync(world));
        Assert.Equal(($"outage:{batch}", InboxClass.Now, (long?)batch), (line.Key, line.Class, line.BatchId));
        Assert.Contains("it does not answer", line.Reason, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<InboxLine>> ListAsync(BatchWorld world)
    {
        world.Get<LiveFeed>().Deliver("reviews");
        return world.Get<InboxQueries>().ListAsync(Pair, PolicyWorld.Ada, CancellationToken.None);
    }
}
