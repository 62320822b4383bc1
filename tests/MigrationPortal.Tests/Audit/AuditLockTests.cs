using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Reviews.Policy;
using MigrationPortal.Rooms.Deciding;
using MigrationPortal.Runs;
using MigrationPortal.Runs.Limiting;
using MigrationPortal.Tests.Batches;
using MigrationPortal.Tests.Reviews;
using MigrationPortal.Tests.Shared;
using Npgsql;
using static MigrationPortal.Tests.Batches.BatchWorld;

namespace MigrationPortal.Tests.Audit;

/// <summary>While a long command computes, everybody else's audit goes on: its own rows come last.</summary>
public sealed class AuditLockTests
{
    [Fact]
    public async Task Edit_HeldUpInTheMiddle_DoesNotHoldTheAuditBack()
    {
        await using var world = await StartAsync();
        var batch = await world.CreateAsync(Petra, "Wave", "Desk", "Repo");
        var (desk, repo) = (await world.RoomAsync("Desk"), await world.RoomAsync("Repo"));
        await using var holder = await HoldAsync(world.Database, $"select from portal.batch_rooms where room_id = {repo} for update");

        var edit = world.Get<EditBatchHandler>().HandleAsync(
            new EditBatch(batch) { NewNames = new Dictionary<long, string?> { [desk] = "Desk of old", [repo] = "Repo of old" } }, Petra, CancellationToken.None);
        await WaitsAsync(world.Database);

        await RecordAsync(world).WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
        await holder.CloseAsync();
        Assert.True((await edit).IsDone);
        Assert.Equal(2, await world.Database.ScalarAsync<int>("select count(*) from portal.batch_events where kind = 'RoomRenamed'"));
        Assert.Equal(2, await world.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'BatchRoomRenamed'"));
        var auditor = new Caller("audrey", "audrey", new HashSet<Role> { Role.Auditor });
        Assert.Null(Done(await world.Get<VerifyAuditHandler>().HandleAsync(auditor, CancellationToken.None)).BrokenId);
    }

    [Fact]
    public async Task Delete_HeldUpInTheMiddle_DoesNotHoldTheAuditBack()
    {
        await using var world = await StartAsync();
        var batch = await world.CreateAsync(Petra, "Wave", "Desk");
        await using var holder = await HoldAsync(world.Database, "lock table portal.comments in access exclusive mode");

        var delete = world.Get<DeleteBatchHandler>().HandleAsync(new DeleteBatch(batch), Petra, CancellationToken.None);
        await WaitsAsync(world.Database);

        await RecordAsync(world).WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
        await holder.CloseAsync();
        Assert.True((await delete).IsDone);
        Assert.Equal(0, await world.Database.ScalarAsync<int>($"select count(*) from portal.batch_events where batch_id = {batch}"));
        Assert.Equal(1, await world.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'BatchDeleted'"));
    }

    [Fact]
    public async Task Policy_HeldUpAtTheSecondOpenBatch_DoesNotHoldTheAuditBack()
    {
        await using var world = await StartAsync();
        await TwoAsync(world);
        await using var holder = await HoldSecondEventAsync(world.Database);

        var set = world.SetAsync(new ReviewPolicy { Approvals = 2 }, alsoOpen: true);
        await WaitsAsync(world.Database);

        await RecordAsync(world).WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
        await holder.CloseAsync();
        await set;
        await ToldOfBothAsync(world, "PolicyApplied");
    }

    [Fact]
    public async Task Limits_HeldUpAtTheSecondRun_DoNotHoldTheAuditBack()
    {
        await using var world = await StartAsync();
        var batches = await TwoAsync(world);
        await using (var db = world.Database.OpenPortal())
        {
            db.AddRange(batches.Select(x => new Run { BatchId = x, PlanId = 0, State = RunState.Running, StartedBy = "olga", StartedAt = DateTimeOffset.UnixEpoch }));
            await db.SaveChangesAsync();
        }

        await using var holder = await HoldSecondEventAsync(world.Database);

        var set = world.Get<SetRunLimitsHandler>().HandleAsync(new SetRunLimits(Pair, 250, 2, "Office hours"), PolicyWorld.Ada, CancellationToken.None);
        await WaitsAsync(world.Database);

        await RecordAsync(world).WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
        await holder.CloseAsync();
        Done(await set);
        await ToldOfBothAsync(world, "RunThrottled");
    }

    [Fact]
    public async Task Acceptance_HeldUpAtTheSecondBatch_DoesNotHoldTheAuditBack()
    {
        await using var world = await StartAsync();
        await TwoAsync(world);
        // As if a verification had found another topic in both.
        await world.Database.ExecuteAsync("""
            update portal.room_pairs set comparison = 'Different', differences = '{Topic}' where room_id in (select room_id from portal.batch_rooms) and scan_id = (select current_scan_id from portal.pool_pairs);
            insert into portal.room_verifications (run_id, batch_id, room_id, grade, verified_at, proof, differences, new_message_count, equal_message_count, finding_count)
            select 1, batch_id, room_id, 'Investigate', now(), '{}', '{Topic}', 0, 0, 1 from portal.batch_rooms
            """);
        await using var holder = await HoldSecondEventAsync(world.Database);

        var accept = world.Get<AcceptDifferencesHandler>().HandleAsync(
            new AcceptDifferences([await world.RoomAsync("Desk"), await world.RoomAsync("Repo")], "Known"), Petra, CancellationToken.None);
        await WaitsAsync(world.Database);

        await RecordAsync(world).WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
        await holder.CloseAsync();
        Done(await accept);
        await ToldOfBothAsync(world, "DifferencesAccepted");
    }

    private static async Task<long[]> TwoAsync(BatchWorld world) => [await world.SubmittedAsync("Wave 1", "Desk"), await world.SubmittedAsync("Wave 2", "Repo")];

    // An uncommitted row with its id: the first batch is written about, and the second waits.
    private static Task<NpgsqlConnection> HoldSecondEventAsync(TestDatabase database) => HoldAsync(
        database,
        "insert into portal.batch_events select (jsonb_populate_record(e, jsonb_build_object('id', e.id + 2))).* from portal.batch_events e where e.id = (select max(id) from portal.batch_events)");

    private static async Task ToldOfBothAsync(BatchWorld world, string kind)
    {
        Assert.Equal(2, await world.Database.ScalarAsync<int>($"select count(*) from portal.batch_events where kind = '{kind}'"));
        Assert.Equal(2, await world.Database.ScalarAsync<int>($"select count(*) from portal.audit_entries where action = 'Batch{kind}'"));
    }

    private static async Task RecordAsync(BatchWorld world)
    {
        await using var db = world.Database.OpenPortal();
        await world.Get<AuditTrail>().RecordAsync(db, Anna, "Something", "batch:0", null, null, CancellationToken.None);
    }

    private static async Task<NpgsqlConnection> HoldAsync(TestDatabase database, string sql)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("begin; " + sql, connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static Task WaitsAsync(TestDatabase database) => Eventually.TrueAsync(() => database.IsWaitingAsync());
}
