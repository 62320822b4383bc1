using MigrationPortal.Inbox;
using MigrationPortal.Live;
using MigrationPortal.PoolPairs;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Runs;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Inbox;

public sealed class TroubleLinesTests
{
    private static readonly Caller _operator = new("olga", "Olga", new HashSet<Role> { Role.Operator });
    private static readonly Caller _auditor = new("aron", "Aron", new HashSet<Role> { Role.Auditor });
    private static readonly Caller _administrator = new("ada", "Ada", new HashSet<Role> { Role.Administrator });

    [Fact]
    public async Task List_RunStandsStillForMinutes_CallsTheOperatorsUntilItMoves()
    {
        await using var world = await StartAsync();
        var batch = await world.SubmittedAsync("Wave 1", "Desk");
        await MovingAsync(world, batch);
        await SampleAsync(world, secondsAgo: 300, copied: 10);
        await SampleAsync(world, secondsAgo: 200, copied: 20);
        await SampleAsync(world, secondsAgo: 1, copied: 20);

        var line = Assert.Single(await ListAsync(world, _operator));
        Assert.Equal(($"stalled:{batch}", InboxClass.Now, batch), (line.Key, line.Class, line.BatchId));
        Assert.InRange(TimeProvider.System.GetUtcNow() - line.Since, TimeSpan.FromSeconds(190), TimeSpan.FromSeconds(260));
        Assert.Empty(await ListAsync(world, _auditor));

        await SampleAsync(world, secondsAgo: 0, copied: 21);
        Assert.Empty(await ListAsync(world, _operator));
    }

    [Fact]
    public async Task List_RoomsOfUnknownOutcome_CallTheOperatorsWithTheirNumber()
    {
        await using var world = await StartAsync();
        var batch = await world.SubmittedAsync("Wave 1", "Desk");
        await MovingAsync(world, batch);
        await world.Database.ExecuteAsync($"""
            insert into portal.room_transfers (run_id, room_id, guid, ordinal, room_name, state, copied_message_count, total_message_count, copied_byte_count, copied_file_count,
                total_file_count, copied_file_byte_count, verified_message_count, finding_count, revision)
            select r.id, b.room_id, gen_random_uuid(), 1, 'Desk', 'OutcomeUnknown', 0, 5, 0, 0, 0, 0, 0, 0, 0 from portal.runs r join portal.batch_rooms b on b.batch_id = r.batch_id
            """);

        var line = Assert.Single(await ListAsync(world, _operator));
        Assert.Equal($"unknown:{batch}", line.Key);
        Assert.StartsWith("For 1 room ", line.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_LastScanFailed_CallsTheAdministrators()
    {
        await using var world = await StartAsync();
        Assert.Empty(await ListAsync(world, _administrator));
        await world.Database.ExecuteAsync("update portal.scans set state = 'Failed', finished_at = now()");

        var line = Assert.Single(await ListAsync(world, _administrator));
        Assert.Equal(($"scan:{Pair}", InboxClass.Now), (line.Key, line.Class));
        Assert.NotNull(await world.Get<InboxQueries>().FindAsync(line.Key, _administrator, CancellationToken.None));
        Assert.Empty(await ListAsync(world, _operator));
    }

    [Theory]
    [InlineData("scan:12")]
    [InlineData("policy-proposal:12")]
    [InlineData("audit:0")]
    public void Json_OfALineAboutNoBatch_HasNoBatchWhateverItsKeyLooksLike(string key)
    {
        var line = new InboxLine(key, InboxClass.Now, "", MigrationPortal.Ui.Tone.Bad, "t", "r", default, "/", "a");
        Assert.Null(InboxItemJson.Of(line).BatchId);
        Assert.Equal("12", InboxItemJson.Of(line with { BatchId = 12 }).BatchId);
    }

    [Fact]
    public async Task List_PolicyAsksForLess_TellsTheAuditorsWhoChangedIt()
    {
        await using var world = await StartAsync();
        await world.SetAsync(new ReviewPolicy { Approvals = 2 });
        Assert.Empty(await ListAsync(world, _auditor));
        await world.SetAsync(new ReviewPolicy());
        await world.SetAsync(new ReviewPolicy { Approvals = 3 });

        var line = Assert.Single(await ListAsync(world, _auditor));
        Assert.Equal(($"policy:{Pair}", InboxClass.Do), (line.Key, line.Class));
        Assert.Empty(await ListAsync(world, _administrator));
    }

    // What a test wrote past the use cases is news, too.
    private static Task<IReadOnlyList<InboxLine>> ListAsync(BatchWorld world, Caller caller)
    {
        world.Get<LiveFeed>().Deliver("reviews");
        return world.Get<InboxQueries>().ListAsync(Pair, caller, CancellationToken.None);
    }

    private static Task MovingAsync(BatchWorld world, long batch) => world.Database.ExecuteAsync($"""
        insert into portal.runs (batch_id, plan_id, kind, state, started_by, started_at, confirmations, confirmed_at, fingerprint)
        select batch_id, max(id), 'Move', 'Running', 'olga', now() - interval '10 minutes', '{"{}"}', now(), '' from portal.batch_plans where batch_id = {batch} group by batch_id
        """);

    private static Task SampleAsync(BatchWorld world, int secondsAgo, long copied) => world.Database.ExecuteAsync($"""
        insert into portal.run_samples (run_id, at, copied_message_count, verified_message_count, copied_file_byte_count)
        select id, now() - interval '{secondsAgo} seconds', {copied}, 0, 0 from portal.runs
        """);
}
