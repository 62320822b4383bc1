using Microsoft.EntityFrameworkCore;
using MigrationPortal.Audit;
using MigrationPortal.Batches.Editing;
using MigrationPortal.Tests.Batches;
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

        await RecordAsync(world).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
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

        await RecordAsync(world).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        await holder.CloseAsync();
        Assert.True((await delete).IsDone);
        Assert.Equal(0, await world.Database.ScalarAsync<int>($"select count(*) from portal.batch_events where batch_id = {batch}"));
        Assert.Equal(1, await world.Database.ScalarAsync<int>("select count(*) from portal.audit_entries where action = 'BatchDeleted'"));
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

    private static Task WaitsAsync(TestDatabase database) => Eventually.TrueAsync(() => database.ScalarAsync<bool>(
        "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"));
}
